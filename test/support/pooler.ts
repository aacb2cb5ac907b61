import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort, serverUser } from './cluster.js';

/** A PgBouncer of one's own, in transaction mode and otherwise as it comes. */
export interface Pooler {
  /** The way to a database through it. */
  through(url: string): string;
  stop(): Promise<void>;
}

/** Whether PgBouncer is installed; the tests that need it say so where it is not. */
export function hasPooler(): boolean {
  try {
    execFileSync('pgbouncer', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    process.stdout.write('skipped what needs a pooler: no pgbouncer here\n');
    return false;
  }
}

/** Starts one before the server of a URL, with so few connections that its clients get one another's. */
export async function startPooler(url: string): Promise<Pooler> {
  const { hostname, port, username } = new URL(url);
  const directory = mkdtempSync(join(tmpdir(), 'gatehouse-pooler-'));
  chmodSync(directory, 0o755);
  const listenPort = await freePort();
  const users = join(directory, 'users');
  const config = join(directory, 'pgbouncer.ini');
  writeFileSync(users, `"${username}" ""\n`);
  writeFileSync(
    config,
    `[databases]
* = host=${hostname} port=${port || 5432}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${listenPort}
unix_socket_dir =
auth_type = trust
auth_file = ${users}
pool_mode = transaction
default_pool_size = 3
`,
  );
  const pooler = spawn('pgbouncer', [config], { ...serverUser(), stdio: ['ignore', 'ignore', 'pipe'] });
  for await (const line of createInterface({ input: pooler.stderr })) if (line.includes('process up')) break;
  pooler.stderr.resume();
  return {
    through: (target) => {
      const changed = new URL(target);
      changed.hostname = '127.0.0.1';
      changed.port = String(listenPort);
      return changed.href;
    },
    stop: async () => {
      const ended = once(pooler, 'exit');
      pooler.kill('SIGKILL');
      await ended;
      rmSync(directory, { recursive: true });
    },
  };
}
