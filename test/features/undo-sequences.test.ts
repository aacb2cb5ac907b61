import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  CreateMfaChallengeDocument,
  CreateMfaRecoveryCodesDocument,
  CreatePasskeySessionDocument,
  DeletePasskeyDocument,
  UndoChangeDocument,
  UpdateMfaChallengeDocument,
  UpdateMfaDocument,
  UpdatePhoneDocument,
} from '../../src/client/documents.js';
import { days } from '../../src/clock.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { addAuthenticator } from '../support/authenticator.js';
import type { Client } from '../support/client.js';
import { codeOf, dataOf } from '../support/expect.js';
import { isLong } from '../support/long.js';
import { lastCode, messagesTo } from '../support/messages.js';
import { addPasskey, Device, passkeyAnswer, passkeySettings } from '../support/passkeys.js';
import { goodPassword as password, newEmail, proveShown } from '../support/people.js';
import { browse, newOwner, type Owner, replaceEmail } from '../support/undo.js';

// Random sequences of changes by the owner's browser and by a thief, followed by one link. Afterwards, no way in that the thief added is
// left, none that the owner removed is back, and everything of the owner's is there.

const sequences = isLong ? 300 : 30;
const steps = 7;

let test: TestApp;
let numbers = 0;
beforeAll(async () => {
  test = await createTestApp(passkeySettings);
});
afterAll(() => test.close());

type Actor = 'owner' | 'thief';

/** What the account should have, by who changed it last. */
class Ledger {
  readonly passkeys = new Map<string, { addedBy: Actor; removedBy?: Actor; device: Device }>();
  readonly phones: { number: string; by: Actor }[] = [];
  readonly mfa: { enabled: boolean; by: Actor }[] = [];
  app: Actor | null = null;
  codes: Actor | null = null;
}

/** A random number generator with a seed, so that a failure can be repeated. @see Mulberry32 */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** What either of them can do. Returns false if there is nothing to do it with. */
const actions: ((
  client: Client,
  by: Actor,
  ledger: Ledger,
  random: (below: number) => number,
  owner: Owner,
) => Promise<boolean>)[] = [
  async (client, by, ledger) => {
    const device = new Device();
    const { id } = await addPasskey(client, device);
    ledger.passkeys.set(id, { addedBy: by, device });
    return true;
  },
  async (client, by, ledger, random) => {
    const there = [...ledger.passkeys].filter(([, { removedBy }]) => removedBy === undefined);
    const [id, passkey] = there[random(there.length || 1)] ?? [];
    if (!id || !passkey) return false;
    const answer = await client.run(DeletePasskeyDocument, { passkeyId: id });
    if (codeOf(answer) === 'USER_PASSKEY_NOT_FOUND') {
      // The thief has reverted the addition.
      expect(passkey.addedBy).toBe('thief');
      return false;
    }
    dataOf(answer);
    passkey.removedBy = by;
    return true;
  },
  async (client, by, ledger, _random, { userId }) => {
    numbers += 1;
    const number = `+1415555${1000 + numbers}`;
    dataOf(await client.run(UpdatePhoneDocument, { phone: number, password }));
    await proveShown(test, userId);
    ledger.phones.push({ number, by });
    return true;
  },
  async (client, by, ledger) => {
    const enabled = !(ledger.mfa.at(-1)?.enabled ?? false);
    dataOf(await client.run(UpdateMfaDocument, { mfa: enabled }));
    ledger.mfa.push({ enabled, by });
    return true;
  },
  async (client, by, ledger) => {
    if (ledger.app !== null) return false;
    await addAuthenticator(test, client);
    ledger.app = by;
    return true;
  },
  async (client, by, ledger) => {
    if (ledger.codes !== null) return false;
    dataOf(await client.run(CreateMfaRecoveryCodesDocument));
    ledger.codes = by;
    return true;
  },
  async (client, by) => {
    if (by === 'owner') return false;
    await replaceEmail(test, client, newEmail());
    return true;
  },
  // A thief reverts changes, so that they are no longer listed.
  async (client, by, _ledger, random) => {
    if (by === 'owner') return false;
    const query = '{ getAccount { securityChanges { id thisDevice } } }';
    interface Listed {
      readonly getAccount: { readonly securityChanges: readonly { id: string; thisDevice: boolean }[] };
    }
    const { getAccount } = dataOf(await client.send<Listed>(query));
    const own = getAccount.securityChanges.filter(({ thisDevice }) => thisDevice);
    if (own.length === 0) return false;
    const changeIds = own.filter(() => random(2) === 0).map(({ id }) => id);
    const answer = await client.run(UndoChangeDocument, {
      changeIds: changeIds.length > 0 ? changeIds : [own[0]?.id ?? ''],
    });
    return codeOf(answer) === 'ok';
  },
];

const names = Array.from({ length: sequences }, (_, index) => index + 1);
const part = 5;

/** The ones of one test run one after the other, because they share a clock. */
for (let first = 0; first < sequences; first += part) {
  const seeds = names.slice(first, first + part);
  it(`one link takes everything from the thief and nothing from the owner (seeds ${seeds[0]} to ${seeds.at(-1)})`, async () => {
    for (const seed of seeds) await runSequence(seed);
  });
}

