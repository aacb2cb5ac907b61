import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createClient, memoryStorage } from '../../src/client/client.js';
import {
  CreateAccountDocument,
  CreateAnonymousSessionDocument,
  CreateEmailPasswordSessionDocument,
  CreateEmailTokenDocument,
  CreateMagicUrlTokenDocument,
  CreatePhoneTokenDocument,
  CreateRecoveryDocument,
  CreateUserDocument,
  SignInOptionsDocument,
} from '../../src/client/documents.js';
import type { RequiredProof } from '../../src/client/errors.js';
import { proveWork } from '../../src/client/proof-of-work.js';
import { days } from '../../src/clock.js';
import { proofLifetime } from '../../src/limits/proof.js';
import { createTestApp, type TestApp } from '../support/app.js';
import type { Answer, Client } from '../support/client.js';
import { codeOf, dataOf, expectRefusal } from '../support/expect.js';
import { operatorOf, operatorSettings } from '../support/operators.js';
import { goodPassword, newEmail, signIn } from '../support/people.js';

// What an attacker can do: pay half a second of a processor for each request beyond half of a limit, and send ten times the limit with it.
// A proof cannot be used again, stored for later, or used for another address, operation or client network. The question does not tell
// whether an address has an account. What the owner can do: sign in on a known device without being asked.

let networks = 0;
/** An address in a client network that has not been used before. */
const newNetwork = (): string => {
  networks += 1;
  return `10.20.${networks >> 8}.${networks & 255}`;
};

const requiredOf = (answer: Answer<unknown>): RequiredProof => {
  expect(codeOf(answer)).toBe('GENERAL_PROOF_REQUIRED');
  return answer.errors[0]?.extensions['proof'] as RequiredProof;
};

const solve = (answer: Answer<unknown>): Promise<string> => {
  const { challenge } = requiredOf(answer);
  if (!challenge) throw new Error('There is no challenge.');
  return proveWork(challenge);
};

const signUp = (client: Client, email = newEmail()): Promise<Answer<unknown>> =>
  client.run(CreateAccountDocument, { email, password: goodPassword });

/** A client whose network has used up half of the limit for sign-ups. */
async function busyClient(test: TestApp): Promise<Client> {
  const client = test.client();
  client.address = newNetwork();
  for (let count = 0; count < 5; count += 1) dataOf(await signUp(client));
  return client;
}

const withProof = (client: Client, proof: string): Client => {
  const other = client.withBearer(client.bearer);
  other.headers = { ...client.headers, 'gatehouse-proof': proof };
  return other;
};

