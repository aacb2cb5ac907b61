import { Worker } from 'node:worker_threads';
import { LRUCache } from 'lru-cache';

/** What a User-Agent says about itself; null where it says nothing. */
export interface Device {
  readonly os: {
    readonly code: string | null;
    readonly name: string | null;
    readonly version: string | null;
  };
  readonly client: {
    readonly type: string | null;
    readonly code: string | null;
    readonly name: string | null;
    readonly version: string | null;
    readonly engine: string | null;
    readonly engineVersion: string | null;
  };
  readonly device: {
    readonly name: string | null;
    readonly brand: string | null;
    readonly model: string | null;
  };
}

const unknown: Device = {
  os: { code: null, name: null, version: null },
  client: { type: null, code: null, name: null, version: null, engine: null, engineVersion: null },
  device: { name: null, brand: null, model: null },
};

const longestUserAgent = 500;
/** A parse takes about a millisecond; this is for a busy machine. */
const patienceMilliseconds = 2000;

const cache = new LRUCache<string, Device>({ max: 5000 });
const waiting = new Map<number, (device: Device | null) => void>();
let worker: { readonly thread: Worker; readonly ready: Promise<void> } | undefined;
let lastId = 0;

/** Recognises browser, system and device. An agent that takes too long to parse is unknown. */
export async function readDevice(userAgent: string | null): Promise<Device> {
  const agent = userAgent?.slice(0, longestUserAgent);
  if (!agent) return unknown;
  const known = cache.get(agent);
  if (known) return known;
  const device = await parseInWorker(agent);
  if (device) cache.set(agent, device);
  return device ?? unknown;
}

async function parseInWorker(userAgent: string): Promise<Device | null> {
  worker ??= startWorker();
  const { thread, ready } = worker;
  const id = ++lastId;
  await ready;
  return new Promise((resolve) => {
    const impatience = setTimeout(() => {
      waiting.delete(id);
      stopWorker();
      resolve(null);
    }, patienceMilliseconds);
    waiting.set(id, (device) => {
      clearTimeout(impatience);
      resolve(device);
    });
    thread.postMessage({ id, userAgent });
  });
}

function startWorker(): NonNullable<typeof worker> {
  const thread = new Worker(new URL('./device-worker.js', import.meta.url));
  thread.unref();
  // Ready or gone: whoever waits goes on, and then runs out of patience.
  const ready = new Promise<void>((resolve) =>
    thread.once('message', () => resolve()).once('exit', () => resolve()),
  );
  thread.on('message', ({ id, device }: { id: number; device: Device }) => {
    waiting.get(id)?.(device);
    waiting.delete(id);
  });
  thread.on('error', stopWorker);
  return { thread, ready };
}

/** A stuck worker cannot be told to skip a parse; the next agent gets a new one. */
function stopWorker(): void {
  void worker?.thread.terminate();
  worker = undefined;
  for (const resolve of waiting.values()) resolve(null);
  waiting.clear();
}
