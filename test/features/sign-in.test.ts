import { argon2id, hash } from 'argon2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freeAttempts, maxFailures } from '../../src/limits/password-attempts.js';
import {
  CreateAnonymousSessionDocument,
  CreateEmailPasswordSessionDocument,
  GetAccountDocument,
  ListLogsDocument,
  ListSessionsDocument,
  UpdateEmailDocument,
  UpdateStatusDocument,
} from '../../src/client/documents.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { codeOf, dataOf, expectRefusal } from '../support/expect.js';
import {
  anonymousPerson,
  goodPassword,
  newEmail,
  signedInPerson,
  signIn,
  signUp,
} from '../support/people.js';

describe('createEmailPasswordSession', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createTestApp();
  });
  afterAll(() => test.close());

  it('answers the whole session, its secret and a cookie', async () => {
    const { client, userId, email } = await signUp(test);
    const answer = await client.run(CreateEmailPasswordSessionDocument, { email, password: goodPassword });
    const { createEmailPasswordSession: session } = dataOf(answer);
    const now = test.clock.now().toISOString();
    expect(session).toEqual({
      actor: 'user',
      enrolmentRequired: false,
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      createdAt: now,
      updatedAt: now,
      userId,
      expiresAt: '2026-03-31T12:00:00.000Z',
      provider: 'email',
      providerUid: email,
      providerAccessToken: null,
      providerAccessTokenExpiresAt: null,
      providerRefreshToken: null,
      origin: {
        ip: client.address,
        os: { code: 'WIN', name: 'Windows', version: '10' },
        client: {
          type: 'browser',
          code: 'CH',
          name: 'Chrome',
          version: '70.0',
          engine: 'Blink',
          engineVersion: null,
        },
        device: { name: 'desktop', brand: null, model: null },
        country: null,
      },
      current: true,
      factors: ['password'],
      missingFactors: [],
      completedFactors: [],
      mfaUpdatedAt: null,
      secret: expect.stringMatching(/^session_[\w-]{43}$/),
    });
    const [device = '', cookie = ''] = answer.headers.getSetCookie();
    expect(cookie).toBe(`session=${session.secret}; Max-Age=2592000; Path=/; HttpOnly; SameSite=Lax`);
    expect(device).toMatch(/^device=[\w-]{43}; Max-Age=34560000; Path=\/; HttpOnly; SameSite=Lax$/);
  });

  it('lets the browser go on with the cookie, and a program with the secret', async () => {
    const { client, userId, email } = await signUp(test);
    await client.browse(CreateEmailPasswordSessionDocument, { email, password: goodPassword });
    expect(dataOf(await client.run(GetAccountDocument)).getAccount.id).toBe(userId);
    const program = client.withBearer(client.cookies.get('session') ?? '');
    expect(dataOf(await program.run(GetAccountDocument)).getAccount.id).toBe(userId);
  });

  it('takes any spelling of the address that is the same mailbox', async () => {
    const { client, userId } = await signUp(test, 'Mixed.Case@Bücher.Example');
    const spelling = { email: 'mixed.case@XN--BCHER-KVA.example', password: goodPassword };
    const answer = await client.run(CreateEmailPasswordSessionDocument, spelling);
    expect(dataOf(answer).createEmailPasswordSession.userId).toBe(userId);
  });

  it('takes the password in another Unicode form, but not another spelling', async () => {
    const { client, email } = await signUp(test, newEmail(), 'cafe\u0301 au lait ﬁ');
    const run = (password: string) => client.run(CreateEmailPasswordSessionDocument, { email, password });
    expect(codeOf(await run('caf\u00e9 au lait ﬁ'))).toBe('ok');
    expect(codeOf(await run('caf\u00e9 au lait fi'))).toBe('USER_INVALID_CREDENTIALS');
    expect(codeOf(await run(' caf\u00e9 au lait ﬁ'))).toBe('USER_INVALID_CREDENTIALS');
  });

  it('answers unknown address, wrong password and account without password alike', async () => {
    const { client, email } = await signUp(test);
    const passwordless = newEmail();
    const anonymous = await anonymousPerson(test);
    await test.app.deps.db.prisma.user.update({
      where: { id: anonymous.userId },
      data: { email: passwordless },
    });
    const answers = await Promise.all(
      [newEmail(), email, passwordless].map((address) =>
        client.run(CreateEmailPasswordSessionDocument, { email: address, password: 'not the password' }),
      ),
    );
    const bodies = answers.map(({ status, data, errors, headers }) => {
      const [error] = errors;
      return {
        status,
        data,
        code: error?.extensions.code,
        message: error?.message,
        keys: Object.keys(error?.extensions ?? {}),
        headers: [...headers.keys()],
      };
    });
    expect(bodies[0]?.code).toBe('USER_INVALID_CREDENTIALS');
    expect(bodies[1]).toEqual(bodies[0]);
    expect(bodies[2]).toEqual(bodies[0]);
  });

  it('says blocked only to the right password', async () => {
    const { client, email } = await signedInPerson(test);
    await client.run(UpdateStatusDocument);
    const guest = test.client();
    const run = (password: string) => guest.run(CreateEmailPasswordSessionDocument, { email, password });
    await expectRefusal(test, 'USER_INVALID_CREDENTIALS', () => run('not the password'));
    await expectRefusal(test, 'USER_BLOCKED', () => run(goodPassword));
  });

  it('refuses passwords no account can have before hashing them', async () => {
    const { client, email } = await signUp(test);
    for (const password of ['', 'short', 'x'.repeat(257), 'aaaaaaa\ud800', 'nul\0nul\0nul']) {
      const answer = await client.run(CreateEmailPasswordSessionDocument, { email, password });
      expect(codeOf(answer)).toBe('GENERAL_ARGUMENT_INVALID');
      expect(answer.errors[0]?.extensions['argument']).toBe('password');
    }
  });

  it('records success and failure in the log of the account', async () => {
    const person = await signUp(test);
    const wrong = { email: person.email, password: 'not the password' };
    await person.client.run(CreateEmailPasswordSessionDocument, wrong);
    test.clock.advance(1);
    await signIn(person.client, person);
    const { listLogs } = dataOf(await person.client.run(ListLogsDocument, {}));
    expect(listLogs.nodes.map(({ event }) => event).sort()).toEqual([
      'session.create',
      'session.create.failed',
      'user.create',
    ]);
  });

  it('leaves exactly ten sessions after eleven parallel sign-ins, and ends the oldest after that', async () => {
    const person = await signUp(test);
    const answers = await Promise.all(
      Array.from({ length: 11 }, () => person.client.run(CreateEmailPasswordSessionDocument, person)),
    );
    expect(answers.map(codeOf)).toEqual(Array.from({ length: 11 }, () => 'ok'));
    test.clock.advance(1);
    await signIn(person.client, person);
    const { listSessions } = dataOf(await person.client.run(ListSessionsDocument, {}));
    expect(listSessions.totalCount).toBe(10);
    expect(listSessions.nodes.filter(({ current }) => current)).toHaveLength(1);
    expect(listSessions.nodes.at(-1)?.current).toBe(true);
  });

  it('upgrades the hash of an older cost at the next sign-in', async () => {
    const person = await signUp(test);
    const { prisma } = test.app.deps.db;
    const stored = () => prisma.user.findUniqueOrThrow({ where: { id: person.userId } });
    const argon2 = { type: argon2id, memoryCost: 2048, timeCost: 1, parallelism: 1, secret: test.pepper };
    const older = await hash(person.password, argon2);
    await prisma.user.update({ where: { id: person.userId }, data: { passwordHash: older } });
    await signIn(person.client, person);
    expect((await stored()).passwordHash).toMatch(/^\$argon2id\$v=19\$m=1024,t=1,p=1\$/);
    await signIn(person.client, person);
  });
});

