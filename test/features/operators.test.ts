import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  CreateEmailPasswordSessionDocument,
  CreateEmailTokenDocument,
  CreateMagicUrlTokenDocument,
  CreateMfaRecoveryCodesDocument,
  CreateSessionDocument,
  CreateUserDocument,
  DeleteUserDocument,
  DeleteUserFactorsDocument,
  DeleteUserSessionsDocument,
  GetAccountDocument,
  GetUserDocument,
  ListLogsDocument,
  ListSessionsDocument,
  ListUsersDocument,
  UpdateEmailDocument,
  UpdateMfaDocument,
  UpdateUserLabelsDocument,
  UpdateUserStatusDocument,
  UpdateUserVerificationDocument,
} from '../../src/client/documents.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { addAuthenticator } from '../support/authenticator.js';
import { days } from '../../src/clock.js';
import { codeOf, dataOf, expectRefusal } from '../support/expect.js';
import { lastCode, lastLink, messagesTo } from '../support/messages.js';
import { bearerOf, operatorOf, operatorSettings } from '../support/operators.js';
import { addPasskey, Device, passkeySettings } from '../support/passkeys.js';
import {
  goodPassword as password,
  jwtClient,
  newEmail,
  proveShown,
  signedInPerson,
  signIn,
  signUp,
} from '../support/people.js';

let test: TestApp;
beforeAll(async () => {
  test = await createTestApp({ ...operatorSettings, ...passkeySettings });
});
afterAll(() => test.close());

const scope = 'GENERAL_UNAUTHORIZED_SCOPE';
const actorsOf = async (userId: string) =>
  (await test.app.deps.db.prisma.log.findMany({ where: { userId }, orderBy: { id: 'asc' } })).map(
    ({ event, actor }) => `${event} ${actor}`,
  );

describe('an operator', () => {
  it('is whoever sends one of the keys, and a guest to everything else', async () => {
    for (const name of ['ada', 'bob'] as const)
      expect(codeOf(await operatorOf(test, name).run(ListUsersDocument))).toBe('ok');
    expect(codeOf(await operatorOf(test).run(GetAccountDocument))).toBe(scope);
  });

  it.each([
    ['another key', `operator_${Buffer.alloc(32, 7).toString('base64url')}`],
    ['half a key', bearerOf('ada').slice(0, -1)],
    ['a longer one', `${bearerOf('ada')}A`],
    ['the prefix', 'operator_'],
    ['a key without its prefix', bearerOf('ada').slice('operator_'.length)],
    ['other letters', bearerOf('ada').toUpperCase()],
    ['the name', 'operator_ada'],
  ])('is a guest with %s', async (_what, bearer) => {
    const client = test.client().withBearer(bearer);
    const answer = await client.run(ListUsersDocument);
    expect(answer.data).toEqual({ listUsers: null });
    expect(codeOf(answer)).toBe(scope);
    const guest = await test.client().run(ListUsersDocument);
    expect(answer.errors[0]?.message).toBe(guest.errors[0]?.message);
  });

  it('is nobody together with a user’s cookie, whatever is asked for', async () => {
    const { secret } = await signedInPerson(test);
    const client = operatorOf(test);
    client.cookies.set('session', secret);
    for (const query of ['{ listUsers { totalCount } }', '{ getAccount { id } }'])
      expect(codeOf(await client.send(query))).toBe('USER_CREDENTIALS_CONFLICT');
    const dead = operatorOf(test);
    dead.cookies.set('session', 'session_ended');
    expect(codeOf(await dead.run(ListUsersDocument))).toBe('ok');
  });

  it('does not exist without the setting, nor elsewhere than in its networks', async () => {
    const without = await createTestApp();
    expect(codeOf(await operatorOf(without).run(ListUsersDocument))).toBe(scope);
    await without.close();
    const bound = await createTestApp({
      ...operatorSettings,
      OPERATOR_NETWORKS: '192.0.2.0/24, 2001:db8::/32',
    });
    const codes = [];
    for (const address of ['192.0.2.9', '2001:db8::9', '::ffff:192.0.2.1', '192.0.3.1', '2001:db9::1']) {
      const client = operatorOf(bound);
      client.address = address;
      codes.push(codeOf(await client.run(ListUsersDocument)));
    }
    await bound.close();
    expect(codes).toEqual(['ok', 'ok', 'ok', scope, scope]);
  });

  it('has a limit of its own', async () => {
    const one = await createTestApp(operatorSettings);
    const ada = operatorOf(one);
    const { userId } = await signUp(one);
    const fiveCalls = `mutation { ${[1, 2, 3, 4, 5].map((n) => `a${n}: retryMessage(messageId: "x") { id }`).join(' ')} }`;
    const notFound = Array(5).fill('MESSAGE_NOT_FOUND').join(' ');
    for (let calls = 0; calls < 600; calls += 5) expect(codeOf(await ada.send(fiveCalls))).toBe(notFound);
    const { errors } = await ada.run(UpdateUserLabelsDocument, { userId, labels: ['b'] });
    expect(errors[0]?.extensions).toMatchObject({
      code: 'GENERAL_RATE_LIMIT_EXCEEDED',
      limit: '600 per operator key in 1 minute',
    });
    expect(
      codeOf(await operatorOf(one, 'bob').run(UpdateUserLabelsDocument, { userId, labels: ['c'] })),
    ).toBe('ok');
    await one.close();
  });
});

