import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  CreateAccountDocument,
  CreateRecoveryDocument,
  CreateUserDocument,
  UpdateEmailDocument,
  UpdatePasswordDocument,
  UpdatePhoneDocument,
  UpdateRecoveryDocument,
} from '../../src/client/documents.js';
import { sha1 } from '../../src/secrets/digest.js';
import { createTestApp, type TestApp } from '../support/app.js';
import type { Answer } from '../support/client.js';
import { codeOf, dataOf, expectRefusal } from '../support/expect.js';
import { lastLink } from '../support/messages.js';
import { operatorOf, operatorSettings } from '../support/operators.js';
import { anonymousPerson, goodPassword, newEmail, signedInPerson } from '../support/people.js';

const breached = 'a passphrase that has leaked';
const padded = 'a passphrase that is padding';

let test: TestApp;
let server: Server;
let requests: IncomingMessage[] = [];
/** `slow` accepts the request and never answers. */
let state: 'works' | 'fails' | 'slow' | 'floods' = 'works';

/** A service that speaks the range protocol, with padding. */
beforeAll(async () => {
  server = createServer((request, response) => {
    requests.push(request);
    if (state === 'fails') return response.writeHead(503).end();
    if (state === 'slow') return undefined;
    if (state === 'floods') return response.end('x'.repeat(2 * 1024 * 1024));
    const prefix = request.url?.slice('/range/'.length) ?? '';
    const entries = [
      ...Array.from({ length: 50 }, (_, index) => `${String(index).padStart(35, 'A')}:${index + 1}`),
      ...[breached, padded]
        .map((password) => sha1(password).toUpperCase())
        .filter((digest) => digest.startsWith(prefix))
        .map((digest) => `${digest.slice(5)}:${digest === sha1(padded).toUpperCase() ? 0 : 3}`),
    ];
    return response.end(entries.join('\r\n'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  test = await createTestApp({
    ...operatorSettings,
    METRICS: 'on',
    PASSWORD_BREACH_URL: `http://127.0.0.1:${port}/range`,
  });
});
afterAll(async () => {
  await test.close();
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  requests = [];
  state = 'works';
  test.clock.advance(3600);
});

const signUp = (password: string): Promise<Answer<unknown>> =>
  test.client().run(CreateAccountDocument, { email: newEmail(), password });

const countOf = async (result: string): Promise<number> => {
  const text = await (await fetch(`${test.url}/metrics`)).text();
  const line = new RegExp(
    `^external_checks_total\\{check="password_breach",result="${result}"\\} (\\d+)$`,
    'm',
  );
  return Number(line.exec(text)?.[1] ?? 0);
};

describe('a breached password', () => {
  it('is rejected at sign-up, and the service learns only five digits of its digest', async () => {
    await expectRefusal(test, 'USER_PASSWORD_BREACHED', () => signUp(breached));
    expect(requests.map(({ url, headers }) => [url, headers['add-padding']])).toEqual([
      [`/range/${sha1(breached).toUpperCase().slice(0, 5)}`, 'true'],
    ]);
  });

  it.each([
    [
      'an operator creates a user',
      () => operatorOf(test).run(CreateUserDocument, { email: newEmail(), password: breached }),
    ],
    [
      'a user changes the password',
      async () => {
        const { client } = await signedInPerson(test);
        return client.run(UpdatePasswordDocument, { password: breached, oldPassword: goodPassword });
      },
    ],
    [
      'an anonymous user sets an email address',
      async () =>
        (await anonymousPerson(test)).client.run(UpdateEmailDocument, {
          email: newEmail(),
          password: breached,
        }),
    ],
    [
      'an anonymous user sets a phone number',
      async () =>
        (await anonymousPerson(test)).client.run(UpdatePhoneDocument, {
          phone: '+14155550123',
          password: breached,
        }),
    ],
    [
      'a user recovers the account, and the link stays valid',
      async () => {
        const { email } = await signedInPerson(test);
        dataOf(await test.client().run(CreateRecoveryDocument, { email }));
        const { userId, secret } = await lastLink(test, email);
        const answer = await test
          .client()
          .run(UpdateRecoveryDocument, { userId, secret, password: breached });
        const other = { userId, secret, password: 'another long passphrase' };
        dataOf(await test.client().run(UpdateRecoveryDocument, other));
        return answer;
      },
    ],
  ] as const)('is rejected when %s', async (_name, attempt) => {
    expect(codeOf(await attempt())).toBe('USER_PASSWORD_BREACHED');
  });

  it('is checked after the dictionary, which costs no request', async () => {
    expect(codeOf(await signUp('password123'))).toBe('USER_PASSWORD_TOO_COMMON');
    expect(requests).toEqual([]);
  });
});

it('accepts a password that the service lists as padding only', async () => {
  dataOf(await signUp(padded));
});

it.each(['fails', 'slow', 'floods'] as const)(
  'accepts the password and counts the failure when the state of the service is: %s',
  async (how) => {
    state = how;
    const before = await countOf('failed');
    dataOf(await signUp(breached));
    expect(await countOf('failed')).toBe(before + 1);
  },
);
