// npm start: on a clone, generates and builds what has changed; then runs, in the same process, so that signals reach the server.
// Where the packages to build with were left out, what was built before runs.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { isBuilt, isCurrent } from './made-from.js';

const require = createRequire(import.meta.url);

if (canBuild()) {
  // In a process of its own, so that the server does not keep the memory that a build takes.
  const maker = join(import.meta.dirname, 'make.js');
  if (!isCurrent() && spawnSync(process.execPath, [maker], { stdio: 'inherit' }).status !== 0)
    process.exit(1);
} else if (!isBuilt()) {
  process.stderr.write(
    'There is no build, and nothing to build with: run "npm ci" and "npm run build" first.\n',
  );
  process.exit(1);
}
if (!process.argv.includes('--build-only'))
  await import(new URL('../../dist/server/main.js', import.meta.url).href);

function canBuild() {
  try {
    return ['esbuild', 'prisma/package.json'].every((name) => require.resolve(name));
  } catch {
    return false;
  }
}