describe('listUsers', () => {
  let few: TestApp;
  afterEach(() => few?.close());

  const ids = async (search?: string, page: { first?: number; after?: string | null } = {}) =>
    dataOf(await operatorOf(few).run(ListUsersDocument, { ...page, ...(search !== undefined && { search }) }))
      .listUsers;
  const found = async (search?: string) => (await ids(search)).nodes.map(({ id }) => id);

  it('finds by id, and by the beginnings of address, number, name and former address, each once', async () => {
    few = await createTestApp(operatorSettings);
    const operator = operatorOf(few);
    const people = [
      { userId: 'ada', email: 'Ada@Example.test', phone: '+14155550101', name: 'Ada Lovelace' },
      { userId: 'grace', email: 'grace@example.test', name: 'ada grace' },
      { userId: 'alan', email: 'alan_t@example.test', phone: '+14155550102', name: 'Алан' },
      { userId: 'ada.2', phone: '+491701234567' },
    ];
    for (const person of people) {
      dataOf(await operator.run(CreateUserDocument, person));
      few.clock.advance(1);
    }
    await proveShown(few, 'grace');
    await few.app.deps.db.prisma.user.update({
      where: { id: 'grace' },
      data: { email: 'hopper@example.test' },
    });
    expect({
      all: await found(),
      blank: await found('  '),
      ada: await found('ada'),
      ADA: await found('ADA'),
      'ada.2': await found('ada.2'),
      'ada@': await found('ada@'),
      'grace@': await found('grace@'),
      hop: await found('hop'),
      ал: await found('ал'),
      '+1 (415) 555-0': await found('+1 (415) 555-0'),
      '+49': await found('+49'),
      '415': await found('415'),
      'al%': await found('al%'),
      alan_: await found('alan_'),
      alanx: await found('alan_x'),
      example: await found('example'),
    }).toEqual({
      all: ['ada.2', 'alan', 'grace', 'ada'],
      blank: ['ada.2', 'alan', 'grace', 'ada'],
      ada: ['ada', 'grace'],
      ADA: ['ada', 'grace'],
      'ada.2': ['ada.2'],
      'ada@': ['ada'],
      'grace@': ['grace'],
      hop: ['grace'],
      ал: ['alan'],
      '+1 (415) 555-0': ['ada', 'alan'],
      '+49': ['ada.2'],
      '415': [],
      'al%': [],
      alan_: ['alan'],
      alanx: [],
      example: [],
    });
  });

  it('finds names as they are shown, whatever the rules of their language', async () => {
    few = await createTestApp(operatorSettings);
    const names = ['İbrahim Çelik', 'Straße', 'ΣΊΣΥΦΟΣ', 'ıŞIK'];
    for (const [index, name] of names.entries())
      dataOf(
        await operatorOf(few).run(CreateUserDocument, {
          userId: `user-${index}`,
          email: `u${index}@x.test`,
          name,
        }),
      );
    for (const [index, name] of names.entries()) {
      expect([name, await found(name)]).toEqual([name, [`user-${index}`]]);
      expect([name, await found(name.slice(0, 3))]).toEqual([name, [`user-${index}`]]);
    }
  });

  it('visits everybody once, page by page, along every way', async () => {
    few = await createTestApp(operatorSettings);
    const operator = operatorOf(few);
    for (let n = 0; n < 7; n += 1) {
      const userId = `kim-${n}`;
      const email = n % 2 ? `kim${n}@example.test` : `x${n}@example.test`;
      dataOf(await operator.run(CreateUserDocument, { userId, email, name: `Kim ${n}` }));
    }
    for (const search of [undefined, 'kim']) {
      const visited: string[] = [];
      let after: string | null = null;
      do {
        const page: Awaited<ReturnType<typeof ids>> = await ids(search, { first: 2, after });
        visited.push(...page.nodes.map(({ id }) => id));
        after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
      } while (after !== null);
      expect(visited).toHaveLength(7);
      expect(new Set(visited).size).toBe(7);
      const counted = `{ listUsers(search: "${search ?? ''}") { totalCount } }`;
      expect((await operator.send(counted)).data).toEqual({ listUsers: { totalCount: 7 } });
    }
  });

  it('refuses cursors that it did not make, NUL, and what asks for too much', async () => {
    few = await createTestApp(operatorSettings);
    const operator = operatorOf(few);
    const encoded = ['[]', '{}', 'null', '["a","b","c"]', '[0,1,2]', `[0,"\\u0000","a"]`, '[1.5,"a","b"]'];
    for (const after of ['', '%', ...encoded.map((text) => Buffer.from(text).toString('base64url'))])
      expect([after, codeOf(await operator.run(ListUsersDocument, { after }))]).toEqual([
        after,
        'GENERAL_ARGUMENT_INVALID',
      ]);
    for (const search of ['\0', 'x'.repeat(321)])
      expect(codeOf(await operator.run(ListUsersDocument, { search }))).toBe('GENERAL_ARGUMENT_INVALID');
    const deep = '{ listUsers(first: 100) { nodes { sessions(first: 100) { totalCount } } } }';
    expect(codeOf(await operator.send(deep))).toBe('QUERY_TOO_COMPLEX');
    const fair = '{ listUsers(first: 20) { nodes { sessions(first: 10) { totalCount } } } }';
    expect(codeOf(await operator.send(fair))).toBe('ok');
  });
});

