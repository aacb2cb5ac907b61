import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CreateAccountDocument,
  CreateEmailTokenDocument,
  CreateSessionDocument,
  CreateUserTokenDocument,
  GetAccountDocument,
  UpdateNameDocument,
  UpdatePhoneDocument,
  UpdateUserLabelsDocument,
} from '../../src/client/documents.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { codeOf, dataOf } from '../support/expect.js';
import { bearerOf, operatorOf, operatorSettings } from '../support/operators.js';
import { goodPassword, newEmail, signedInPerson, signIn } from '../support/people.js';

const cli = join(import.meta.dirname, '../../dist/server/cli.js');
let test: TestApp;
let directory: string;
beforeAll(async () => {
  test = await createTestApp({
    ...operatorSettings,
    USER_TOKENS: 'on',
    TEST_ADDRESSES: 'e2e@example.test=123456',
    MFA_REQUIRED: 'label:staff',
  });
  directory = mkdtempSync(join(tmpdir(), 'gatehouse-commands-'));
});
afterAll(async () => {
  rmSync(directory, { recursive: true });
  await test.close();
});

/** Runs the command where there is nobody at a terminal. */
const gatehouse = (args: string, environment: Record<string, string> = {}) =>
  new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    const env = {
      PATH: process.env['PATH'] ?? '',
      GATEHOUSE_URL: test.url,
      GATEHOUSE_OPERATOR_KEY: bearerOf('ada'),
      ...environment,
    };
    execFile(process.execPath, [cli, ...args.split(' ')], { cwd: directory, env }, (error, stdout, stderr) =>
      resolve({ code: (error?.code as number | undefined) ?? 0, stdout, stderr }),
    );
  });

