import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it, vi } from 'vitest';
import { newDataDir } from '../support/data-dir.js';
import { spawnServer } from '../support/server-process.js';

const root = join(import.meta.dirname, '../..');
const main = join(root, 'dist/server/main.js');
const patience = 60_000;

interface Started {
  readonly child: ChildProcess;
  readonly lines: string[];
  /** Resolves when the server, and whoever else writes to its output, has ended. */
  readonly ended: Promise<unknown>;
  readonly url: string;
}

/** Runs a command until the server that it starts is ready. */
async function start(command: string, args: readonly string[]): Promise<Started> {
  const env = { ...process.env, PORT: '0', DATA_DIR: newDataDir(), HOST: '127.0.0.1' };
  const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout });
  const ended = new Promise((resolve) => reader.once('close', resolve));
  const ready = new Promise<string>((resolve) => {
    reader.on('line', (line) => {
      lines.push(line.trimEnd());
      if (line.includes('"msg":"ready"')) resolve((JSON.parse(line) as { url: string }).url);
    });
  });
  return { child, lines, ended, url: await ready };
}

const memoryOf = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
const childOf = (pid: number): number =>
  Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')[0]);

describe.skipIf(process.platform !== 'linux')('npm start', () => {
  it(
    'of a built clone builds nothing, and takes the memory of the server alone',
    async () => {
      const before = statSync(main).mtimeMs;
      const [started, alone] = await Promise.all([
        start('npm', ['start']),
        spawnServer({ DATA_DIR: newDataDir() }).ready,
      ]);
      const server = childOf(childOf(started.child.pid ?? 0));
      expect(statSync(main).mtimeMs).toBe(before);
      expect(memoryOf(server)).toBeLessThan(1.25 * memoryOf(alone.child.pid ?? 0));
      alone.child.kill('SIGTERM');
      started.child.kill('SIGTERM');
      await Promise.all([started.ended, alone.exited]);
    },
    patience,
  );

  it(
    'drains the server when npm is told to end',
    async () => {
      const { child, ended, lines, url } = await start('npm', ['start']);
      child.kill('SIGTERM');
      await ended;
      expect(lines.slice(-2).map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual([
        'draining: npm has ended',
        'stopped',
      ]);
      await expect(fetch(url)).rejects.toThrow('fetch failed');
    },
    patience,
  );

  it(
    'ends its output in a terminal with the address to open',
    async () => {
      const { child, ended, lines, url } = await start('script', ['-qec', 'npm start', '/dev/null']);
      const { port } = new URL(url);
      await vi.waitFor(() => expect(lines.at(-1)).toBe(`http://localhost:${port}`), 5000);
      expect((await fetch(`http://localhost:${port}`, { redirect: 'manual' })).status).toBe(302);
      child.kill('SIGTERM');
      await ended;
    },
    patience,
  );
});