describe('getUser', () => {
  it('shows everything but secrets and what a provider handed out', async () => {
    const { client, userId, sessionId } = await signedInPerson(test);
    await addAuthenticator(test, client);
    const providerAccessTokenSealed = 'sealed';
    await test.app.deps.db.prisma.session.update({
      where: { id: sessionId },
      data: { providerAccessTokenSealed },
    });
    const { data } = await operatorOf(
      test,
    ).send(`{ getUser(userId: "${userId}") { id email mfaFactors { totp email }
      sessions { nodes { id secret current providerAccessToken providerRefreshToken } }
      identities { totalCount } passkeys { totalCount } logs { nodes { event actor } } } }`);
    expect(data).toEqual({
      getUser: {
        id: userId,
        email: expect.stringContaining('@'),
        mfaFactors: { totp: true, email: false },
        sessions: {
          nodes: [
            {
              id: sessionId,
              secret: null,
              current: false,
              providerAccessToken: null,
              providerRefreshToken: null,
            },
          ],
        },
        identities: { totalCount: 0 },
        passkeys: { totalCount: 0 },
        logs: {
          nodes: ['user.update', 'user.update', 'session.create', 'user.create'].map((event) => ({
            event,
            actor: 'user',
          })),
        },
      },
    });
  });

  it.each(['nobody', '', '\0', 'x'.repeat(400)])('answers that there is no user "%s"', async (userId) => {
    expect(codeOf(await operatorOf(test).run(GetUserDocument, { userId }))).toBe('USER_NOT_FOUND');
  });
});

