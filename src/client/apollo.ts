import { typesWithoutId } from './generated/types-without-id.js';

/**
 * For the cache of Apollo Client. Two queries that select different fields of an object without an id would otherwise replace each other's
 * fields, and load again and again.
 *
 * @example
 * new InMemoryCache({ typePolicies });
 */
export const typePolicies: Record<(typeof typesWithoutId)[number], { merge: true }> = Object.fromEntries(
  typesWithoutId.map((name) => [name, { merge: true }]),
) as never;
