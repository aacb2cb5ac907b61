// Generates what the source is completed with, and builds. Of two that are started at the same time, the second waits for the first.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isCurrent, recordState, sourceState } from './made-from.js';

const dist = join(import.meta.dirname, '../../dist');
const lock = join(dist, 'making');

mkdirSync(dist, { recursive: true });
while (!take()) await pause(100);
try {
  if (!isCurrent()) {
    const state = sourceState();
    await import('./generate.js');
    const { build } = await import('./build.js');
    await build();
    recordState(state);
  }
} finally {
  rmSync(lock, { force: true });
}

/** Takes the lock. One of a process that has died is taken away. */
function take() {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    if (!isHeld()) rmSync(lock, { force: true });
    return false;
  }
}

function isHeld() {
  try {
    process.kill(Number(readFileSync(lock, 'utf8')), 0);
    return true;
  } catch {
    return false;
  }
}