describe('createUser', () => {
  it('makes a whole user on the operator’s word, and sends nothing', async () => {
    const email = newEmail();
    const args = {
      userId: 'made-by-ada',
      email: email.toUpperCase(),
      phone: '+14155550190',
      password,
      name: 'Made',
      emailVerified: true,
      phoneVerified: false,
      labels: ['beta', 'staff:eu', 'beta'],
    };
    const { createUser } = dataOf(await operatorOf(test).run(CreateUserDocument, args));
    const now = test.clock.now().toISOString();
    expect(createUser).toEqual({
      id: 'made-by-ada',
      createdAt: now,
      updatedAt: now,
      registeredAt: now,
      name: 'Made',
      enabled: true,
      labels: ['beta', 'staff:eu'],
      email,
      emailVerified: true,
      phone: '+14155550190',
      phoneVerified: false,
      passwordUpdatedAt: now,
      mfaEnabled: false,
      mfaDueAt: null,
      prefs: {},
      accessedAt: null,
      deleteAt: null,
    });
    expect(await actorsOf('made-by-ada')).toEqual(['user.create operator:ada']);
    expect(await messagesTo(test, email)).toEqual([]);
    const { userId } = await signIn(test.client(), { email, password });
    expect(userId).toBe('made-by-ada');
  });

  it('says all that is wrong at once, and changes nothing', async () => {
    const before = await test.fingerprint();
    const answer = await operatorOf(test).run(CreateUserDocument, {
      userId: '-',
      email: 'nowhere',
      phone: '12',
      name: 'x'.repeat(129),
      labels: ['a b'],
      password,
      passwordHash: '$2b$10$short',
    });
    expect(
      (answer.errors[0]?.extensions as { issues?: { argument: string }[] } | undefined)?.issues?.map(
        ({ argument }) => argument,
      ),
    ).toEqual(['userId', 'email', 'phone', 'name', 'labels', 'passwordHash']);
    expect(await test.fingerprint()).toEqual(before);
  });

  it.each([
    ['nobody could reach', { name: 'Nobody' }, 'GENERAL_ARGUMENT_INVALID'],
    [
      'has no address to be verified',
      { phone: '+14155550191', emailVerified: true },
      'GENERAL_ARGUMENT_INVALID',
    ],
    [
      'has no number to be verified',
      { email: 'n@example.test', phoneVerified: true },
      'GENERAL_ARGUMENT_INVALID',
    ],
    [
      'has a common password',
      { email: 'c@example.test', password: 'password123' },
      'USER_PASSWORD_TOO_COMMON',
    ],
    [
      'has fifty-one labels',
      { email: 'l@example.test', labels: Array.from({ length: 51 }, (_, n) => `l${n}`) },
      'GENERAL_ARGUMENT_INVALID',
    ],
  ])('refuses one that %s', async (_what, args, code) => {
    const before = await test.fingerprint();
    expect(codeOf(await operatorOf(test).run(CreateUserDocument, args))).toBe(code);
    expect(await test.fingerprint()).toEqual(before);
  });

  it('refuses what is taken: an id, an address that is shown, one that is proven; also at the same time', async () => {
    const { userId, email } = await signUp(test);
    await proveShown(test, userId);
    await test.app.deps.db.prisma.user.update({ where: { id: userId }, data: { email: newEmail() } });
    const operator = operatorOf(test);
    for (const args of [{ userId, email: newEmail() }, { email }])
      expect(codeOf(await operator.run(CreateUserDocument, args))).toBe('USER_ALREADY_EXISTS');
    const both = { email: newEmail() };
    const answers = await Promise.all([1, 2, 3].map(() => operator.run(CreateUserDocument, both)));
    expect(answers.map(codeOf).sort()).toEqual(['USER_ALREADY_EXISTS', 'USER_ALREADY_EXISTS', 'ok']);
  });
});

describe('updateUserStatus', () => {
  it('ends sessions, JWTs, codes and links at once, and lets the user in again', async () => {
    const person = await signedInPerson(test);
    const { client, userId, email } = person;
    await proveShown(test, userId);
    const jwt = await jwtClient(person);
    dataOf(await test.client().run(CreateEmailTokenDocument, { email }));
    const secret = await lastCode(test, email);
    dataOf(await test.client().run(CreateMagicUrlTokenDocument, { email }));
    const link = await lastLink(test, email);
    const operator = operatorOf(test, 'bob');
    const { updateUserStatus } = dataOf(
      await operator.run(UpdateUserStatusDocument, { userId, enabled: false }),
    );
    expect(updateUserStatus.enabled).toBe(false);
    for (const caller of [client, jwt]) expect(codeOf(await caller.run(GetAccountDocument))).toBe(scope);
    const attempts = [
      await test.client().run(CreateSessionDocument, { userId, secret }),
      await test.client().run(CreateSessionDocument, { userId, secret: link.secret }),
      await test.client().run(CreateEmailPasswordSessionDocument, { email, password }),
    ];
    expect(attempts.map(codeOf)).toEqual(['USER_INVALID_TOKEN', 'USER_INVALID_TOKEN', 'USER_BLOCKED']);
    dataOf(await operator.run(UpdateUserStatusDocument, { userId, enabled: true }));
    expect(codeOf(await client.run(GetAccountDocument))).toBe(scope);
    await signIn(client, person);
    expect((await actorsOf(userId)).filter((line) => line.includes('bob'))).toEqual([
      'user.update operator:bob',
      'user.update operator:bob',
    ]);
    const { listLogs } = dataOf(await client.run(ListLogsDocument, { first: 2 }));
    expect(listLogs.nodes.map(({ actor }) => actor)).toEqual(['user', 'operator:bob']);
  });
});

