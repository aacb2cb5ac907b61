import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Prometheus metrics. No label holds what a stranger makes up. */
export interface Metrics {
  observe(route: string, status: number, seconds: number): void;
  /** Counts what an operation has come to: `ok`, or the code of its error. HTTP answers 200 to both. */
  operation(name: string, code: string): void;
  /** Counts what a service outside has said of a call. */
  externalCheck(check: ExternalCheck, result: ExternalResult): void;
  /** Counts an SMS by the country of its number. */
  sms(country: string, result: 'queued' | 'rejected'): void;
  /** Counts a refusal by the limits that were met. */
  limitMet(limit: string): void;
  text(): Promise<string>;
  readonly contentType: string;
}

/** Services outside that are asked during a call. */
export type ExternalCheck = 'password_breach' | 'captcha' | 'decision';
/** `failed`: the service did not answer. */
export type ExternalResult = 'passed' | 'rejected' | 'failed';

/** Connections to a PostgreSQL server. */
export interface PoolUse {
  readonly busy: number;
  readonly idle: number;
  /** Callers who wait for one. */
  readonly waiting: number;
}

/** Messages that wait, and those of the last days that were given up. */
export interface QueueState {
  readonly waiting: number;
  readonly oldestSeconds: number;
  readonly failed: readonly { readonly kind: string; readonly count: number }[];
}

/** What is looked at when somebody asks. */
export interface Readings {
  queue(): Promise<QueueState>;
  hashesWaiting(): number;
  /** Numbers of calls and request bodies that wait because their caller has too many in progress, by kind. */
  waiting(): readonly { readonly kind: string; readonly count: number }[];
  pool(): PoolUse | null;
}

/** Of a database that does not answer; the other metrics are asked for all the more then. */
const unknownQueue: QueueState = { waiting: Number.NaN, oldestSeconds: Number.NaN, failed: [] };

export function createMetrics({ queue, hashesWaiting, waiting, pool }: Readings): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Duration of HTTP requests.',
    labelNames: ['route', 'status'],
    registers,
  });
  const operations = new Counter({
    name: 'operations_total',
    help: 'Operations, by what they came to: ok, or the code of the error.',
    labelNames: ['operation', 'code'],
    registers,
  });
  const limits = new Counter({
    name: 'limits_met_total',
    help: 'Refusals, by the limit that was met.',
    labelNames: ['limit'],
    registers,
  });
  const externalChecks = new Counter({
    name: 'external_checks_total',
    help: 'Results of services outside that the server asked during a call; failed: the service did not answer.',
    labelNames: ['check', 'result'],
    registers,
  });
  const sms = new Counter({
    name: 'sms_total',
    help: 'SMS by the country of the number; rejected: SMS_COUNTRIES does not name the country.',
    labelNames: ['country', 'result'],
    registers,
  });
  /** One look at the queue for all that is told of it. */
  let reading: Promise<QueueState> | undefined;
  const readQueue = (): Promise<QueueState> => {
    reading ??= queue()
      .catch(() => unknownQueue)
      .finally(() => {
        reading = undefined;
      });
    return reading;
  };
  new Gauge({
    name: 'messages_waiting',
    help: 'Messages that are not delivered yet.',
    registers,
    async collect() {
      this.set((await readQueue()).waiting);
    },
  });
  new Gauge({
    name: 'messages_oldest_seconds',
    help: 'Age of the message that has waited longest.',
    registers,
    async collect() {
      this.set((await readQueue()).oldestSeconds);
    },
  });
  new Gauge({
    name: 'messages_failed',
    help: 'Messages of the last seven days that were given up, by kind.',
    labelNames: ['kind'],
    registers,
    async collect() {
      const { failed } = await readQueue();
      this.reset();
      for (const { kind, count } of failed) this.set({ kind }, count);
    },
  });
  new Gauge({
    name: 'password_hashes_waiting',
    help: 'Passwords that wait to be hashed.',
    registers,
    collect() {
      this.set(hashesWaiting());
    },
  });
  new Gauge({
    name: 'work_waiting',
    help: 'Number of calls and request bodies that wait because their user or client network has too many in progress, by kind.',
    labelNames: ['kind'],
    registers,
    collect() {
      for (const { kind, count } of waiting()) this.set({ kind }, count);
    },
  });
  new Gauge({
    name: 'database_connections',
    help: 'Connections to the PostgreSQL server, and callers who wait for one.',
    labelNames: ['state'],
    registers,
    collect() {
      for (const [state, count] of Object.entries(pool() ?? {})) this.set({ state }, count);
    },
  });
  return {
    observe: (route, status, seconds) => requests.observe({ route, status: String(status) }, seconds),
    operation: (operation, code) => operations.inc({ operation, code }),
    externalCheck: (check, result) => externalChecks.inc({ check, result }),
    sms: (country, result) => sms.inc({ country, result }),
    limitMet: (limit) => limits.inc({ limit }),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
