// npm start: on a clone, generates and builds what has changed; then runs. In one process, so that signals reach the server.
// Where the packages to build with were left out, what was built before runs.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const output = join(import.meta.dirname, '../../dist');
const stamp = join(output, 'made-from');
const require = createRequire(import.meta.url);

if (canBuild()) {
  await import('./generate.js');
  const { build, sourceState } = await import('./build.js');
  const state = sourceState();
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== state) {
    await build();
    writeFileSync(stamp, state);
  }
} else if (!existsSync(stamp)) {
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