describe('PROOF=altcha', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createTestApp({ ...operatorSettings, PROOF: 'altcha' });
  });
  afterAll(() => test.close());
  beforeEach(() => test.clock.advance(days(1)));

  it('asks for a proof once half of the limit is used up, and accepts it once', async () => {
    const client = await busyClient(test);
    const email = newEmail();
    const answer = await expectRefusal(test, 'GENERAL_PROOF_REQUIRED', () => signUp(client, email));
    expect(requiredOf(answer)).toEqual({
      kind: 'ALTCHA',
      siteKey: null,
      challenge: {
        parameters: expect.objectContaining({ algorithm: 'PBKDF2/SHA-256' }),
        signature: expect.any(String),
      },
    });
    const proof = await solve(answer);
    const proven = withProof(client, proof);
    const codes = (await Promise.all([signUp(proven, email), signUp(proven, email)])).map(codeOf);
    expect(codes.sort()).toEqual(['GENERAL_PROOF_REQUIRED', 'ok']);
    expect(codeOf(await signUp(proven, email))).toBe('GENERAL_PROOF_REQUIRED');
  });

  it.each([
    ['another address', (client: Client) => signUp(client)],
    [
      'another operation',
      async (client: Client, email: string) => {
        for (let count = 0; count < 10; count += 1)
          await client.run(CreateEmailTokenDocument, { email: newEmail() });
        return client.run(CreateEmailTokenDocument, { email });
      },
    ],
    [
      'another client network',
      async (client: Client, email: string) => {
        const other = await busyClient(test);
        other.headers = client.headers;
        return signUp(other, email);
      },
    ],
    [
      'ten minutes later',
      (client: Client, email: string) => {
        test.clock.advance(proofLifetime);
        return signUp(client, email);
      },
    ],
  ] as const)('rejects a proof for %s', async (_name, attempt) => {
    const client = await busyClient(test);
    const email = newEmail();
    const proof = await solve(await signUp(client, email));
    expect(codeOf(await attempt(withProof(client, proof), email))).toBe('GENERAL_PROOF_REQUIRED');
  });

  it('rejects forged and malformed proofs', async () => {
    const client = await busyClient(test);
    const email = newEmail();
    const proof = JSON.parse(atob(await solve(await signUp(client, email)))) as {
      challenge: { parameters: { cost: number; keyPrefix: string }; signature: string };
      solution: { counter: number; derivedKey: string };
    };
    const encode = (value: unknown) => btoa(JSON.stringify(value));
    const { challenge, solution } = proof;
    for (const forged of [
      'not base64!',
      encode(null),
      encode([]),
      encode({ challenge: null, solution: null }),
      encode({ challenge: { parameters: {} } }),
      encode({ challenge: { parameters: null } }),
      encode({ challenge, solution: { ...solution, derivedKey: solution.derivedKey.replace(/^../, 'ff') } }),
      encode({ challenge, solution: { ...solution, derivedKey: '00' } }),
      encode({ challenge: { ...challenge, parameters: { ...challenge.parameters, cost: 1 } }, solution }),
      encode({
        challenge: { ...challenge, parameters: { ...challenge.parameters, data: { until: 9e9 } } },
        solution,
      }),
      encode({ challenge: { parameters: challenge.parameters }, solution }),
    ])
      expect(codeOf(await signUp(withProof(client, forged), email))).toBe('GENERAL_PROOF_REQUIRED');
    dataOf(await signUp(withProof(client, encode(proof)), email));
  });

  it('rejects requests without a challenge once ten times the limit is used up', async () => {
    const client = await busyClient(test);
    await test.app.deps.db.query({ text: 'UPDATE rate_limit_buckets SET "count" = 100 WHERE "count" = 5' });
    const email = newEmail();
    expect(codeOf(await signUp(client, email))).toBe('GENERAL_RATE_LIMIT_EXCEEDED');
  });

  it('rejects malformed addresses as ever, also on a device with a cookie', async () => {
    const client = test.client();
    client.address = newNetwork();
    client.cookies.set('device', 'x'.repeat(43));
    for (let count = 0; count < 10; count += 1)
      dataOf(await client.run(CreateEmailTokenDocument, { email: newEmail() }));
    const malformed = { email: 'a\0b@example.com' };
    const answer = await client.run(CreateEmailTokenDocument, malformed);
    const proven = withProof(client, await solve(answer));
    expect(codeOf(await proven.run(CreateEmailTokenDocument, malformed))).toBe('GENERAL_ARGUMENT_INVALID');
  });

  it('lets no more than the limit through of many sign-ups at the same time', async () => {
    const client = test.client();
    client.address = newNetwork();
    const codes = (await Promise.all(Array.from({ length: 100 }, () => signUp(client)))).map(codeOf);
    expect(codes.filter((code) => code === 'ok').length).toBeLessThanOrEqual(10);
    expect(codes.join()).toMatch(/^((ok|GENERAL_PROOF_REQUIRED|GENERAL_RATE_LIMIT_EXCEEDED),?)+$/);
  });

  it('asks everyone who wants an anonymous session', async () => {
    const client = test.client();
    client.address = newNetwork();
    for (let count = 0; count < 25; count += 1) dataOf(await client.run(CreateAnonymousSessionDocument));
    const answer = await client.run(CreateAnonymousSessionDocument);
    dataOf(await withProof(client, await solve(answer)).run(CreateAnonymousSessionDocument));
  });

  it.each([
    [
      'createEmailToken',
      10,
      (client: Client, email: string) => client.run(CreateEmailTokenDocument, { email }),
    ],
    [
      'createMagicURLToken',
      10,
      (client: Client, email: string) => client.run(CreateMagicUrlTokenDocument, { email }),
    ],
    ['createRecovery', 5, (client: Client, email: string) => client.run(CreateRecoveryDocument, { email })],
    [
      'createEmailPasswordSession',
      15,
      (client: Client, email: string) =>
        client.run(CreateEmailPasswordSessionDocument, { email, password: 'a wrong password' }),
    ],
  ] as const)(
    'asks strangers in %s, whether or not the address has an account, and never a known device',
    async (_name, half, call) => {
      const [known, unknown] = [newEmail(), newEmail()];
      dataOf(
        await operatorOf(test).run(CreateUserDocument, {
          email: known,
          emailVerified: true,
          password: goodPassword,
        }),
      );
      const owner = test.client();
      owner.address = newNetwork();
      dataOf(
        await owner.browse(CreateEmailPasswordSessionDocument, { email: known, password: goodPassword }),
      );
      const stranger = test.client();
      stranger.address = owner.address;
      for (let count = 0; count < half; count += 1) await call(stranger, newEmail());
      const asked = [await call(stranger, known), await call(stranger, unknown)];
      expect(asked.map(codeOf)).toEqual(['GENERAL_PROOF_REQUIRED', 'GENERAL_PROOF_REQUIRED']);
      const device = test.client();
      device.address = owner.address;
      const deviceCookie = owner.cookies.get('device');
      if (deviceCookie !== undefined) device.cookies.set('device', deviceCookie);
      expect(codeOf(await call(device, known))).not.toBe('GENERAL_PROOF_REQUIRED');
      expect(codeOf(await call(device, unknown))).toBe('GENERAL_PROOF_REQUIRED');
      const proof = await solve(await call(stranger, unknown));
      expect(codeOf(await call(withProof(stranger, proof), unknown))).toMatch(
        /^(ok|USER_INVALID_CREDENTIALS)$/,
      );
    },
  );

  it('asks in createPhoneToken', async () => {
    const client = test.client();
    client.address = newNetwork();
    const request = (number: number) =>
      client.run(CreatePhoneTokenDocument, { phone: `+1415555${4000 + number}` });
    for (let number = 0; number < 3; number += 1) dataOf(await request(number));
    requiredOf(await request(9));
  });

  it('never asks a user with a verified address', async () => {
    const email = newEmail();
    dataOf(
      await operatorOf(test).run(CreateUserDocument, { email, emailVerified: true, password: goodPassword }),
    );
    const client = test.client();
    client.address = newNetwork();
    await signIn(client, { email, password: goodPassword });
    for (let count = 0; count < 12; count += 1)
      dataOf(await client.run(CreateEmailTokenDocument, { email: newEmail() }));
  });

  it('is done by the client package without help', async () => {
    const client = createClient({
      url: `${test.url}/graphql`,
      storage: memoryStorage(),
      headers: { 'x-forwarded-for': newNetwork() },
    });
    for (let count = 0; count < 7; count += 1)
      expect(await client.createAccount({ email: newEmail(), password: goodPassword })).toMatchObject({
        id: expect.any(String),
      });
    client.close();
  });

  it('is announced by signInOptions', async () => {
    const { signInOptions } = dataOf(await test.client().run(SignInOptionsDocument));
    expect(signInOptions.proof).toEqual({ kind: 'ALTCHA', siteKey: null });
  });
});

