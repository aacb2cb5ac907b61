import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const stamp = join(root, 'dist/made-from');

/** Whether there is a build, of whatever source. */
export const isBuilt = () => existsSync(stamp);

/** Whether the build was made from the source as it is. */
export const isCurrent = () => isBuilt() && readFileSync(stamp, 'utf8') === sourceState();

/** Says what the build was made from. @param {string} state */
export const recordState = (state) => writeFileSync(stamp, state);

/**
 * Name, size and time of every file that a build is made from: cheaper to compare than to build. What is generated from the others is left
 * out.
 */
export function sourceState() {
  const generated = join('src', 'generated');
  const names = ['src', 'prisma'].flatMap((directory) =>
    readdirSync(join(root, directory), { recursive: true, encoding: 'utf8' }).map((name) =>
      join(directory, name),
    ),
  );
  return ['package.json', 'package-lock.json', 'docs/client.md', ...names]
    .filter((name) => /\.(tsx?|js|json|sql|prisma|md)$/.test(name) && !name.startsWith(generated))
    .sort()
    .map((name) => {
      const { size, mtimeMs } = statSync(join(root, name));
      return `${name} ${size} ${mtimeMs}`;
    })
    .join('\n');
}