describe('updateUserLabels', () => {
  it('replaces them, and refuses what is none', async () => {
    const { userId } = await signUp(test);
    const operator = operatorOf(test);
    const labels = ['a', 'B-1', 'c:d'];
    const { updateUserLabels } = dataOf(await operator.run(UpdateUserLabelsDocument, { userId, labels }));
    expect(updateUserLabels.labels).toEqual(labels);
    const before = await test.fingerprint();
    for (const bad of ['', ' ', 'a b', 'ü', 'x'.repeat(37), '-a', 'a\0'])
      expect(codeOf(await operator.run(UpdateUserLabelsDocument, { userId, labels: [bad] }))).toBe(
        'GENERAL_ARGUMENT_INVALID',
      );
    expect(await test.fingerprint()).toEqual(before);
    dataOf(await operator.run(UpdateUserLabelsDocument, { userId, labels: [] }));
    expect(dataOf(await operator.run(GetUserDocument, { userId })).getUser.labels).toEqual([]);
  });
});

describe('updateUserVerification', () => {
  it.each([
    ['none', () => null],
    ['a former one', (former: string) => former],
    ['another person’s', () => newEmail()],
  ])('verifies no address if the operator names %s', async (_which, name) => {
    const { client, userId, email: former } = await signedInPerson(test);
    dataOf(await client.run(UpdateEmailDocument, { email: newEmail(), password }));
    await expectRefusal(test, 'GENERAL_ARGUMENT_INVALID', () =>
      operatorOf(test).run(UpdateUserVerificationDocument, {
        userId,
        email: name(former),
        emailVerified: true,
      }),
    );
  });

  it('takes the operator’s word, both ways, and frees the former address after seven days', async () => {
    const { client, userId, email: former } = await signedInPerson(test);
    await proveShown(test, userId);
    const email = newEmail();
    dataOf(await client.run(UpdateEmailDocument, { email, password }));
    const operator = operatorOf(test);
    expect(codeOf(await operator.run(CreateUserDocument, { email: former }))).toBe('USER_ALREADY_EXISTS');
    const verify = (emailVerified: boolean) =>
      operator.run(UpdateUserVerificationDocument, { userId, email, emailVerified });
    expect(dataOf(await verify(true)).updateUserVerification).toMatchObject({ email, emailVerified: true });
    expect(codeOf(await operator.run(CreateUserDocument, { email: former }))).toBe('USER_ALREADY_EXISTS');
    expect(dataOf(await verify(false)).updateUserVerification).toMatchObject({ email, emailVerified: false });
    test.clock.advance(days(7));
    expect(codeOf(await operator.run(CreateUserDocument, { email: former }))).toBe('ok');
  });

  it('refuses where there is nothing to verify, and then changes nothing at all', async () => {
    const { userId, email } = await signUp(test);
    const before = await test.fingerprint();
    const answer = await operatorOf(test).run(UpdateUserVerificationDocument, {
      userId,
      email,
      emailVerified: true,
      phoneVerified: true,
    });
    expect(codeOf(answer)).toBe('USER_PHONE_NOT_FOUND');
    expect(await test.fingerprint()).toEqual(before);
  });
});

