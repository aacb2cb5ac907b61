import { generateSync } from 'otplib';
import {
  CreateMfaAuthenticatorDocument,
  CreateMfaChallengeDocument,
  UpdateMfaAuthenticatorDocument,
  UpdateMfaChallengeDocument,
} from '../../src/client/documents.js';
import type { TestApp } from './app.js';
import type { Client } from './client.js';
import { dataOf } from './expect.js';

/** The code an app shows now, or so many steps off. */
export const codeNow = (test: TestApp, secret: string, steps = 0): string =>
  generateSync({ secret, epoch: Math.floor(test.clock.now().getTime() / 1000) + steps * 30 });

/** Sets up and verifies an authenticator; afterwards its first step is used. */
export async function addAuthenticator(test: TestApp, client: Client): Promise<string> {
  const { createMfaAuthenticator } = dataOf(
    await client.run(CreateMfaAuthenticatorDocument, { type: 'TOTP' }),
  );
  const { secret } = createMfaAuthenticator;
  dataOf(await client.run(UpdateMfaAuthenticatorDocument, { type: 'TOTP', otp: codeNow(test, secret) }));
  test.clock.advance(60);
  return secret;
}

/** Passes a TOTP challenge on the client's session. */
export async function passTotp(test: TestApp, client: Client, secret: string) {
  const { createMfaChallenge } = dataOf(await client.run(CreateMfaChallengeDocument, { factor: 'TOTP' }));
  const otp = codeNow(test, secret);
  const answer = await client.run(UpdateMfaChallengeDocument, { challengeId: createMfaChallenge.id, otp });
  test.clock.advance(60);
  return dataOf(answer).updateMfaChallenge;
}
