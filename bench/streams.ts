// npm run bench:streams: two processes on one database (BENCH_DATABASE_URL), many open streams on one, lines written by both.
import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { createInterface } from 'node:readline';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const url = process.env['BENCH_DATABASE_URL'] ?? '';
const people = Number(process.env['BENCH_STREAMS'] ?? 2000) / 10;
const keys = Object.fromEntries(
  ['ENCRYPTION_KEYS', 'PEPPER_KEYS', 'CODE_KEYS', 'JWT_KEYS'].map((name) => [
    name,
    `bench:${createHash('sha256').update(name).digest('base64')}`,
  ]),
);

async function start(): Promise<{ origin: string; pid: number; stop: () => void }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../dist/server/main.js')], {
    env: {
      PATH: process.env['PATH'] ?? '',
      PORT: '0',
      NODE_ENV: 'test',
      DATABASE_URL: url,
      RATE_LIMITS: 'off',
      TRUSTED_PROXIES: '1',
      ARGON2_MEMORY_KIB: '1024',
      ARGON2_TIME: '1',
      ...keys,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.includes('"msg":"ready"')) continue;
    const { url: endpoint } = JSON.parse(line) as { url: string };
    child.stdout.resume();
    return { origin: new URL(endpoint).origin, pid: child.pid ?? 0, stop: () => child.kill('SIGTERM') };
  }
  throw new Error('The server did not start.');
}

const residentMib = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;

async function ask(
  origin: string,
  query: string,
  bearer = '',
): Promise<Record<string, Record<string, string>>> {
  const response = await fetch(`${origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(bearer && { authorization: `Bearer ${bearer}` }) },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = (await response.json()) as { data: never; errors?: unknown };
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

let open = 0;
let closed = 0;
const seen: { secret: string; at: number }[] = [];
setInterval(() => process.stderr.write(`open ${open} closed ${closed} seen ${seen.length}\n`), 5000).unref();
const [one, two] = await Promise.all([start(), start()]);
const secrets: string[] = [];
for (let n = 0; n < people; n += 1) {
  const { createAnonymousSession } = await ask(one.origin, 'mutation { createAnonymousSession { secret } }');
  secrets.push(createAnonymousSession?.['secret'] ?? '');
}
const before = residentMib(one.pid);
const sentAt = new Map<string, number>();
const body = JSON.stringify({ query: 'subscription { logCreated { detail sessionId time } }' });
await Promise.all(
  secrets.flatMap((secret, person) =>
    Array.from(
      { length: 10 },
      () =>
        new Promise<void>((resolve) => {
          const outgoing = request(`${one.origin}/graphql`, {
            method: 'POST',
            headers: {
              'content-type': 'application/json',
              accept: 'text/event-stream',
              authorization: `Bearer ${secret}`,
              // Of so many people each has an address.
              'x-forwarded-for': `10.1.${Math.floor(person / 250)}.${(person % 250) + 1}`,
            },
          });
          outgoing.once('response', (response) => {
            open += 1;
            response.on('data', (chunk: Buffer) => {
              if (chunk.includes('name.update')) seen.push({ secret, at: performance.now() });
              resolve();
            });
            response.once('close', () => {
              closed += 1;
            });
          });
          outgoing.end(body);
        }),
    ),
  ),
);
await new Promise((resolve) => setTimeout(resolve, 3000));
const after = residentMib(one.pid);
const lostBefore = closed;
for (const [index, secret] of secrets.entries()) {
  // From the answer on, which comes after the commit.
  await ask(index % 2 ? one.origin : two.origin, 'mutation { updateName(name: "Ada") { id } }', secret);
  sentAt.set(secret, sentAt.get(secret) ?? performance.now());
}
await new Promise((resolve) => setTimeout(resolve, 2000));
const delays = seen.map((line) => line.at - (sentAt.get(line.secret) ?? 0)).sort((a, b) => a - b);
const at = (share: number) => Math.max(0, delays[Math.floor(delays.length * share)] ?? Number.NaN).toFixed(0);
const lost = closed;
const revokedAt = performance.now();
await ask(two.origin, 'mutation { deleteSessions { deletedSessionIds } }', secrets[0]);
while (closed < lost + 10) await new Promise((resolve) => setTimeout(resolve, 5));
const revoked = performance.now() - revokedAt;
const stoppedAt = performance.now();
one.stop();
while (closed < open) await new Promise((resolve) => setTimeout(resolve, 5));
const stopped = performance.now() - stoppedAt;
two.stop();
process.stdout.write(
  `${open} streams: ${before.toFixed(0)} MiB -> ${after.toFixed(0)} MiB; ${delays.length} lines seen, ${lostBefore}/${lost} lost, p50 ${at(0.5)} ms, ` +
    `p99 ${at(0.99)} ms after the answer, most ${at(0.9999)} ms; revoked in ${revoked.toFixed(0)} ms; all completed ${stopped.toFixed(0)} ms after SIGTERM\n`,
);
process.exit(0);
