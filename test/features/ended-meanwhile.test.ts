import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../support/app.js';
import { codeOf } from '../support/expect.js';
import { goodPassword as password, newEmail, proveShown, signedInPerson } from '../support/people.js';

// Another request ends the session, or deletes the user, after a request was let in and before it writes. It is carried out, or it is
// answered as it would be a moment later.

let test: TestApp;
beforeAll(async () => {
  test = await createTestApp();
});
afterAll(() => test.close());

/** Has something happen right after the next look at a session. */
function afterNextLook(happen: () => Promise<unknown>): void {
  const sessions = test.app.deps.liveSessions as { bySecret: (secret: string) => Promise<unknown> };
  const { bySecret } = sessions;
  sessions.bySecret = async (secret) => {
    sessions.bySecret = bySecret;
    const live = await bySecret(secret);
    await happen();
    return live;
  };
}

const guest = 'GENERAL_UNAUTHORIZED_SCOPE';
/** Mutations, and their codes when the session has ended and when the user is deleted. */
const mutations: [mutation: string, withoutSession: string, withoutUser: string][] = [
  ['createPasskeyRegistration { id }', guest, guest],
  ['createMfaChallenge(factor: EMAIL) { id }', guest, guest],
  ['createMfaAuthenticator(type: TOTP) { secret }', guest, guest],
  ['createVerification { id }', 'USER_EMAIL_ALREADY_VERIFIED', guest],
  [`updateEmail(email: "${newEmail()}", password: "${password}") { id }`, guest, guest],
  [`updatePhone(phone: "+14155550123", password: "${password}") { id }`, guest, guest],
  [`updatePassword(password: "${password}!", oldPassword: "${password}") { id }`, guest, guest],
  ['updateName(name: "Ada") { id }', guest, guest],
  ['updatePrefs(prefs: { a: 1 }) { id }', guest, guest],
  ['updateMFA(mfa: true) { id }', guest, guest],
  ['updateSession(sessionId: "current") { id }', 'USER_SESSION_NOT_FOUND', 'USER_SESSION_NOT_FOUND'],
  ['deleteAccount { id }', guest, guest],
  ['createJWT { jwt }', 'ok', 'ok'],
];

describe('a request whose session ends while it runs', () => {
  it.each(mutations)('%s', async (mutation, withoutSession) => {
    const { client, userId, sessionId } = await signedInPerson(test);
    await proveShown(test, userId);
    afterNextLook(() => test.app.deps.db.prisma.session.delete({ where: { id: sessionId } }));
    expect(codeOf(await client.send(`mutation { ${mutation} }`))).toBe(withoutSession);
  });
});

describe('a request whose user is deleted while it runs', () => {
  it.each(mutations)('%s', async (mutation, _withoutSession, withoutUser) => {
    const { client, userId } = await signedInPerson(test);
    await proveShown(test, userId);
    afterNextLook(() => test.app.deps.db.prisma.user.delete({ where: { id: userId } }));
    expect(codeOf(await client.send(`mutation { ${mutation} }`))).toBe(withoutUser);
  });
});
