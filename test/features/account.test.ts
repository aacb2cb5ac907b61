import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newRowId } from '../../src/ids.js';
import {
  CreateAccountDocument,
  type CreateAccountMutationVariables,
  CreateEmailPasswordSessionDocument,
  GetAccountDocument,
  UpdateNameDocument,
  UpdateStatusDocument,
} from '../../src/client/documents.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { codeOf, dataOf, expectRefusal } from '../support/expect.js';
import { goodPassword as password, jwtClient, newEmail, signedInPerson, signUp } from '../support/people.js';

const userLimit = 200;
let test: TestApp;
let prisma: TestApp['app']['deps']['db']['prisma'];
beforeAll(async () => {
  test = await createTestApp({ USER_LIMIT: String(userLimit), PASSWORD_HISTORY: '2' });
  ({ prisma } = test.app.deps.db);
});
afterAll(() => test.close());

const now = () => test.clock.now().toISOString();
const create = (args: Partial<CreateAccountMutationVariables> = {}, client = test.client()) =>
  client.run(CreateAccountDocument, { email: newEmail(), password, ...args });
const refused = (code: string, args: Partial<CreateAccountMutationVariables>) =>
  expectRefusal(test, code, () => create(args));

describe('createAccount', () => {
  it('answers the whole account, makes no session and sends nothing', async () => {
    const email = newEmail();
    const answer = await create({ email, name: 'Ada 👩‍💻' });
    const { createAccount: user } = dataOf(answer);
    expect(user).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/),
      createdAt: now(),
      updatedAt: now(),
      name: 'Ada 👩‍💻',
      registeredAt: now(),
      enabled: true,
      labels: [],
      email,
      emailVerified: false,
      phone: null,
      phoneVerified: false,
      passwordUpdatedAt: now(),
      mfaEnabled: false,
      mfaDueAt: null,
      prefs: {},
      accessedAt: now(),
      deleteAt: null,
    });
    expect(answer.headers.getSetCookie()).toEqual([]);
    const where = { userId: user.id };
    expect(await prisma.session.count({ where })).toBe(0);
    expect(await prisma.outbox.count()).toBe(0);
    const logs = await prisma.log.findMany({ where, select: { event: true, time: true } });
    expect(logs).toEqual([{ event: 'user.create', time: test.clock.now() }]);
  });

  it('keeps the password as a hash alone, and begins its history', async () => {
    const { userId } = await signUp(test);
    const row = await prisma.user.findUniqueOrThrow({ where: { id: userId } });
    expect(row.passwordHash).toMatch(/^\$argon2id\$/);
    expect(row.passwordHistory).toEqual([{ hash: row.passwordHash, keyId: row.passwordKeyId }]);
    expect(JSON.stringify(row)).not.toContain(password);
    expect(test.logLines.join('')).not.toContain(password);
  });

  it('takes a chosen id, and makes one for unique(), null and none', async () => {
    const userId = `Chosen.id_1-${'x'.repeat(24)}`;
    expect(dataOf(await create({ userId })).createAccount).toMatchObject({ id: userId, name: '' });
    for (const id of ['unique()', null]) {
      const { createAccount } = dataOf(await create({ userId: id, name: null }));
      expect(createAccount).toMatchObject({ id: expect.stringMatching(/^[0-9a-f-]{36}$/), name: '' });
    }
  });

  it('stores the address in lower case, the domain in ASCII', async () => {
    const { createAccount } = dataOf(await create({ email: `ADA.L+tag'@BÜCHER.Example` }));
    expect(createAccount.email).toBe(`ada.l+tag'@xn--bcher-kva.example`);
    await refused('USER_ALREADY_EXISTS', { email: `ada.l+tag'@xn--bcher-kva.EXAMPLE` });
  });

  it('serves a caller who is signed in, and leaves the session alone', async () => {
    const { client, userId } = await signedInPerson(test);
    expect(dataOf(await create({}, client)).createAccount.id).not.toBe(userId);
    expect(dataOf(await client.run(GetAccountDocument)).getAccount.id).toBe(userId);
  });

  it('refuses an address or an id that is taken', async () => {
    const { email } = await signUp(test);
    dataOf(await create({ userId: 'taken' }));
    await refused('USER_ALREADY_EXISTS', { email: email.toUpperCase() });
    await refused('USER_ALREADY_EXISTS', { userId: 'taken' });
  });

  it('lets one of two parallel sign-ups with one address or one id win', async () => {
    const twice = async (args: Partial<CreateAccountMutationVariables>) =>
      (await Promise.all([create(args), create(args)])).map(codeOf).sort();
    expect(await twice({ email: newEmail() })).toEqual(['USER_ALREADY_EXISTS', 'ok']);
    expect(await twice({ userId: 'the-only-one' })).toEqual(['USER_ALREADY_EXISTS', 'ok']);
  });

  it('refuses the address of somebody’s identity without saying why', async () => {
    const { userId } = await signUp(test);
    const at = test.clock.now();
    const [id, email] = [newRowId(at), newEmail()];
    const identity = {
      id,
      userId,
      provider: 'github',
      providerUid: '1',
      providerEmail: email,
      providerEmailVerified: true,
    };
    await prisma.identity.create({ data: { ...identity, createdAt: at, updatedAt: at } });
    const { errors } = await refused('USER_ADDRESS_UNAVAILABLE', { email });
    expect(errors[0]?.message).toBe('This address cannot be used.');
    expect(errors[0]?.extensions).toEqual({
      code: 'USER_ADDRESS_UNAVAILABLE',
      requestId: expect.any(String),
    });
  });

  it.each([
    ['userId', { userId: 'wrongId$' }],
    ['userId', { userId: `a${'b'.repeat(36)}` }],
    ['email', { email: 'no address' }],
    ['password', { password: 'short 7' }],
    ['password', { password: 'x'.repeat(257) }],
    ['password', { password: 'nul \0 byte' }],
    ['name', { name: '' }],
    ['name', { name: 'half \ud800' }],
  ])('names the bad argument %s of %o', async (argument, args) => {
    const { errors } = await refused('GENERAL_ARGUMENT_INVALID', args);
    expect(errors[0]?.extensions).toEqual({
      code: 'GENERAL_ARGUMENT_INVALID',
      requestId: expect.any(String),
      argument,
      issues: [{ argument, message: expect.stringMatching(/^Must /) }],
    });
  });

  it('refuses common passwords and personal data', async () => {
    await refused('USER_PASSWORD_TOO_COMMON', { password: 'Password123' });
    const personal = { email: 'grace.hopper@navy.test', name: 'Amazing Grace', userId: 'COBOL-1959' };
    for (const part of ['Grace.Hopper', 'GRACE.HOPPER@NAVY.TEST', 'amazing grace', 'cobol-1959']) {
      await refused('USER_PASSWORD_PERSONAL_DATA', { ...personal, password: `+${part}+long` });
    }
  });

  it('knows no argument that would assign more', async () => {
    const args = `email: "${newEmail()}", password: "${password}"`;
    for (const more of ['emailVerified: true', 'enabled: true', 'labels: ["admin"]', 'passwordHash: "x"']) {
      const query = `mutation { createAccount(${args}, ${more}) { id } }`;
      await expectRefusal(test, 'GRAPHQL_VALIDATION_FAILED', () => test.client().send(query));
    }
  });

  it('makes no more users than the limit, in parallel neither', async () => {
    const at = test.clock.now();
    const instants = { createdAt: at, updatedAt: at, registeredAt: at };
    const length = userLimit - (await prisma.user.count()) - 1;
    const crowd = Array.from({ length }, (_, i) => ({ id: `crowd-${i}`, name: '', ...instants }));
    await prisma.user.createMany({ data: crowd });
    const pair = await Promise.all([create(), create()]);
    expect(pair.map(codeOf).sort()).toEqual(['USER_COUNT_EXCEEDED', 'ok']);
    await refused('USER_COUNT_EXCEEDED', {});
    await prisma.user.deleteMany({ where: { id: { startsWith: 'crowd-' } } });
    expect(codeOf(await create())).toBe('ok');
  });

  it('counts ten calls an hour by address, bad ones included, and goes on in the next hour', async () => {
    const client = test.client();
    for (let call = 0; call < 10; call += 1) {
      expect(codeOf(await create({ password: 'short' }, client))).toBe('GENERAL_ARGUMENT_INVALID');
    }
    const eleventh = () => create({}, client);
    const { errors, headers } = await expectRefusal(test, 'GENERAL_RATE_LIMIT_EXCEEDED', eleventh);
    const left = 3600 - ((test.clock.now().getTime() / 1000) % 3600);
    expect(errors[0]?.extensions['retryAfterSeconds']).toBe(left);
    expect(headers.get('retry-after')).toBe(String(left));
    test.clock.advance(left - 1);
    expect(codeOf(await create({}, client))).toBe('GENERAL_RATE_LIMIT_EXCEEDED');
    test.clock.advance(1);
    expect(codeOf(await create({}, client))).toBe('ok');
  });
});