describe('deleteUserFactors', () => {
  it('lets in whoever lost them, removes all of them, and tells the owner', async () => {
    const person = await signedInPerson(test);
    const { client, userId, email } = person;
    await proveShown(test, userId);
    await addAuthenticator(test, client);
    await addPasskey(client, new Device());
    dataOf(await client.run(CreateMfaRecoveryCodesDocument));
    dataOf(await client.run(UpdateMfaDocument, { mfa: true }));
    await signIn(client, person);
    expect(codeOf(await client.run(GetAccountDocument))).toBe('USER_MORE_FACTORS_REQUIRED');
    const { deleteUserFactors } = dataOf(await operatorOf(test).run(DeleteUserFactorsDocument, { userId }));
    expect(deleteUserFactors.mfaEnabled).toBe(false);
    // It may be a thief's, who knows the password: it ends.
    expect(codeOf(await client.run(GetAccountDocument))).toBe('GENERAL_UNAUTHORIZED_SCOPE');
    await signIn(client, person);
    expect(codeOf(await client.run(GetAccountDocument))).toBe('ok');
    const { data } = await client.send('{ listMfaFactors { totp recoveryCode passkey } }');
    expect(data).toEqual({ listMfaFactors: { totp: false, recoveryCode: false, passkey: false } });
    const [mail] = await messagesTo(test, email);
    expect(mail?.subject).toBe('The second steps of your Accounts account were reset');
    expect(mail?.text).not.toContain('10.0.');
  });
});

describe('deleteUserSessions', () => {
  it('signs the user out everywhere, says what ended, and records it where something did', async () => {
    const person = await signedInPerson(test);
    await signIn(test.client(), person);
    const { client, userId } = person;
    const operator = operatorOf(test);
    const { listSessions } = dataOf(await client.run(ListSessionsDocument));
    const ended = dataOf(await operator.run(DeleteUserSessionsDocument, { userId })).deleteUserSessions;
    expect([...ended.deletedSessionIds].sort()).toEqual(listSessions.nodes.map(({ id }) => id).sort());
    expect(codeOf(await client.run(GetAccountDocument))).toBe(scope);
    const again = dataOf(await operator.run(DeleteUserSessionsDocument, { userId })).deleteUserSessions;
    expect(again.deletedSessionIds).toEqual([]);
    expect((await actorsOf(userId)).at(-1)).toBe('session.delete operator:ada');
  });

  it('signs the user out on one device', async () => {
    const person = await signedInPerson(test);
    const other = test.client();
    const { sessionId } = await signIn(other, person);
    const stranger = await signedInPerson(test);
    const operator = operatorOf(test);
    const { userId } = person;
    for (const wrong of [stranger.sessionId, 'nonsense', 'current']) {
      const answer = await operator.run(DeleteUserSessionsDocument, { userId, sessionId: wrong });
      expect(codeOf(answer)).toBe('USER_SESSION_NOT_FOUND');
    }
    const ended = dataOf(await operator.run(DeleteUserSessionsDocument, { userId, sessionId }));
    expect(ended.deleteUserSessions.deletedSessionIds).toEqual([sessionId]);
    for (const [client, code] of [
      [other, scope],
      [person.client, 'ok'],
      [stranger.client, 'ok'],
    ] as const)
      expect(codeOf(await client.run(GetAccountDocument))).toBe(code);
    expect((await actorsOf(userId)).at(-1)).toBe('session.delete operator:ada');
  });
});

describe('deleteUser', () => {
  it('leaves nothing, ends everything at once and frees the address, once', async () => {
    const person = await signedInPerson(test);
    const { client, userId, email } = person;
    await proveShown(test, userId);
    const jwt = await jwtClient(person);
    await addAuthenticator(test, client);
    const operator = operatorOf(test);
    const answers = await Promise.all([1, 2].map(() => operator.run(DeleteUserDocument, { userId })));
    expect(answers.map(codeOf).sort()).toEqual(['USER_NOT_FOUND', 'ok']);
    for (const caller of [client, jwt]) expect(codeOf(await caller.run(GetAccountDocument))).toBe(scope);
    const { rows: tables } = await test.app.deps.db.query<{ table: string }>({
      text: `SELECT table_name AS "table" FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'userId'`,
    });
    expect(tables.length).toBeGreaterThan(8);
    for (const { table } of tables) {
      const text = `SELECT count(*)::int AS "left" FROM "${table}" WHERE "userId" = $1`;
      const { rows } = await test.app.deps.db.query({ text, values: [userId] });
      expect([table, rows[0]]).toEqual([table, { left: 0 }]);
    }
    await signUp(test, email);
    expect(test.logLines.join('')).toContain('a user was deleted');
    expect(test.logLines.join('')).not.toContain(bearerOf('ada'));
  });
});
