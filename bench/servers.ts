import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** A server in a process of its own. */
export interface Server {
  readonly port: number;
  /** From its start to its ready line, in milliseconds. */
  readonly startedIn: number;
  /** Memory that it holds, in MiB. */
  memory(): number;
  stop(): Promise<void>;
}

/** The core that whatever is measured runs on, so that none gets more of the machine than another. */
const measuredCore = '0';
/** This process, and so the load it makes, keeps to another one. */
const ownCore = '1';
const canPin = process.platform === 'linux';

if (canPin) execFileSync('taskset', ['-a', '-p', '-c', ownCore, String(process.pid)], { stdio: 'ignore' });

/** Starts a program on the measured core. */
export function onMeasuredCore(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): ChildProcess {
  const [command = '', ...rest] = [
    ...(canPin ? ['taskset', '-c', measuredCore] : []),
    process.execPath,
    ...args,
  ];
  return spawn(command, rest, {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** Starts a server that prints a line of JSON with its `url` once it is ready. */
export async function startServer(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Server> {
  const startedAt = performance.now();
  const child = onMeasuredCore(args, env);
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  const url = await new Promise<URL>((resolve, reject) => {
    lines.on('line', (line) => {
      if (line.includes('"ready"')) resolve(new URL((JSON.parse(line) as { url: string }).url));
    });
    child.once('exit', (code) => reject(new Error(`${args.join(' ')} ended with ${code}.`)));
  });
  return {
    port: Number(url.port),
    startedIn: performance.now() - startedAt,
    memory: () => residentMebibytes(child.pid ?? 0),
    stop: async () => {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

function residentMebibytes(pid: number): number {
  if (!canPin)
    return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024;
  const [, kibibytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kibibytes) / 1024;
}
