import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import {
  CreateAccountDocument,
  CreateInvitationDocument,
  CreatePhoneTokenDocument,
  CreateSessionDocument,
  CreateEmailTokenDocument,
  SignInOptionsDocument,
} from '../../src/client/documents.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { codeOf, dataOf } from '../support/expect.js';
import { lastLink } from '../support/messages.js';
import { operatorOf, operatorSettings } from '../support/operators.js';
import { goodPassword, newEmail } from '../support/people.js';

// Runs the recipes of docs/sign-up.md with the settings that the page prints.

const page = readFileSync(join(import.meta.dirname, '../../docs/sign-up.md'), 'utf8');
const servers: TestApp[] = [];
afterAll(async () => {
  for (const server of servers) await server.close();
});

async function startRecipe(title: string, changes: Record<string, string> = {}): Promise<TestApp> {
  const [, settings = ''] = new RegExp(`### ${title}\n\n\`\`\`sh\n([\\s\\S]*?)\`\`\``).exec(page) ?? [];
  const variables = parseEnv(settings) as Record<string, string>;
  expect(Object.keys(variables).length).toBeGreaterThan(0);
  const server = await createTestApp({ ...operatorSettings, ...variables, ...changes });
  servers.push(server);
  return server;
}

const signUp = (test: TestApp, email: string) =>
  test.client().run(CreateAccountDocument, { email, password: goodPassword });

async function acceptInvitation(test: TestApp, email: string): Promise<string> {
  dataOf(await operatorOf(test).run(CreateInvitationDocument, { email, labels: ['beta'] }));
  const { userId, secret } = await lastLink(test, email);
  return codeOf(await test.client().run(CreateSessionDocument, { userId, secret }));
}

describe('the recipes of docs/sign-up.md', () => {
  it('let only invited people into a private beta', async () => {
    const test = await startRecipe('Private beta');
    expect(codeOf(await signUp(test, newEmail()))).toBe('USER_SIGN_UP_CLOSED');
    expect(await acceptInvitation(test, newEmail())).toBe('ok');
    const { signInOptions } = dataOf(await test.client().run(SignInOptionsDocument));
    expect(signInOptions.signUp).toBe('INVITED');
  });

  it('let employees sign up, and consultants in by invitation', async () => {
    const test = await startRecipe('Inside a company');
    expect(codeOf(await signUp(test, 'ada@example.com'))).toBe('ok');
    expect(codeOf(await signUp(test, newEmail()))).toBe('USER_ADDRESS_NOT_ALLOWED');
    expect(await acceptInvitation(test, newEmail())).toBe('ok');
    const { signInOptions } = dataOf(await test.client().run(SignInOptionsDocument));
    expect(signInOptions.methods).toEqual(['EMAIL_PASSWORD', 'EMAIL_OTP', 'PASSKEY']);
  });

  it('protect a public sign-up against abuse', async () => {
    // No test asks a service on the internet. See `breached-passwords.test.ts`.
    const test = await startRecipe('Public, with protection against abuse', { PASSWORD_BREACH_URL: '' });
    expect(codeOf(await signUp(test, 'ada@mailinator.com'))).toBe('USER_ADDRESS_NOT_ALLOWED');
    const client = test.client();
    const codes = [];
    for (let count = 0; count < 6; count += 1) {
      const person = { email: newEmail(), password: goodPassword };
      codes.push(codeOf(await client.run(CreateAccountDocument, person)));
    }
    expect(codes).toEqual(['ok', 'ok', 'ok', 'ok', 'ok', 'GENERAL_PROOF_REQUIRED']);
    expect(codeOf(await client.run(CreatePhoneTokenDocument, { phone: '+14155550199' }))).toBe(
      'GENERAL_ARGUMENT_INVALID',
    );
    dataOf(await client.run(CreateEmailTokenDocument, { email: newEmail() }));
  });
});
