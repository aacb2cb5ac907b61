import type { Socket } from 'node:net';
import pg from 'pg';
import { patienceMilliseconds, pooledBegin, startupSettings } from './session.js';

/** What the connections of one pool know together. */
export interface PoolState {
  /** A pooler in transaction mode may stand between: no prepared statements, no settings of the session. */
  pooled: boolean;
  /** A statement outside a transaction of ours would run with another schema or isolation level. */
  needsTransactionSettings: boolean;
  /** The last that was heard of the database is that it did not answer, or let nobody in. */
  unresponsive: boolean;
  /** How long whoever comes then waits, in milliseconds: those who came first have waited already. */
  shortTimeoutMilliseconds: number;
  /** All open connections. */
  readonly connections: Set<Renewable>;
  /** When all connections were last renewed, by `performance.now()`. */
  renewedAt: number;
}

/** A connection that may lead to a server which is no longer the right one. The pool says when it lends it. */
export interface Renewable {
  lend(): void;
  takeBack(): void;
  /** Ends it, as soon as it is not lent. The pool makes another one in its place. */
  renew(): void;
}

export const standbyReason = 'it is a standby, which takes no writes';
/** The server takes no writes, or is being shut down. */
const isFailOver = (code: string | undefined): boolean => code === '25006' || /^57P0/.test(code ?? '');
/** While an operator has stopped the writes, connections are not renewed for each of them. */
const renewalMilliseconds = 5000;

/** Ends all connections, because one of them led to a server that takes no writes: the address may lead to another one by now. */
function renewAll(line: PoolState): void {
  const now = performance.now();
  if (now - line.renewedAt < renewalMilliseconds) return;
  line.renewedAt = now;
  for (const connection of line.connections) connection.renew();
}

interface ParameterStatus {
  readonly parameterName: string;
  readonly parameterValue: string;
}

type Conversation = Readonly<{ getStartupConf(): Record<string, string> }>;
const { getStartupConf } = pg.Client.prototype as unknown as Conversation;

/** Connections that bring their own settings, and end when a query stays without an answer. */
export function connectionOf(line: PoolState): typeof pg.Client {
  return class extends pg.Client {
    /** Which question is waiting for its answer; 0 for none. */
    #asking = 0;
    #asked = 0;
    #isLent = false;
    #isOld = false;

    constructor(config?: string | pg.ClientConfig) {
      super(config);
      const ask = this.query.bind(this) as (config: unknown, ...rest: unknown[]) => unknown;
      this.query = ((config: unknown, ...rest: unknown[]) => {
        this.#watch();
        return ask(line.pooled ? forPooler(config) : config, ...rest);
      }) as typeof this.query;
      this.on('drain', () => this.#rest());
      let connected = false;
      this.once('connect', () => {
        connected = true;
        line.connections.add(this);
      });
      this.once('end', () => {
        line.unresponsive ||= !connected;
        line.connections.delete(this);
      });
      // After a fail-over, the former primary may still be reached under the address.
      this.connection.on('parameterStatus', ({ parameterName, parameterValue }: ParameterStatus) => {
        if (parameterName === 'in_hot_standby' && parameterValue === 'on')
          this.#socket.destroy(Object.assign(new Error(standbyReason), { code: '25006' }));
      });
      this.connection.on('errorMessage', ({ code }: { code?: string }) => {
        if (isFailOver(code)) renewAll(line);
      });
    }

    get #socket(): Socket {
      return this.connection.stream as Socket;
    }

    lend(): void {
      this.#isLent = true;
    }

    takeBack(): void {
      this.#isLent = false;
      if (this.#isOld) void this.end();
    }

    renew(): void {
      this.#isOld = true;
      if (this.#isLent) return;
      this.#socket.destroy(Object.assign(new Error('The database may have moved.'), { code: 'ECONNRESET' }));
    }

    getStartupConf(): Record<string, string> {
      return { ...getStartupConf.call(this), ...startupSettings(line.pooled) };
    }

    /** The socket's own timer starts again with everything that is sent or received, so it costs a query nothing. */
    #watch(): void {
      const socket = this.#socket;
      if (socket.timeout === undefined) socket.on('timeout', () => this.#doubt(socket));
      const patience = line.unresponsive ? line.shortTimeoutMilliseconds : patienceMilliseconds;
      if (socket.timeout !== patience) socket.setTimeout(patience);
      this.#asked += 1;
      this.#asking ||= this.#asked;
    }

    #rest(): void {
      this.#asking = 0;
      line.unresponsive = false;
    }

    /** Where this process was the one that stood still, the answer lies in the socket, and is read before the check. */
    #doubt(socket: Socket): void {
      const asking = this.#asking;
      setImmediate(() => {
        if (asking === 0 || asking !== this.#asking) return;
        line.unresponsive = true;
        // With all that was asked: nobody can know what state the query leaves the connection in.
        socket.destroy(Object.assign(new Error('The database does not answer.'), { code: 'ETIMEDOUT' }));
      });
    }
  };
}

/** A prepared statement stays with the connection it was prepared on, and a pooler may lend another one next time. */
function forPooler(config: unknown): unknown {
  if (typeof config !== 'object' || config === null) return config;
  const query = config as pg.QueryConfig;
  return { ...query, name: undefined, text: query.text === 'BEGIN' ? pooledBegin : query.text };
}
