import type { PrismaClient } from '../generated/prisma/client.js';
import type { PoolUse } from '../metrics.js';
import type { Sql } from './sql.js';

/** The database, migrated. Nobody outside this folder knows whether it is embedded or a server. */
export interface Database extends Sql {
  readonly prisma: PrismaClient;
  /** Runs the work in one transaction, which ends with it. Use `inSqlTransaction`, which runs it again if it lost a race. */
  transaction<T>(work: (tx: Sql) => Promise<T>): Promise<T>;
  /** Hears what is notified on a channel, from the moment that this resolves. */
  listen(channel: string, listener: ChannelListener): Promise<ChannelSubscription>;
  /** How its connections are used; null where there is one. */
  poolUse(): PoolUse | null;
  close(): Promise<void>;
}

/** Who hears. */
export interface ChannelListener {
  onNotification(payload: string): void;
  /** The connection was lost, and is there again: what was notified meanwhile was not heard. */
  onReconnect(): void;
}

export interface ChannelSubscription {
  stop(): Promise<void>;
}

/** A PostgreSQL server. */
export interface ServerLocation {
  readonly url: string;
  /** A way round a pooler, for the migrations; the same as `url` unless given. */
  readonly directUrl?: string | undefined;
  /** Most connections. */
  readonly pool: number;
}

/** The embedded database: a directory, or null for one in memory, which tests use. */
export interface EmbeddedLocation {
  readonly directory: string | null;
  /** A copy to begin with, as `migratedSnapshot` makes it. */
  readonly snapshot?: Blob;
}

/** A database that is open and migrated, for tests. */
export interface OpenLocation {
  readonly database: Database;
}

/** Where the database is. */
export type DatabaseLocation = ServerLocation | EmbeddedLocation | OpenLocation;