async function runSequence(seed: number): Promise<void> {
  const random = randomFrom(seed);
  const pick = <T>(items: readonly T[]): T => items[random(items.length)] as T;
  const owner = await newOwner(test);
  const { userId, email } = owner;
  const ledger = new Ledger();
  // A second browser of the owner, which will make no changes.
  const laptop = (await browse(test, owner)).signedOut();
  const first = new Device();
  const { id } = await addPasskey(owner.client, first);
  ledger.passkeys.set(id, { addedBy: 'owner', device: first });
  dataOf(await owner.client.run(UpdatePhoneDocument, { phone: `+1212555${1000 + seed}`, password }));
  await proveShown(test, userId);
  ledger.phones.push({ number: `+1212555${1000 + seed}`, by: 'owner' });
  test.clock.advance(days(31));
  const clients = {
    owner: await browseComplete(owner, owner.client.signedOut()),
    thief: await browseComplete(owner),
  };
  const done: string[] = [];
  for (let step = 0; step < steps; ) {
    const by: Actor =
      step === steps - 1 && !done.some((each) => each.startsWith('thief'))
        ? 'thief'
        : pick(['owner', 'thief']);
    const index = random(actions.length);
    const hasHappened = await actions[index]?.(clients[by], by, ledger, random, owner);
    if (!hasHappened) continue;
    // A revert by one of them ends the session of the other.
    if (index === actions.length - 1)
      clients.owner = await browseComplete({ email: await emailOf(userId) }, clients.owner.signedOut());
    done.push(`${by} ${index}`);
    // Notices of one kind have a limit, and the clock must move for the order of changes.
    test.clock.advance(1);
    step += 1;
  }
  const story = `seed ${seed}: ${done.join(', ')}`;
  const link = await linkOfThief(owner, clients.thief, ledger);
  const isKnown = random(2) === 0;
  const browser = isKnown ? laptop : test.client();
  dataOf(await browser.run(UndoChangeDocument, link));

  const { prisma } = test.app.deps.db;
  const left = new Set((await prisma.passkey.findMany({ where: { userId } })).map((each) => each.id));
  for (const [passkeyId, { addedBy, removedBy, device }] of ledger.passkeys) {
    const answer = await test
      .client()
      .run(CreatePasskeySessionDocument, await passkeyAnswer(test.client(), device));
    const works = codeOf(answer) === 'ok';
    expect(works, `${story}: sign-in with ${passkeyId}`).toBe(left.has(passkeyId));
    if (addedBy === 'thief' || removedBy === 'owner')
      expect(works, `${story}: ${passkeyId} is back`).toBe(false);
    else if (removedBy === undefined || isKnown) expect(works, `${story}: ${passkeyId} is lost`).toBe(true);
  }
  const user = await prisma.user.findUniqueOrThrow({ where: { id: userId } });
  expect([user.email, user.lastVerifiedEmail], `${story}: address`).toEqual([email, email]);
  const own = ledger.phones.filter(({ by }) => by === 'owner').at(-1)?.number;
  const isStolen = ledger.phones.at(-1)?.by === 'thief';
  const phone = isStolen && !isKnown ? null : own;
  expect([user.phone, user.lastVerifiedPhone], `${story}: number`).toEqual([phone, phone]);
  if (!isKnown) return;
  const wanted = ledger.mfa.filter(({ by }) => by === 'owner').at(-1)?.enabled ?? false;
  expect(user.mfaEnabled, `${story}: MFA`).toBe(wanted);
  const apps = await prisma.authenticator.count({ where: { userId } });
  expect(apps, `${story}: app`).toBe(ledger.app === 'owner' ? 1 : 0);
  const codes = await prisma.recoveryCode.count({ where: { userId } });
  expect(codes, `${story}: codes`).toBe(ledger.codes === 'owner' ? 10 : 0);
}

/** The address that signs in now. */
const emailOf = async (userId: string): Promise<string> =>
  (await test.app.deps.db.prisma.user.findUniqueOrThrow({ where: { id: userId } })).lastVerifiedEmail ?? '';

/** Signs in and passes a challenge, so that the session stays complete when MFA is turned on. */
async function browseComplete(
  { email }: { readonly email: string },
  browser = test.client(),
): Promise<Client> {
  const client = await browse(test, { email }, browser);
  const { createMfaChallenge } = dataOf(await client.run(CreateMfaChallengeDocument, { factor: 'EMAIL' }));
  const otp = await lastCode(test, email);
  dataOf(await client.run(UpdateMfaChallengeDocument, { challengeId: createMfaChallenge.id, otp }));
  return client;
}

/** The link of a notice about a change by the thief, who adds a passkey last so that there is one. */
async function linkOfThief({ email, userId }: Owner, thief: Client, ledger: Ledger) {
  const device = new Device();
  test.clock.advance(3601);
  const { id } = await addPasskey(
    await browseComplete({ email: await emailOf(userId) }, thief.signedOut()),
    device,
  );
  ledger.passkeys.set(id, { addedBy: 'thief', device });
  const mail = (await messagesTo(test, email)).find(({ text }) => text.includes('/auth/undo?'));
  const url = new URL(/\S+\/auth\/undo\?\S+/.exec(mail?.text ?? '')?.[0] ?? 'http://none');
  return { userId: url.searchParams.get('userId') ?? '', secret: url.searchParams.get('secret') ?? '' };
}
