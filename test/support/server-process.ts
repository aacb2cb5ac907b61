import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Client } from './client.js';

/** A server in a process of its own, compiled, as an operator runs it. */
export interface ServerProcess {
  readonly child: ChildProcess;
  readonly client: Client;
  readonly output: string[];
  /** Resolves to the exit code, or the signal that ended it. */
  readonly exited: Promise<number | string | null>;
}

/** Starts a process; it may fail, and then `exited` resolves. */
export function spawnServer(
  environment: Record<string, string>,
): Omit<ServerProcess, 'client'> & { ready: Promise<ServerProcess> } {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../dist/server/main.js')], {
    env: {
      PATH: process.env['PATH'] ?? '',
      PORT: '0',
      ARGON2_MEMORY_KIB: '1024',
      ARGON2_TIME: '1',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: string[] = [];
  const exited = once(child, 'exit').then(([code, signal]) => code ?? signal);
  const ready = new Promise<ServerProcess>((resolve, reject) => {
    createInterface({ input: child.stderr }).on('line', (line) => output.push(line));
    createInterface({ input: child.stdout }).on('line', (line) => {
      output.push(line);
      if (!line.includes('"msg":"ready"')) return;
      const { url } = JSON.parse(line) as { url: string };
      resolve({ child, output, exited, client: new Client(new URL(url).origin, '10.9.9.9') });
    });
    void exited.then(() => reject(new Error(`The server did not start:\n${output.join('\n')}`)));
  });
  ready.catch(() => {});
  return { child, output, exited, ready };
}
