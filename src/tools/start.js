// npm start: generate, compile what changed, run. Plain JavaScript, because it runs before there is a build;
// in one process, so that signals reach the server.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import './generate.js';

const require = createRequire(import.meta.url);
const source = join(import.meta.dirname, '..');
const output = join(source, '../dist');
const stamp = join(output, 'made-from');

/** Name, size and time of every source file: cheaper to compare than to compile. */
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) =>
  /\.(ts|tsx|js|json)$/.test(name),
);
const state = files
  .sort()
  .map((name) => {
    const { size, mtimeMs } = statSync(join(source, name));
    return `${name} ${size} ${mtimeMs}`;
  })
  .join('\n');

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== state) {
  const compiler = join(require.resolve('typescript/package.json'), '../bin/tsc');
  execFileSync(process.execPath, [compiler, '--project', source], { stdio: 'inherit' });
  writeFileSync(stamp, state);
}

if (!process.argv.includes('--build-only')) await import(new URL('../../dist/main.js', import.meta.url).href);
