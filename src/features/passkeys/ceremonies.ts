import { later, lifetimes } from '../../clock.js';
import type { Deps } from '../../deps.js';
import { isUuid, newRowId } from '../../ids.js';
import { newSecret } from '../../secrets/random.js';

// What a browser was asked to do with a passkey. A row each, which is gone with the first answer, right or wrong.

/** What a ceremony is for; an answer to the one is none to the other. */
type CeremonyKind = 'registration' | 'sign-in';

/** A ceremony as its caller sees it. */
export interface CeremonyView {
  readonly id: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly expiresAt: Date;
}

/** Begins a ceremony. @param sessionId The session that alone may end it; null for nobody's. */
export async function createCeremony(
  { clock, db }: Pick<Deps, 'clock' | 'db'>,
  kind: CeremonyKind,
  sessionId: string | null,
): Promise<{ id: string; nonce: string; expiresAt: Date }> {
  const now = clock.now();
  const ceremony = {
    id: newRowId(now),
    nonce: newSecret(),
    expiresAt: later(now, lifetimes.passkeyCeremony),
  };
  await db.prisma.passkeyCeremony.create({ data: { ...ceremony, kind, sessionId, createdAt: now } });
  return ceremony;
}

/** What was to be signed; null where there is no such ceremony any more. It is used up, whatever comes of it. */
export async function consumeCeremony(
  { clock, db }: Pick<Deps, 'clock' | 'db'>,
  kind: CeremonyKind,
  sessionId: string | null,
  id: string,
): Promise<string | null> {
  if (!isUuid(id)) return null;
  const { rows } = await db.query<{ nonce: string }>({
    text: `DELETE FROM passkey_ceremonies WHERE "id" = $1::uuid AND "kind" = $2 AND "expiresAt" > $3
      AND "sessionId" IS NOT DISTINCT FROM $4::uuid RETURNING "nonce"`,
    values: [id, kind, clock.now(), sessionId],
  });
  return rows[0]?.nonce ?? null;
}

/** Removes ceremonies that have ended. */
export async function sweepCeremonies({ prisma }: Deps['db'], now: Date): Promise<void> {
  await prisma.passkeyCeremony.deleteMany({ where: { expiresAt: { lte: now } } });
}
