import { Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { createLogger } from '../../src/logger.js';

it('the log shows codes of errors, and nothing that stands under the name of a secret', () => {
  const lines: string[] = [];
  const destination = new Writable({
    write: (line, _encoding, done) => {
      lines.push(String(line));
      done();
    },
  });
  const log = createLogger('info', destination);
  for (const code of ['USER_BLOCKED', 'ECONNREFUSED', 'ERR_MODULE_NOT_FOUND', 'P2002', '40P01'])
    log.info({ code, nested: { code } });
  for (const code of [
    '123456',
    '7ZK2-0QWX-M3TN-9FHC',
    'gho_16C7e42F292c6912E7710c838347Ae178B4a',
    'abcde',
    '',
  ])
    log.info({ code, password: 'ADMIN_2026', secret: 'P2002', deep: { otp: 'ABCDE' } });
  const logged = lines.map((line) => JSON.parse(line) as { code: string; password?: string });
  expect(logged.map(({ code }) => code)).toEqual([
    'USER_BLOCKED',
    'ECONNREFUSED',
    'ERR_MODULE_NOT_FOUND',
    'P2002',
    '40P01',
    ...Array(5).fill('[Redacted]'),
  ]);
  for (const secret of ['ADMIN_2026', 'P2002', 'ABCDE']) expect(lines.slice(5).join()).not.toContain(secret);
});

it('the log shows type, message, code and cause of an error, and no other property of it', () => {
  const lines: string[] = [];
  const log = createLogger('info', {
    write: (line: string) => {
      lines.push(line);
    },
  });
  const cause = Object.assign(new TypeError('inner'), { where: 'SQL function' });
  const more = {
    code: '57P01',
    query: 'SELECT 1',
    client: { secretKey: 12345 },
    detail: 'Key (email)=(a@b.c)',
  };
  log.warn({ error: Object.assign(new Error('outer', { cause }), more) }, 'idle database connection lost');
  log.warn({ error: 'text' }, 'odd');
  const [first, second] = lines.map((line) => (JSON.parse(line) as { error: unknown }).error);
  expect(first).toEqual({
    type: 'Error',
    message: 'outer',
    stack: expect.any(String),
    code: '57P01',
    cause: { type: 'TypeError', message: 'inner', stack: expect.any(String) },
  });
  expect(second).toBe('text');
});
