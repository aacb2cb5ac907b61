/** So long before its end a JWT is replaced. */
const marginMilliseconds = 60_000;

/**
 * Keeps a JWT of each profile that is valid for at least a minute.
 *
 * @param make Makes one.
 * @param generation Changes with each sign-in.
 */
export function createJwtKeeper(
  make: (profile?: string) => Promise<string>,
  generation: () => number,
): (profile?: string) => Promise<string> {
  const all = new Map<
    string | undefined,
    { readonly jwt: Promise<string>; readonly generation: number; until: number }
  >();
  return (profile) => {
    const kept = all.get(profile);
    if (kept && kept.generation === generation() && Date.now() < kept.until) return kept.jwt;
    const entry = { jwt: make(profile), generation: generation(), until: Number.POSITIVE_INFINITY };
    all.set(profile, entry);
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
