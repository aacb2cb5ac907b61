import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { CreateAccountDocument } from '../../src/client/documents.js';
import { createTestApp } from '../support/app.js';
import { codeOf } from '../support/expect.js';
import { goodPassword, newEmail } from '../support/people.js';

const url = process.env['TEST_VALKEY_URL'] ?? 'valkey://127.0.0.1:6379';

/** Whether a Valkey or Redis answers here; says so where none does. */
const valkey = await new Promise<boolean>((resolve) => {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname, () => resolve(socket.end() !== undefined));
  socket.on('error', () => {
    process.stdout.write('skipped what needs Valkey or Redis: none answers on 127.0.0.1:6379\n');
    resolve(false);
  });
});

const signUps = async (settings: Record<string, string>, count: number): Promise<string[]> => {
  const test = await createTestApp(settings);
  const client = test.client();
  const codes: string[] = [];
  for (let index = 0; index < count; index += 1) {
    codes.push(
      codeOf(await client.run(CreateAccountDocument, { email: newEmail(), password: goodPassword })),
    );
  }
  await test.close();
  return codes;
};

describe('the rate limits', () => {
  it.skipIf(!valkey)('are counted in Valkey where its URL is given', async () => {
    const codes = await signUps({ VALKEY_URL: url }, 11);
    expect(codes).toEqual([...Array.from({ length: 10 }, () => 'ok'), 'GENERAL_RATE_LIMIT_EXCEEDED']);
  });

  it('let a quarter through in each process while Valkey is down', async () => {
    const codes = await signUps({ VALKEY_URL: 'valkey://127.0.0.1:9' }, 4);
    expect(codes).toEqual(['ok', 'ok', 'ok', 'GENERAL_RATE_LIMIT_EXCEEDED']);
  });
});
