import type { SignedIn } from '../../access/viewer.js';
import { isTaken } from '../../db/errors.js';
import { afterCursor, maxTotalCount, RowPage, rowsOfUser, type RowFilter } from '../../db/rows.js';
import { inTransaction, type Transaction } from '../../db/transaction.js';
import type { Deps } from '../../deps.js';
import { AccountError, argumentInvalid } from '../../errors/account-error.js';
import type { Passkey } from '../../generated/prisma/client.js';
import { isUuid, newRowId } from '../../ids.js';
import type { Page } from '../../input/page.js';
import { parseName } from '../../input/text.js';
import type { Requester } from '../../origin/requester.js';
import type { CredentialJson } from '../../secrets/webauthn.js';
import { hasIdentity } from '../oauth2/identities/service.js';
import { endUnfinishedSignIns } from '../sessions/ending.js';
import { lockCaller } from '../sessions/lifecycle.js';
import { isReservedToOther, recordSecurityChange, reservedPasskey } from '../security-changes/service.js';
import type { PasskeyJson } from '../security-changes/states.js';
import type { UserRow } from '../users/service.js';
import { createCeremony, type CeremonyView, consumeCeremony } from './ceremonies.js';

/** Passkeys of one user. */
export const maxPasskeys = 20;

/** A passkey as its owner sees it. */
export type PasskeyView = Omit<Passkey, 'publicKey' | 'credentialId' | 'counter' | 'model'>;

/** The user's passkeys, oldest first. */
export const listPasskeys = (
  { db: { prisma } }: Pick<Deps, 'db'>,
  userId: string,
  page: Page,
): RowPage<PasskeyView> =>
  new RowPage(
    page,
    (limit) =>
      prisma.passkey.findMany({
        where: { userId, ...afterCursor(page.after) },
        orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
        take: limit,
      }),
    () => prisma.passkey.count({ where: { userId }, take: maxTotalCount }),
  );

/**
 * Begins the registration of a passkey on the caller's session.
 *
 * @throws {AccountError} USER_PASSKEY_LIMIT_EXCEEDED
 */
export async function startRegistration(
  deps: Pick<Deps, 'clock' | 'db' | 'webauthn'>,
  caller: SignedIn,
): Promise<CeremonyView> {
  const { id, email, phone, name } = caller.user;
  const existing = await findPasskeyDescriptors(deps, id);
  if (existing.length >= maxPasskeys) throw new AccountError('USER_PASSKEY_LIMIT_EXCEEDED');
  const { nonce, ...ceremony } = await createCeremony(deps, 'registration', caller.session.id);
  const user = { id, name: email ?? phone ?? (name || id), displayName: name };
  const options = await deps.webauthn.creationOptions(nonce, user, existing);
  return { ...ceremony, options: { ...options } };
}

/**
 * Adds the passkey that a browser has made.
 *
 * @throws {AccountError} GENERAL_ARGUMENT_INVALID, USER_PASSKEY_INVALID, USER_PASSKEY_LIMIT_EXCEEDED
 */
export async function completeRegistration(
  deps: Pick<Deps, 'clock' | 'db' | 'outbox' | 'webauthn'>,
  caller: SignedIn,
  args: { ceremonyId: string; credential: CredentialJson; name?: string | null | undefined },
  requester: Requester,
): Promise<PasskeyView> {
  const userId = caller.user.id;
  const givenName = args.name == null ? null : parseName(args.name);
  const nonce = await consumeCeremony(deps, 'registration', caller.session.id, args.ceremonyId);
  const credential = nonce && (await deps.webauthn.registered(args.credential, nonce));
  if (!credential) throw new AccountError('USER_PASSKEY_INVALID');
  const now = deps.clock.now();
  const { client, os } = requester.origin;
  const name = givenName ?? ([client.name, os.name].filter(Boolean).join(', ') || 'Passkey');
  const { publicKey, counter, transports, ...rest } = credential;
  return inTransaction(deps.db, async (tx) => {
    const user = await lockCaller(tx, caller);
    // Another account removed a passkey with this id, and may still get it back.
    if (await isReservedToOther(tx, reservedPasskey(credential.credentialId), userId, now))
      throw new AccountError('USER_PASSKEY_INVALID');
    if ((await tx.passkey.count({ where: { userId } })) >= maxPasskeys)
      throw new AccountError('USER_PASSKEY_LIMIT_EXCEEDED');
    const passkey = await tx.passkey
      .create({
        data: {
          id: newRowId(now),
          userId,
          ...rest,
          publicKey: new Uint8Array(publicKey),
          counter: BigInt(counter),
          transports: [...transports],
          name,
          createdAt: now,
          updatedAt: now,
        },
      })
      .catch((error: unknown) => {
        // An authenticator that gives two accounts one id is none to be trusted.
        throw isTaken(error, 'credentialId') ? new AccountError('USER_PASSKEY_INVALID') : error;
      });
    await endUnfinishedSignIns(tx, userId);
    const change = { kind: 'PASSKEY', action: 'added', subject: passkey.id, state: { row: null } } as const;
    const recorded = { ...change, user, session: caller.session, detail: 'passkey.create' } as const;
    await recordSecurityChange(deps, tx, { ...recorded, notice: 'passkeyAdded' }, requester);
    return passkey;
  });
}

/**
 * Renames a passkey.
 *
 * @throws {AccountError} GENERAL_ARGUMENT_INVALID; USER_PASSKEY_NOT_FOUND, for another user's, too
 */