describe('guessing passwords', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createTestApp();
  });
  afterAll(() => test.close());

  const wrong = (email: string) => ({ email, password: 'not the password' });

  it('lets five of two hundred parallel wrong passwords through to the check', async () => {
    const { email } = await signUp(test);
    const clients = Array.from({ length: 200 }, () => test.client());
    const answers = await Promise.all(
      clients.map((client) => client.run(CreateEmailPasswordSessionDocument, wrong(email))),
    );
    const codes = answers.map(codeOf);
    expect(codes.filter((code) => code === 'USER_INVALID_CREDENTIALS')).toHaveLength(
      freeAttempts.unknownDevice,
    );
    expect(codes.filter((code) => code === 'GENERAL_RATE_LIMIT_EXCEEDED')).toHaveLength(195);
  });

  it('treats unknown addresses the same, to the same number and the same wait', async () => {
    const { email } = await signUp(test);
    const [known, unknown] = [test.client(), test.client()];
    const nobody = newEmail();
    for (let attempt = 0; attempt < 7; attempt += 1) {
      const [a, b] = await Promise.all([
        known.run(CreateEmailPasswordSessionDocument, wrong(email)),
        unknown.run(CreateEmailPasswordSessionDocument, wrong(nobody)),
      ]);
      expect(codeOf(a)).toBe(attempt < 5 ? 'USER_INVALID_CREDENTIALS' : 'GENERAL_RATE_LIMIT_EXCEEDED');
      expect(codeOf(b)).toBe(codeOf(a));
      expect(b.errors[0]?.extensions['retryAfterSeconds']).toBe(a.errors[0]?.extensions['retryAfterSeconds']);
    }
  });

  it('doubles the wait from thirty seconds to fifteen minutes, and refuses even the right password meanwhile', async () => {
    const person = await signUp(test);
    const waits: unknown[] = [];
    for (let round = 0; round < 8; round += 1) {
      const client = test.client();
      let answer = await client.run(CreateEmailPasswordSessionDocument, wrong(person.email));
      while (codeOf(answer) === 'USER_INVALID_CREDENTIALS') {
        answer = await client.run(CreateEmailPasswordSessionDocument, wrong(person.email));
      }
      const wait = Number(answer.errors[0]?.extensions['retryAfterSeconds']);
      expect(answer.headers.get('retry-after')).toBe(String(wait));
      waits.push(wait);
      expect(codeOf(await client.run(CreateEmailPasswordSessionDocument, person))).toBe(
        'GENERAL_RATE_LIMIT_EXCEEDED',
      );
      if (round < 6) test.clock.advance(wait);
    }
    expect(waits).toEqual([30, 60, 120, 240, 480, 900, 900, 900]);
    test.clock.advance(900);
    await signIn(test.client(), person);
  });

  it('does not lock out a device the owner has signed in from', async () => {
    const person = await signUp(test);
    await person.client.browse(CreateEmailPasswordSessionDocument, person);
    person.client.cookies.delete('session');
    const stranger = test.client();
    for (let attempt = 0; attempt < 6; attempt += 1) {
      await stranger.run(CreateEmailPasswordSessionDocument, wrong(person.email));
    }
    expect(codeOf(await stranger.run(CreateEmailPasswordSessionDocument, person))).toBe(
      'GENERAL_RATE_LIMIT_EXCEEDED',
    );
    expect(codeOf(await person.client.run(CreateEmailPasswordSessionDocument, person))).toBe('ok');
  });

  it('gives no lane of its own to a device of somebody else', async () => {
    const [victim, attacker] = [await signUp(test), await signUp(test)];
    await attacker.client.browse(CreateEmailPasswordSessionDocument, attacker);
    attacker.client.cookies.delete('session');
    const codes: string[] = [];
    for (let attempt = 0; attempt < 6; attempt += 1) {
      codes.push(codeOf(await attacker.client.run(CreateEmailPasswordSessionDocument, wrong(victim.email))));
    }
    expect(codes.at(-1)).toBe('GENERAL_RATE_LIMIT_EXCEEDED');
  });

  it('counts wrong passwords of updateEmail with those of the sign-in', async () => {
    const person = await signedInPerson(test);
    const change = { email: newEmail(), password: 'not the password' };
    for (let attempt = 0; attempt < 5; attempt += 1) {
      expect(codeOf(await person.client.run(UpdateEmailDocument, change))).toBe('USER_INVALID_CREDENTIALS');
    }
    const stranger = test.client();
    expect(codeOf(await stranger.run(CreateEmailPasswordSessionDocument, person))).toBe(
      'GENERAL_RATE_LIMIT_EXCEEDED',
    );
  });

  it('disables the password after a hundred wrong ones in a row', async () => {
    const person = await signUp(test);
    const { passwordAttempts } = test.app.deps.db.prisma;
    await passwordAttempts.deleteMany();
    await test.client().run(CreateEmailPasswordSessionDocument, wrong(person.email));
    expect(await passwordAttempts.updateMany({ data: { failures: maxFailures } })).toEqual({ count: 1 });
    test.clock.advance(86_400);
    expect(codeOf(await test.client().run(CreateEmailPasswordSessionDocument, person))).toBe(
      'GENERAL_RATE_LIMIT_EXCEEDED',
    );
  });

  it('counts failures of one client address over all accounts, and not its successes', async () => {
    const client = test.client();
    for (let attempt = 0; attempt < 29; attempt += 1) {
      await client.run(CreateEmailPasswordSessionDocument, wrong(newEmail()));
    }
    const person = await signUp(test);
    for (let attempt = 0; attempt < 3; attempt += 1) {
      expect(codeOf(await client.run(CreateEmailPasswordSessionDocument, person))).toBe('ok');
    }
    await client.run(CreateEmailPasswordSessionDocument, wrong(newEmail()));
    expect(codeOf(await client.run(CreateEmailPasswordSessionDocument, person))).toBe(
      'GENERAL_RATE_LIMIT_EXCEEDED',
    );
  });

  it('refuses two guesses in one document, aliased or in fragments, before either is made', async () => {
    const { client, email } = await signUp(test);
    const guess = `createEmailPasswordSession(email: "${email}", password: "${goodPassword}") { secret }`;
    const documents = [
      `mutation { a: ${guess} b: ${guess} }`,
      `mutation { ...A ...B } fragment A on Mutation { a: ${guess} } fragment B on Mutation { b: ${guess} }`,
      `mutation { a: ${guess} ... { b: ${guess} } }`,
    ];
    for (const document of documents) {
      const answer = await expectRefusal(test, 'QUERY_TOO_COMPLEX', () => client.send(document));
      expect(answer.data).toBeNull();
    }
  });
});

describe('createAnonymousSession', () => {
  it('makes a user with neither address nor password, which updateEmail makes permanent', async () => {
    const test = await createTestApp({ USER_LIMIT: '1' });
    const client = test.client();
    const { createAnonymousSession: session } = dataOf(await client.run(CreateAnonymousSessionDocument));
    expect(session).toMatchObject({
      provider: 'anonymous',
      providerUid: null,
      factors: ['anonymous'],
      current: true,
    });
    client.bearer = session.secret;
    const { getAccount } = dataOf(await client.run(GetAccountDocument));
    expect(getAccount).toMatchObject({
      id: session.userId,
      email: null,
      phone: null,
      name: '',
      passwordUpdatedAt: null,
    });

    await expectRefusal(test, 'USER_COUNT_EXCEEDED', () => test.client().run(CreateAnonymousSessionDocument));

    test.clock.advance(86_400);
    const email = newEmail();
    const { updateEmail } = dataOf(await client.run(UpdateEmailDocument, { email, password: goodPassword }));
    expect(updateEmail).toMatchObject({ id: session.userId, email, emailVerified: false });
    await signIn(test.client(), { email, password: goodPassword });
    await test.close();
  });
});