describe('a CAPTCHA service', () => {
  let test: TestApp;
  let server: Server;
  const captchaSettings = () => ({
    METRICS: 'on',
    PROOF: 'turnstile',
    PROOF_SITE_KEY: 'a site key',
    PROOF_SECRET: 'a secret of the tests',
    PROOF_VERIFY_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/siteverify`,
  });
  let bodies: URLSearchParams[] = [];
  /** A body, a status, or silence. */
  let respond: () => object | number | null | 'silence' = () => ({ success: true });
  beforeAll(async () => {
    server = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      bodies.push(new URLSearchParams(body));
      const result = respond();
      if (result === 'silence') return;
      if (typeof result === 'number') response.writeHead(result).end();
      else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(result));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    test = await createTestApp(captchaSettings());
  });
  afterAll(async () => {
    await test.close();
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => {
    bodies = [];
    test.clock.advance(days(1));
  });

  const countOf = async (result: string): Promise<number> => {
    const text = await (await fetch(`${test.url}/metrics`)).text();
    const line = new RegExp(`^external_checks_total\\{check="captcha",result="${result}"\\} (\\d+)$`, 'm');
    return Number(line.exec(text)?.[1] ?? 0);
  };

  it('is asked with the secret, the token and the client address, and each token works once', async () => {
    respond = () => ({ success: true });
    const client = await busyClient(test);
    expect(requiredOf(await signUp(client))).toEqual({ kind: 'TURNSTILE', siteKey: 'a site key' });
    const proven = withProof(client, 'a token of the widget');
    dataOf(await signUp(proven));
    expect(bodies.map((body) => Object.fromEntries(body))).toEqual([
      { secret: 'a secret of the tests', response: 'a token of the widget', remoteip: client.address },
    ]);
    requiredOf(await signUp(proven));
  });

  it.each([
    ['it says so', { success: false, 'error-codes': ['invalid-input-response'] }],
    ['it responds with status 400', 400],
    ['it responds with status 429', 429],
    ['it responds with nonsense', null],
  ] as const)('rejects a token when %s', async (_name, result) => {
    respond = () => result;
    const client = await busyClient(test);
    const before = await countOf('rejected');
    requiredOf(await signUp(withProof(client, `token ${newEmail()}`)));
    expect(await countOf('rejected')).toBe(before + 1);
  });

  it.each(['silence', 503] as const)('lets the request pass and counts it after %s', async (result) => {
    respond = () => result;
    const client = await busyClient(test);
    const before = await countOf('failed');
    dataOf(await signUp(withProof(client, `token ${newEmail()}`)));
    expect(await countOf('failed')).toBe(before + 1);
  });

  it.each([
    ['recaptcha', 0.1, 'GENERAL_PROOF_REQUIRED'],
    ['recaptcha', 0.9, 'ok'],
    ['hcaptcha', 0.1, 'ok'],
  ])('with PROOF=%s and a score of %d leads to %s', async (kind, score, code) => {
    respond = () => ({ success: true, score });
    const other = await createTestApp({ ...captchaSettings(), PROOF: kind });
    const client = await busyClient(other);
    expect(codeOf(await signUp(withProof(client, `token ${newEmail()}`)))).toBe(code);
    await other.close();
  });

  it('is asked no more than a bounded number of times for one client network', async () => {
    respond = () => ({ success: false });
    const client = await busyClient(test);
    requiredOf(await signUp(withProof(client, 'junk')));
    await test.app.deps.db.query({ text: 'UPDATE rate_limit_buckets SET "count" = 2000 WHERE "count" = 1' });
    bodies = [];
    for (let count = 0; count < 3; count += 1)
      expect(codeOf(await signUp(withProof(client, `junk ${count}`)))).toBe('GENERAL_RATE_LIMIT_EXCEEDED');
    expect(bodies).toEqual([]);
  });

  it('is a step of the sign-in in the client', async () => {
    respond = () => ({ success: true });
    const client = createClient({
      url: `${test.url}/graphql`,
      storage: memoryStorage(),
      headers: { 'x-forwarded-for': newNetwork() },
    });
    for (let count = 0; count < 25; count += 1)
      await client.signIn.anonymously().then(() => client.signOut());
    const step = await client.signIn.anonymously();
    expect(step).toMatchObject({ status: 'proofRequired', kind: 'TURNSTILE', siteKey: 'a site key' });
    if (step.status !== 'proofRequired') return;
    expect(await step.answer('another token of the widget')).toMatchObject({ status: 'signedIn' });
    client.close();
  });
});