export async function renamePasskey(
  deps: Pick<Deps, 'clock' | 'db' | 'outbox'>,
  caller: SignedIn,
  args: { passkeyId: string; name: string },
  requester: Requester,
): Promise<PasskeyView> {
  const name = parseName(args.name);
  if (!isUuid(args.passkeyId)) throw new AccountError('USER_PASSKEY_NOT_FOUND');
  const now = deps.clock.now();
  const userId = caller.user.id;
  return inTransaction(deps.db, async (tx) => {
    const user = await lockCaller(tx, caller);
    const before = await tx.passkey.findUnique({ where: { id: args.passkeyId, userId } });
    if (!before) throw new AccountError('USER_PASSKEY_NOT_FOUND');
    const passkey = await setPasskeyName(tx, before.id, name, now);
    const state = { row: null, formerName: before.name };
    const change = { kind: 'PASSKEY', action: 'switched', subject: before.id, state } as const;
    const recorded = { ...change, user, session: caller.session, detail: 'passkey.update' } as const;
    await recordSecurityChange(deps, tx, { ...recorded, notice: 'passkeyRenamed' }, requester);
    return passkey;
  });
}

/**
 * Removes a passkey. Sessions that began with it go on.
 *
 * @throws {AccountError} USER_PASSKEY_NOT_FOUND, for another user's, too; GENERAL_ARGUMENT_INVALID for the last way in
 */
export async function deletePasskey(
  deps: Pick<Deps, 'clock' | 'db' | 'outbox'>,
  caller: SignedIn,
  passkeyId: string,
  requester: Requester,
): Promise<{ deletedPasskeyId: string }> {
  if (!isUuid(passkeyId)) throw new AccountError('USER_PASSKEY_NOT_FOUND');
  const userId = caller.user.id;
  return inTransaction(deps.db, async (tx) => {
    const user = await lockCaller(tx, caller);
    const before = await tx.passkey.findUnique({ where: { id: passkeyId, userId } });
    if (!before) throw new AccountError('USER_PASSKEY_NOT_FOUND');
    await deletePasskeys(tx, userId, { id: before.id });
    await endUnfinishedSignIns(tx, userId);
    if (!(await hasOtherSignInMethod(tx, user)))
      throw argumentInvalid('passkeyId', 'Is the only way into the account. Add another one first.');
    const state = { row: passkeyToJson(before) };
    const change = { kind: 'PASSKEY', action: 'removed', subject: before.id, state } as const;
    const recorded = { ...change, user, session: caller.session, detail: 'passkey.delete' } as const;
    const reserved = reservedPasskey(before.credentialId);
    await recordSecurityChange(deps, tx, { ...recorded, notice: 'passkeyRemoved', reserved }, requester);
    return { deletedPasskeyId: passkeyId.toLowerCase() };
  });
}

async function hasOtherSignInMethod(tx: Transaction, user: UserRow): Promise<boolean> {
  const addresses = [user.email, user.phone, user.lastVerifiedEmail, user.lastVerifiedPhone];
  return (
    user.passwordHash !== null ||
    addresses.some((address) => address !== null) ||
    (await hasIdentity({ prisma: tx }, user.id)) ||
    (await hasPasskey({ prisma: tx }, user.id))
  );
}

/** What of a user's passkeys a browser is told, so that it offers these or none of them. */
export const findPasskeyDescriptors = (
  { db }: Pick<Deps, 'db'>,
  userId: string,
): Promise<{ credentialId: string; transports: string[] }[]> =>
  db.prisma.passkey.findMany({
    where: { userId },
    select: { credentialId: true, transports: true },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });

/** Whether the user has a passkey. */
export const hasPasskey = async (
  { prisma }: Pick<Deps['db'], 'prisma'> | { prisma: Transaction },
  userId: string,
): Promise<boolean> => (await prisma.passkey.count({ where: { userId } })) > 0;

/** Renames a passkey. */
export const setPasskeyName = (tx: Transaction, id: string, name: string, now: Date): Promise<Passkey> =>
  tx.passkey.update({ where: { id }, data: { name, updatedAt: now } });

/** A passkey as a security change keeps it. */
export const passkeyToJson = ({
  publicKey,
  counter,
  createdAt,
  updatedAt,
  lastUsedAt,
  ...rest
}: Passkey): PasskeyJson => ({
  ...rest,
  createdAt: createdAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
  lastUsedAt: lastUsedAt?.toISOString() ?? null,
  publicKey: Buffer.from(publicKey).toString('base64'),
  counter: String(counter),
});

/** The key of a passkey that a security change keeps, for a check of its signature. */
export const publicKeyOf = ({ publicKey }: PasskeyJson): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.from(publicKey, 'base64'));

/**
 * Restores a passkey that was removed.
 *
 * @returns Whether the account has it now.
 */
export async function restorePasskey(tx: Transaction, userId: string, row: PasskeyJson): Promise<boolean> {
  const data = { ...row, userId, publicKey: publicKeyOf(row), counter: BigInt(row.counter) };
  await tx.passkey.createMany({ data: [data], skipDuplicates: true });
  const { credentialId } = row;
  return (await tx.passkey.count({ where: { credentialId, userId } })) > 0;
}

/** The passkeys of a user, keys included. */
export const findPasskeys = (
  { prisma }: Pick<Deps['db'], 'prisma'> | { prisma: Transaction },
  userId: string,
): Promise<Passkey[]> =>
  prisma.passkey.findMany({ where: { userId }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });

/** Removes passkeys of a user; all where an account is handed to its owner. */
export async function deletePasskeys(tx: Transaction, userId: string, which?: RowFilter): Promise<void> {
  await tx.passkey.deleteMany({ where: rowsOfUser(userId, which) });
}