describe('gatehouse users', () => {
  it('lists and shows, as tables or as JSON', async () => {
    const { client, userId, email } = await signedInPerson(test);
    dataOf(await client.run(UpdateNameDocument, { name: 'Ada \u001b[31mred' }));
    const listed = await gatehouse(`users list ${email.slice(0, -2)}`);
    expect(listed.stdout).toMatch(/^ID +E-MAIL +PHONE +NAME +STATE +SINCE\n/);
    expect(listed.stdout).toContain(`${userId}  ${email} (unverified)`);
    expect(listed.stdout).not.toContain('\u001b');
    const json = JSON.parse((await gatehouse(`users list ${email} --json`)).stdout) as { id: string }[];
    expect(json.map(({ id }) => id)).toEqual([userId]);
    const shown = (await gatehouse(`users show ${email.toUpperCase()}`)).stdout;
    for (const line of [`ID         ${userId}`, 'STATE      active', 'SESSIONS', 'LOG', 'session.create'])
      expect(shown).toContain(line);
    expect(JSON.parse((await gatehouse(`users show ${userId} --json`)).stdout)).toMatchObject({ id: userId });
    expect((await gatehouse('users list nobody-at-all')).stdout).toBe('Nobody.\n');
  });

  it('shows sessions of operators, test accounts, and who must turn MFA on', async () => {
    const account = { email: 'e2e@example.test', password: goodPassword };
    dataOf(await test.client().run(CreateAccountDocument, account));
    const { userId } = await signIn(test.client(), account);
    expect((await gatehouse(`users show ${userId}`)).stdout).not.toContain('MFA DUE');
    const operator = operatorOf(test);
    dataOf(await operator.run(UpdateUserLabelsDocument, { userId, labels: ['staff'] }));
    await signIn(test.client(), account);
    const { createUserToken } = dataOf(await operator.run(CreateUserTokenDocument, { userId }));
    dataOf(await test.client().run(CreateSessionDocument, { userId, secret: createUserToken.secret }));
    const shown = (await gatehouse(`users show ${userId}`)).stdout;
    expect(shown).toMatch(/^TEST ACCOUNT +yes \(TEST_ADDRESSES\)$/m);
    expect(shown).toMatch(/^MFA DUE +2026-/m);
    expect(shown).toMatch(/SESSIONS(.|\n)*Z +operator:ada +/);
    expect((await gatehouse('users list e2e@')).stdout).toContain('MFA required from 2026-');
  });

  it('lists the security changes of a user and reverts them', async () => {
    const person = await signedInPerson(test);
    dataOf(
      await person.client.run(UpdatePhoneDocument, { phone: '+14155550177', password: person.password }),
    );
    const shown = (await gatehouse(`users show ${person.email}`)).stdout;
    expect(shown).toContain('CHANGES');
    const id = /^(\S+) .*address\.update phone/m.exec(shown)?.[1] ?? '';
    expect(await gatehouse(`users revert ${person.email} ${id}`)).toMatchObject({ code: 2 });
    const done = (await gatehouse(`users revert ${person.email} ${id} --yes`)).stdout;
    expect(done).toContain('REVERTED');
    const after = JSON.parse((await gatehouse(`users show ${person.userId} --json`)).stdout) as object;
    expect(after).toMatchObject({
      phone: null,
      securityChanges: [{ kind: 'REVERT', actor: 'operator:ada' }],
    });
  });

  it('blocks a user, and lets the user in again', async () => {
    const person = await signedInPerson(test);
    const { client, userId, email } = person;
    expect((await gatehouse(`users block ${email}`)).stdout).toBe(
      `${email} (${userId}) is blocked and signed out everywhere.\n`,
    );
    expect(codeOf(await client.run(GetAccountDocument))).toBe('GENERAL_UNAUTHORIZED_SCOPE');
    expect((await gatehouse(`users unblock ${userId}`)).stdout).toContain('may sign in again');
    await signIn(client, person);
  });

  it('signs a user out', async () => {
    const { client, email } = await signedInPerson(test);
    expect((await gatehouse(`users sign-out ${email}`)).stdout).toContain('is signed out everywhere');
    expect(codeOf(await client.run(GetAccountDocument))).toBe('GENERAL_UNAUTHORIZED_SCOPE');
  });

  it.each(['reset-mfa', 'delete'])('asks before it does %s, and --yes answers', async (action) => {
    const { client, email } = await signedInPerson(test);
    expect(await gatehouse(`users ${action} ${email}`)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('add --yes'),
    });
    expect(codeOf(await client.run(GetAccountDocument))).toBe('ok');
  });

  it('resets the factors of a user', async () => {
    const { email } = await signedInPerson(test);
    expect((await gatehouse(`users reset-mfa ${email} --yes`)).stdout).toContain(
      'has no second factors any more',
    );
  });

  it('deletes a user', async () => {
    const { userId, email } = await signedInPerson(test);
    expect((await gatehouse(`users delete ${email} --yes --json`)).stdout).toBe(
      `${JSON.stringify({ deletedUserId: userId }, null, 2)}\n`,
    );
    expect(await gatehouse(`users delete ${email} --yes`)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('there is no user'),
    });
  });

  it('finds its key and server where the server’s own settings are', async () => {
    // A mistake in a setting that only the server reads does not get in the way.
    const env = `${Object.entries({ ...operatorSettings, PUBLIC_URL: test.url, COOKIE_SAMESITE: 'x' })
      .map(([name, value]) => `${name}=${value}`)
      .join('\n')}\n`;
    writeFileSync(join(directory, '.env'), env);
    const nothing = { GATEHOUSE_URL: '', GATEHOUSE_OPERATOR_KEY: '' };
    const { code } = await gatehouse('users list', nothing);
    rmSync(join(directory, '.env'));
    expect(code).toBe(0);
    expect(await gatehouse('users list', nothing)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('GATEHOUSE_OPERATOR_KEY'),
    });
  });

  it.each([
    ['users', 2, 'there is no command "users "'],
    ['users frob x', 2, 'there is no command "users frob"'],
    ['users show', 2, 'takes an id or address'],
    ['users list --colour', 2, '--colour'],
    ['users list --first 1000', 1, 'GENERAL_ARGUMENT_INVALID'],
    ['mail', 2, 'there is no command "mail "'],
    ['start now', 2, 'what is "now"?'],
  ])('says what is wrong with "%s"', async (args, code, text) => {
    expect(await gatehouse(args)).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(text) });
  });

  it('says why the server did not answer, without a stack', async () => {
    for (const [environment, text] of [
      [{ GATEHOUSE_OPERATOR_KEY: 'operator_wrong' }, `${test.url} does not accept the key of the operator`],
      [{ GATEHOUSE_URL: 'localhost:4000' }, 'begins with http:// or https://'],
      [{ GATEHOUSE_URL: 'http://127.0.0.1:9' }, 'did not respond.'],
      [{ GATEHOUSE_URL: 'nowhere' }, 'GATEHOUSE_URL must be a URL'],
    ] as const) {
      const { code, stderr } = await gatehouse('users list', environment);
      expect([code > 0, stderr.includes(text), stderr.includes('    at ')]).toEqual([true, true, false]);
    }
  });
});

