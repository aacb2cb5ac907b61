import { typesWithoutId } from './generated/types-without-id.js';

/**
 * For the normalized cache of urql, which otherwise warns of each object without an id.
 *
 * @example
 * cacheExchange({ keys });
 */
export const keys: Record<(typeof typesWithoutId)[number], () => null> = Object.fromEntries(
  typesWithoutId.map((name) => [name, () => null]),
) as never;
