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
/** Generous, for a first parse on a busy machine; a parse takes about a millisecond. */
const patienceMilliseconds = 3000;

const cache = new LRUCache<string, Device>({ max: 5000 });
const waiting = new Map<number, (device: Device | null) => void>();
let worker: Worker | undefined;
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

function parseInWorker(userAgent: string): Promise<Device | null> {
  worker ??= startWorker();
  const id = ++lastId;
  const { postMessage } = worker;
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
    postMessage.call(worker, { id, userAgent });
  });
}

function startWorker(): Worker {
  const started = new Worker(new URL('./device-worker.js', import.meta.url));
  started.unref();
  started.on('message', ({ id, device }: { id: number; device: Device }) => {
    waiting.get(id)?.(device);
    waiting.delete(id);
  });
  started.on('error', stopWorker);
  return started;
}

/** A stuck worker cannot be told to skip a parse; the next agent gets a new one. */
function stopWorker(): void {
  void worker?.terminate();
  worker = undefined;
  for (const resolve of waiting.values()) resolve(null);
  waiting.clear();
}