describe('gatehouse mail', () => {
  it('shows what was sent to an address', async () => {
    const { email } = await signedInPerson(test);
    dataOf(await test.client().run(CreateEmailTokenDocument, { email }));
    await test.app.worker.deliverDue();
    const { stdout } = await gatehouse(`mail log ${email}`);
    expect(stdout).toMatch(/^QUEUED +KIND +STATE +ATTEMPTS +ERROR +ID\n.* otpSession +SENT +1 /);
    expect(JSON.parse((await gatehouse(`mail log ${email} --json`)).stdout)).toMatchObject([{ to: email }]);
    expect((await gatehouse('mail log nobody@example.test')).stdout).toContain('Nothing was sent');
  });

  it('sends a test, and says what came of it', async () => {
    const taken: string[] = [];
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      logger: false,
      onRcptTo: ({ address }, _session, done) =>
        address.startsWith('no')
          ? done(Object.assign(new Error('no such mailbox'), { responseCode: 550 }))
          : done(),
      onData(stream, { envelope }, done) {
        stream.resume().on('end', () => {
          taken.push(...envelope.rcptTo.map(({ address }) => address));
          done();
        });
      },
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.server.address() as { port: number };
    const MAIL_URL = `smtp://127.0.0.1:${port}`;
    expect(await gatehouse('mail test you@example.test', { MAIL_URL })).toMatchObject({ code: 0 });
    expect(taken).toEqual(['you@example.test']);
    expect(await gatehouse('mail test no@example.test', { MAIL_URL })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('no such mailbox'),
    });
    expect(await gatehouse('mail test you@example.test')).toMatchObject({ code: 2 });
    await new Promise<void>((resolve) => server.close(resolve));
  });
});

describe('gatehouse invite', () => {
  it('sends an invitation, lists it and deletes it', async () => {
    const email = newEmail();
    const sent = await gatehouse(`invite ${email} --name Ada --label beta --label staff`);
    expect(sent.stdout).toMatch(
      new RegExp(`^${email} is invited to ${test.url}\\. The link works until .+Z\\.\n$`),
    );
    const listed = JSON.parse((await gatehouse('invitations list --json')).stdout) as { id: string }[];
    expect(listed[0]).toMatchObject({ email, name: 'Ada', labels: ['beta', 'staff'], invitedBy: 'ada' });
    expect((await gatehouse('invitations list')).stdout).toMatch(
      /^SENT +ADDRESS +BY +EXPIRES +ACCEPTED +ID\n/,
    );
    const id = listed[0]?.id ?? '';
    expect(await gatehouse(`invitations delete ${id}`)).toMatchObject({ code: 2 });
    expect((await gatehouse(`invitations delete ${id} --yes`)).stdout).toContain('Its link no longer works.');
    expect(await gatehouse(`invitations delete ${id} --yes`)).toMatchObject({
      code: 1,
      stderr: 'There is no such invitation. (INVITATION_NOT_FOUND)\n',
    });
  });

  it('explains what is wrong with the command', async () => {
    expect(await gatehouse('invite no-address')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/\(GENERAL_ARGUMENT_INVALID\)\n {2}email: .+\n$/),
    });
    expect((await gatehouse('invite')).stderr).toContain('invite takes one email address');
    expect((await gatehouse('invitations')).stderr).toContain('there is no command "invitations "');
  });
});
