const minMisspelledLength = 6;

/** Variables that are one letter off one of ours; a short name may well be another program's. */
export function misspelled(names: readonly string[], known: readonly string[]): string[] {
  const all = new Set([...known, ...known.map((name) => `${name}_FILE`)]);
  return names.flatMap((name) => {
    if (name.length < minMisspelledLength || all.has(name)) return [];
    const meant = [...all].find(
      (candidate) => isOneLetterOff(name, candidate) || isSameWithoutUnderscores(name, candidate),
    );
    return meant ? [`${name}: there is no such variable; did you mean ${meant}?`] : [];
  });
}

/** Names of Node, of test programs, and of shells begin so, too. */
const sharedPrefixes = new Set(['NODE', 'UV', 'TEST', 'USER']);

/** Variables that begin as ours do, such as `PASSWORD_MINIMUM`, and that the server does not read. They may be another program's. */
export function unknownNames(names: readonly string[], known: readonly string[]): string[] {
  const all = new Set([...known, ...known.map((name) => `${name}_FILE`)]);
  const prefixOf = (name: string): string | undefined => /^([A-Z0-9]+)_/.exec(name)?.[1];
  const prefixes = new Set(known.map(prefixOf).filter((prefix) => prefix && !sharedPrefixes.has(prefix)));
  return names
    .filter((name) => !all.has(name) && prefixes.has(prefixOf(name)))
    .map((name) => `${name}: the server has no such variable. docs/configuration.md lists them`);
}

const isSameWithoutUnderscores = (left: string, right: string): boolean =>
  left.replaceAll('_', '') === right.replaceAll('_', '');

/** One letter more, less or other, or two that changed places. */
function isOneLetterOff(left: string, right: string): boolean {
  if (Math.abs(left.length - right.length) > 1) return false;
  let start = 0;
  while (start < left.length && left[start] === right[start]) start += 1;
  const [a, b] = [left.slice(start), right.slice(start)];
  return (
    a.slice(1) === b.slice(1) ||
    a.slice(1) === b ||
    a === b.slice(1) ||
    (a.slice(2) === b.slice(2) && a[0] === b[1] && a[1] === b[0])
  );
}
