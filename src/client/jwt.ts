/** So long before its end a JWT is replaced. */
const marginMilliseconds = 60_000;

/**
 * Keeps a JWT that is good for at least a minute.
 *
 * @param make Makes one, and says under which sign-in.
 */
export function createJwtKeeper(
  make: () => Promise<string>,
  generation: () => number,
): () => Promise<string> {
  let kept: { readonly jwt: Promise<string>; readonly generation: number; until: number } | null = null;
  return () => {
    if (kept && kept.generation === generation() && Date.now() < kept.until) return kept.jwt;
    const entry = { jwt: make(), generation: generation(), until: Number.POSITIVE_INFINITY };
    kept = entry;
    entry.jwt.then(
      (jwt) => {
        entry.until = Date.now() + lifetimeOf(jwt) - marginMilliseconds;
      },
      () => {
        // The next caller tries again.
        entry.until = 0;
      },
    );
    return entry.jwt;
  };
}

/** By its own two instants: this machine's clock may be wrong. */
function lifetimeOf(jwt: string): number {
  const payload = (jwt.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
  const { iat, exp } = JSON.parse(atob(payload)) as { iat: number; exp: number };
  return (exp - iat) * 1000;
}
