import type { TypedDocumentNode } from '../../src/client/documents.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CreateEmailPasswordSessionDocument,
  CreateEmailTokenDocument,
  CreateMagicUrlTokenDocument,
  CreatePasskeySessionDocument,
  CreateRecoveryDocument,
  UpdateRecoveryDocument,
} from '../../src/client/documents.js';
import { createTestApp, type TestApp } from '../support/app.js';
import type { Client } from '../support/client.js';
import { isLong } from '../support/long.js';
import { addPasskey, Device, passkeyAnswer, passkeySettings } from '../support/passkeys.js';
import { newEmail, signedInPerson, signUp } from '../support/people.js';

// Whether somebody has an account must not be told by how long an answer takes. Pairs are interleaved, so that what else the
// machine does falls on both alike; the measure is the chance that a known one takes longer than an unknown one: a half.

const pairs = isLong ? 80 : 34;
const maxDistanceFromHalf = 0.17;
/** A busy machine may spoil a run. */
const runs = 5;

let test: TestApp;
let known: string;
let knownId: string;
let client: Client;
beforeAll(async () => {
  test = await createTestApp({ RATE_LIMITS: 'off', ...passkeySettings });
  const person = await signUp(test);
  [known, knownId, client] = [person.email, person.userId, test.client()];
});
afterAll(() => test.close());

async function timed<V>(document: TypedDocumentNode<unknown, V>, variables: V): Promise<number> {
  const startedAt = performance.now();
  await client.run(
    document as TypedDocumentNode<unknown, Record<string, unknown>>,
    variables as Record<string, unknown>,
  );
  return performance.now() - startedAt;
}

/** How often a time of one list is longer than one of the other; ties count half. */
function chanceOfLonger(a: readonly number[], b: readonly number[]): number {
  const wins = a.flatMap((x) => b.map((y) => (x > y ? 1 : x === y ? 0.5 : 0)));
  return wins.reduce<number>((sum, win) => sum + win, 0) / wins.length;
}

async function expectEqualTimes<V>(
  document: TypedDocumentNode<unknown, V>,
  forKnown: () => V | Promise<V>,
  forUnknown: () => V | Promise<V>,
): Promise<void> {
  const chances: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const [a, b]: [number[], number[]] = [[], []];
    for (let pair = 0; pair < pairs; pair += 1) {
      const knownFirst = pair % 2 === 0;
      if (knownFirst) a.push(await timed(document, await forKnown()));
      b.push(await timed(document, await forUnknown()));
      if (!knownFirst) a.push(await timed(document, await forKnown()));
    }
    chances.push(chanceOfLonger(a.slice(10), b.slice(10)));
    if (Math.abs((chances.at(-1) ?? 0) - 0.5) <= maxDistanceFromHalf) return;
  }
  expect(chances, 'the chance that a known address takes longer').toEqual([]);
}

describe('the time of an answer tells nothing', () => {
  it('of a sign-in with a wrong password', () =>
    expectEqualTimes(
      CreateEmailPasswordSessionDocument,
      () => ({ email: known, password: 'not the password' }),
      () => ({ email: newEmail(), password: 'not the password' }),
    ));

  it('of asking for a code, a link or a recovery', async () => {
    await expectEqualTimes(
      CreateEmailTokenDocument,
      () => ({ email: known }),
      () => ({ email: newEmail() }),
    );
    if (!isLong) return;
    await expectEqualTimes(
      CreateMagicUrlTokenDocument,
      () => ({ email: known }),
      () => ({ email: newEmail() }),
    );
    const url = 'http://localhost/';
    await expectEqualTimes(
      CreateRecoveryDocument,
      () => ({ email: known, url }),
      () => ({ email: newEmail(), url }),
    );
  });

  it('of a confirmation with a wrong secret', () => {
    const wrong = { secret: 'x'.repeat(43), password: 'a brand new password' };
    return expectEqualTimes(
      UpdateRecoveryDocument,
      () => ({ userId: knownId, ...wrong }),
      () => ({ userId: crypto.randomUUID(), ...wrong }),
    );
  });

  it('of a passkey with a wrong signature', async () => {
    const owner = await signedInPerson(test);
    const stranger = await signedInPerson(test);
    const device = new Device();
    await addPasskey(owner.client, new Device());
    await addPasskey(stranger.client, device);
    await test.app.deps.db.query({
      text: `UPDATE passkeys SET "credentialId" = 'known' WHERE "userId" = $1`,
      values: [owner.userId],
    });
    const claiming = async (id: string) => {
      const { ceremonyId, credential } = await passkeyAnswer(client, device);
      return { ceremonyId, credential: { ...credential, id, rawId: id } };
    };
    await expectEqualTimes(
      CreatePasskeySessionDocument,
      () => claiming('known'),
      () => claiming('none'),
    );
  });
});
