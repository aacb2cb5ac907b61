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

/** A User-Agent is a stranger's text: more of it is not looked at. */
const maxUserAgentLength = 256;
/** Agents that wait for the other thread at one time; one more is unknown. */
export const maxWaitingAgents = 20;
/** A parse takes about a millisecond: one that takes this long, on a busy machine that still loads its tables, does not come back. */
const stuckMilliseconds = 30_000;
export const maxKnownAgents = 5000;
/** The first sign-in after a start waits so long for the tables, because what it records stays as it is. */
const loadingMilliseconds = 3000;

type Answer = (device: Device) => void;

/** Recognises browser, system and device by the User-Agent, in a thread of its own. */
export function createDeviceReader(patienceMilliseconds: number) {
  let hasTables = false;
  const cache = new LRUCache<string, Device>({ max: maxKnownAgents });
  const waiting = new Map<string, Answer[]>();
  let thread: Worker | undefined;

  const answer = (agent: string, device: Device): void => {
    const answers = waiting.get(agent) ?? [];
    waiting.delete(agent);
    for (const resolve of answers) resolve(device);
  };

  /** Whoever still waits will not learn it; the next agent gets a new thread. */
  const stop = async (): Promise<void> => {
    const stopped = thread;
    thread = undefined;
    hasTables = false;
    for (const agent of [...waiting.keys()]) answer(agent, unknown);
    await stopped?.terminate();
  };

  const start = (): Worker => {
    const started = new Worker(new URL('./device-worker.js', import.meta.url));
    started.unref();
    started.on('message', ({ agent, device }: { agent: string; device: Device }) => {
      hasTables = true;
      cache.set(agent, device);
      answer(agent, device);
    });
    started.on('error', () => void stop());
    return started;
  };

  const ask = (agent: string): Promise<Device> => {
    const sameAgent = waiting.get(agent);
    if (!sameAgent && waiting.size >= maxWaitingAgents) return Promise.resolve(unknown);
    const answers = sameAgent ?? [];
    const pending = new Promise<Device>((resolve) => answers.push(resolve));
    if (!sameAgent) {
      waiting.set(agent, answers);
      thread ??= start();
      thread.postMessage({ agent });
      const watch = setTimeout(() => waiting.get(agent) === answers && void stop(), stuckMilliseconds);
      watch.unref();
      void pending.then(() => clearTimeout(watch));
    }
    return inTime(pending, hasTables ? patienceMilliseconds : loadingMilliseconds);
  };

  return {
    async read(userAgent: string | null): Promise<Device> {
      const agent = userAgent?.slice(0, maxUserAgentLength);
      return agent ? (cache.get(agent) ?? ask(agent)) : unknown;
    },
    prepare(): void {
      thread ??= start();
    },
    close: stop,
  };
}

function inTime(asked: Promise<Device>, milliseconds: number): Promise<Device> {
  return new Promise((resolve) => {
    const impatience = setTimeout(() => resolve(unknown), milliseconds);
    void asked.then((device) => {
      clearTimeout(impatience);
      resolve(device);
    });
  });
}