describe('getAccount', () => {
  it('answers the caller’s account, to a JWT the same', async () => {
    const person = await signedInPerson(test);
    const answer = dataOf(await person.client.run(GetAccountDocument));
    expect(answer.getAccount).toMatchObject({ id: person.userId, email: person.email, registeredAt: now() });
    expect(dataOf(await (await jwtClient(person)).run(GetAccountDocument))).toEqual(answer);
  });

  it('notes the last activity once in 24 hours', async () => {
    const { client } = await signedInPerson(test);
    const accessedAt = async () => dataOf(await client.run(GetAccountDocument)).getAccount.accessedAt;
    const first = now();
    test.clock.advance(86_399);
    await client.run(GetAccountDocument);
    expect(await accessedAt()).toBe(first);
    test.clock.advance(1);
    await client.run(GetAccountDocument);
    expect(await accessedAt()).toBe(now());
  });
});

describe('updateName', () => {
  it('changes the name and nothing else, and is recorded', async () => {
    const { client } = await signedInPerson(test);
    const { getAccount: before } = dataOf(await client.run(GetAccountDocument));
    test.clock.advance(5);
    const name = `\u202e Åsa {{x}} %s ${'🦊'.repeat(113)}`;
    expect([...name]).toHaveLength(128);
    const { updateName } = dataOf(await client.run(UpdateNameDocument, { name }));
    expect(updateName).toEqual({ ...before, name, updatedAt: now() });
    expect(dataOf(await client.run(GetAccountDocument)).getAccount).toEqual(updateName);
    const where = { userId: before.id, event: 'user.update', time: test.clock.now() };
    expect(await prisma.log.count({ where })).toBe(1);
  });

  it('refuses an empty, long or broken name', async () => {
    const { client } = await signedInPerson(test);
    for (const name of ['', '🦊'.repeat(129), 'a\0b', '\udc00'])
      await expectRefusal(test, 'GENERAL_ARGUMENT_INVALID', () => client.run(UpdateNameDocument, { name }));
  });
});

