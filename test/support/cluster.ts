import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A PostgreSQL cluster of one's own, which may be stopped and starved. */
export interface Cluster {
  readonly url: string;
  /** Stops every process of it where it stands. */
  freeze(): void;
  /** Lets them go on. */
  thaw(): void;
  /** Shuts it down in order. */
  stop(): Promise<void>;
  /** Starts it again, as a standby of nobody. */
  startAsStandby(): Promise<void>;
  /** Makes a primary of a standby. */
  promote(): void;
  /** Makes a cluster that follows this one. */
  makeStandby(): Promise<Cluster>;
  remove(): Promise<void>;
}

const debian = '/usr/lib/postgresql';
const binaries = existsSync(debian)
  ? readdirSync(debian)
      .map((version) => join(debian, version, 'bin'))
      .find((bin) => existsSync(join(bin, 'initdb')))
  : undefined;

/** Whether a cluster can be made here; the tests that need one say so where it cannot. */
export function canMakeCluster(): boolean {
  if (!binaries) process.stdout.write('skipped what needs a PostgreSQL cluster of its own: no initdb here\n');
  return binaries !== undefined;
}

/** Makes a cluster on a free port. */
export const makeCluster = (settings: Record<string, string> = {}): Promise<Cluster> =>
  runCluster(settings, 'initdb', ['-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '-N']);

/** Makes the data of a cluster by a program of PostgreSQL's, and runs it on a free port. */
async function runCluster(
  settings: Record<string, string>,
  program: string,
  args: readonly string[],
): Promise<Cluster> {
  const directory = mkdtempSync(join(tmpdir(), 'gatehouse-cluster-'));
  const user = serverUser();
  if (user) chownSync(directory, user.uid, user.gid);
  const port = await freePort();
  const bin = binaries ?? '';
  const data = join(directory, 'data');
  const options = { ...user, stdio: ['ignore', 'ignore', 'pipe'] as ['ignore', 'ignore', 'pipe'] };
  execFileSync(join(bin, program), ['-D', data, ...args], options);
  const given = { fsync: 'off', listen_addresses: '127.0.0.1', unix_socket_directories: '', ...settings };
  const flags = Object.entries(given).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const start = async (): Promise<ChildProcess> => {
    const started = spawn(join(bin, 'postgres'), ['-D', data, '-p', String(port), ...flags], options);
    await isReady(started);
    return started;
  };
  let postmaster = await start();
  const signal = (name: NodeJS.Signals) => {
    for (const pid of [...childrenOf(postmaster), postmaster.pid ?? 0]) {
      try {
        process.kill(pid, name);
      } catch (error) {
        // A child that has just ended needs no signal.
        if ((error as { code?: string }).code !== 'ESRCH') throw error;
      }
    }
  };
  const end = async (name: NodeJS.Signals): Promise<void> => {
    const ended = once(postmaster, 'exit');
    postmaster.kill(name);
    await ended;
  };
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  return {
    url,
    freeze: () => signal('SIGSTOP'),
    thaw: () => signal('SIGCONT'),
    stop: () => end('SIGINT'),
    startAsStandby: async () => {
      writeFileSync(join(data, 'standby.signal'), '');
      postmaster = await start();
    },
    promote: () => void execFileSync(join(bin, 'pg_ctl'), ['promote', '-w', '-D', data], options),
    makeStandby: () => runCluster(settings, 'pg_basebackup', ['-R', '-X', 'stream', '-c', 'fast', '-d', url]),
    remove: async () => {
      signal('SIGCONT');
      await end('SIGQUIT');
      rmSync(directory, { recursive: true });
    },
  };
}

/** Whom to run a server as: postgres where this is root, which such servers refuse to run as. */
export const serverUser = (): { uid: number; gid: number } | null =>
  process.getuid?.() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : null;

const idOf = (kind: '-u' | '-g'): number =>
  Number(execFileSync('id', [kind, 'postgres'], { encoding: 'utf8' }));

const childrenOf = ({ pid }: ChildProcess): number[] =>
  execFileSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.trim())
    .map(Number);

/** A port that nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function isReady(postmaster: ChildProcess): Promise<void> {
  const lines: string[] = [];
  if (!postmaster.stderr) return;
  for await (const line of createInterface({ input: postmaster.stderr })) {
    lines.push(line);
    if (/ready to accept (read-only )?connections/.test(line)) break;
  }
  postmaster.stderr.resume();
  if (!lines.at(-1)?.includes('ready')) throw new Error(`The cluster did not start:\n${lines.join('\n')}`);
}
