import { later } from '../../../clock.js';
import type { Deps } from '../../../deps.js';
import { bySlug } from '../../../oauth2-providers/names.js';

/** An OAuth provider's tokens, encrypted, as identities and sessions keep them. */
export interface SealedTokens {
  readonly providerAccessTokenSealed: string | null;
  readonly providerRefreshTokenSealed: string | null;
  readonly providerAccessTokenExpiresAt: Date | null;
}

/** The same in clear. */
export interface PlainTokens {
  readonly accessToken: string | null;
  readonly refreshToken: string | null;
  readonly expiresAt: Date | null;
}

type Table = 'identities' | 'sessions';
type Row = SealedTokens & { readonly id: string; readonly provider: string };
type Column = 'providerAccessTokenSealed' | 'providerRefreshTokenSealed';

/** Encrypts tokens for the row that will keep them. */
export async function sealTokens(
  { box }: Pick<Deps, 'box'>,
  { table, id }: { table: Table; id: string },
  { accessToken, refreshToken, expiresAt }: PlainTokens,
): Promise<SealedTokens> {
  const seal = (column: Column, token: string | null) =>
    token === null ? null : box.seal([table, column, id], token);
  return {
    providerAccessTokenSealed: await seal('providerAccessTokenSealed', accessToken),
    providerRefreshTokenSealed: await seal('providerRefreshTokenSealed', refreshToken),
    providerAccessTokenExpiresAt: expiresAt,
  };
}

/** One token of a row in clear; null where it has none. */
export async function openToken(
  { box }: Pick<Deps, 'box'>,
  table: Table,
  row: Pick<Row, 'id' | Column>,
  column: Column,
): Promise<string | null> {
  const sealed = row[column];
  return sealed === null ? null : box.open([table, column, row.id], sealed);
}

/** All tokens of a row in clear. */
export const openTokens = async (deps: Pick<Deps, 'box'>, table: Table, row: Row): Promise<PlainTokens> => ({
  accessToken: await openToken(deps, table, row, 'providerAccessTokenSealed'),
  refreshToken: await openToken(deps, table, row, 'providerRefreshTokenSealed'),
  expiresAt: row.providerAccessTokenExpiresAt,
});

/**
 * Asks the row's provider for fresh tokens and seals them for the row.
 *
 * @returns Null if there is nothing to refresh, or the provider failed.
 */
export async function requestTokens(
  deps: Pick<Deps, 'box' | 'clock' | 'log' | 'oauth2'>,
  table: Table,
  row: Row,
): Promise<SealedTokens | null> {
  const name = bySlug(row.provider);
  const client = name && deps.oauth2[name];
  const refreshToken = await openToken(deps, table, row, 'providerRefreshTokenSealed');
  if (!client || refreshToken === null) return null;
  try {
    const { expiresInSeconds, ...tokens } = await client.refresh(refreshToken);
    const expiresAt = expiresInSeconds === null ? null : later(deps.clock.now(), expiresInSeconds);
    return await sealTokens(deps, { table, id: row.id }, { ...tokens, expiresAt });
  } catch (error) {
    deps.log.warn({ provider: row.provider, error }, 'tokens were not refreshed at their provider');
    return null;
  }
}

/** Ends the tokens of a row at its provider, where that is offered. What fails there keeps nobody from letting go. */
export async function revokeTokens(
  deps: Pick<Deps, 'box' | 'log' | 'oauth2'>,
  table: Table,
  row: Row,
): Promise<void> {
  const name = bySlug(row.provider);
  const client = name && deps.oauth2[name];
  if (!client) return;
  try {
    const { accessToken, refreshToken } = await openTokens(deps, table, row);
    const token = refreshToken ?? accessToken;
    if (token !== null) await client.revoke(token);
  } catch (error) {
    deps.log.warn({ provider: row.provider, error }, 'a token was not revoked at its provider');
  }
}
