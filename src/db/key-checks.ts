import { ConfigError } from '../config/config.js';
import type { Logger } from '../logger.js';
import { keyCheckOf } from '../secrets/key-ring.js';
import { generatedKeyId, type KeyRings } from '../secrets/key-rings.js';
import { sealPrefixOf } from '../secrets/sealed-box.js';
import type { Database } from './database.js';
import { isReadOnly } from './errors.js';

type Purpose = keyof KeyRings;

const variableOf: Record<Purpose, string> = {
  encryption: 'ENCRYPTION_KEYS',
  pepper: 'PEPPER_KEYS',
  code: 'CODE_KEYS',
  jwt: 'JWT_KEYS',
};

/** Columns of rows that outlive a day and can be read only with the key that made them. */
export const keyedColumns: Record<Purpose, readonly { table: string; column: string }[]> = {
  pepper: [{ table: 'users', column: 'passwordKeyId' }],
  encryption: [
    { table: 'authenticators', column: 'secretSealed' },
    { table: 'recovery_codes', column: 'codeSealed' },
    { table: 'identities', column: 'providerAccessTokenSealed' },
    { table: 'identities', column: 'providerRefreshTokenSealed' },
    { table: 'sessions', column: 'providerAccessTokenSealed' },
    { table: 'sessions', column: 'providerRefreshTokenSealed' },
    { table: 'outbox', column: 'payloadSealed' },
  ],
  // What these keys make lives for minutes, or only tells known devices and rate-limit buckets apart.
  code: [],
  jwt: [],
};
/** Counting stops here, because the exact number no longer matters. */
const maxCountedRows = 100_000;

/**
 * Compares the key rings with what the database knows about its keys. With another key under the same name, every password
 * would be wrong without an explanation. Logs how many rows still need an old key.
 *
 * @throws {ConfigError} for another key under a known name, and for one that is missing while rows need it.
 */
export async function checkKeys(db: Database, rings: KeyRings, log: Logger): Promise<void> {
  const configuredKeys = (Object.entries(rings) as [Purpose, KeyRings[Purpose]][]).flatMap(
    ([purpose, ring]) => ring.map((key) => ({ purpose, keyId: key.id, digest: keyCheckOf(key) })),
  );
  // Written first and then read, so that of two processes with different keys one finds the other's.
  for (const { purpose, keyId, digest } of configuredKeys)
    await db
      .query({
        text: 'INSERT INTO key_checks ("purpose", "keyId", "digest") VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
        values: [purpose, keyId, digest],
      })
      .catch((error: unknown) => {
        // Where writes are stopped, nothing is written with a new key either.
        if (!isReadOnly(error)) throw error;
      });
  const { rows: known } = await db.query<(typeof configuredKeys)[number]>({
    text: 'SELECT "purpose", "keyId", "digest" FROM key_checks',
  });
  const problems: string[] = [];
  for (const { purpose, keyId, digest } of known) {
    const configured = configuredKeys.find((key) => key.purpose === purpose && key.keyId === keyId);
    if (configured?.digest === digest) continue;
    const count = await countRows(db, purpose, keyId);
    // A deleted data directory takes its keys along, which is harmless if no row was made with them.
    if (configured && keyId === generatedKeyId && count === 0) await replace(db, configured);
    else if (configured)
      problems.push(`${variableOf[purpose]}: "${keyId}" is not the key that the database knows by this name`);
    else if (count > 0)
      problems.push(
        `${variableOf[purpose]}: "${keyId}" is missing, and ${count} rows can be read only with it`,
      );
    else await deleteCheck(db, purpose, keyId);
  }
  if (problems.length > 0) throw new ConfigError(problems);
  for (const [purpose, [, ...older]] of Object.entries(rings) as [Purpose, KeyRings[Purpose]][])
    for (const { id: key } of keyedColumns[purpose].length > 0 ? older : []) {
      const rows = await countRows(db, purpose, key);
      log.info({ variable: variableOf[purpose], key, rows }, 'rows that need an old key');
    }
}

async function countRows(db: Database, purpose: Purpose, keyId: string): Promise<number> {
  let sum = 0;
  const isPlain = purpose === 'pepper';
  for (const { table, column } of keyedColumns[purpose]) {
    const { rows } = await db.query<{ count: number }>({
      text: `SELECT count(*)::int AS "count" FROM
        (SELECT 1 FROM "${table}" WHERE ${isPlain ? `"${column}" = $1` : `starts_with("${column}", $1)`}
          LIMIT ${maxCountedRows}) AS needing`,
      values: [isPlain ? keyId : sealPrefixOf(keyId)],
    });
    sum += rows[0]?.count ?? 0;
  }
  return sum;
}

const replace = (
  db: Database,
  { purpose, keyId, digest }: { purpose: Purpose; keyId: string; digest: string },
) =>
  db.query({
    text: 'UPDATE key_checks SET "digest" = $3 WHERE "purpose" = $1 AND "keyId" = $2',
    values: [purpose, keyId, digest],
  });

const deleteCheck = (db: Database, purpose: Purpose, keyId: string): Promise<unknown> =>
  db.query({
    text: 'DELETE FROM key_checks WHERE "purpose" = $1 AND "keyId" = $2',
    values: [purpose, keyId],
  });