describe('updateStatus', () => {
  it('blocks the account for good and takes the cookie away', async () => {
    const person = await signedInPerson(test);
    const { getAccount: before } = dataOf(await person.client.run(GetAccountDocument));
    test.clock.advance(5);
    const answer = await person.client.run(UpdateStatusDocument);
    expect(dataOf(answer).updateStatus).toEqual({ ...before, enabled: false, updatedAt: now() });
    expect(answer.headers.getSetCookie()).toEqual(['session=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax']);
    expect(await prisma.session.count({ where: { userId: person.userId } })).toBe(1);
    await expectRefusal(test, 'USER_BLOCKED', () => person.client.run(UpdateStatusDocument));
    await expectRefusal(test, 'USER_BLOCKED', () => person.client.run(CreateAccountDocument, person));
  });

  it('answers blocked to the right password alone, and makes no session', async () => {
    const { client, email } = await signedInPerson(test);
    await client.run(UpdateStatusDocument);
    const signIn = (attempt: string) => () =>
      test.client().run(CreateEmailPasswordSessionDocument, { email, password: attempt });
    await expectRefusal(test, 'USER_BLOCKED', signIn(password));
    await expectRefusal(test, 'USER_INVALID_CREDENTIALS', signIn('the wrong one'));
  });

  it('blocks what follows in the same document', async () => {
    const { client, userId } = await signedInPerson(test);
    const answer = await client.send('mutation { updateStatus { id } updateName(name: "Eve") { id } }');
    expect(answer.data).toEqual({ updateStatus: { id: userId }, updateName: null });
    expect(codeOf(answer)).toBe('USER_BLOCKED');
  });
});
