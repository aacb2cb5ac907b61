/** One SQL statement with a name, so that the server prepares it once per connection. */
export interface Statement {
  readonly name?: string;
  readonly text: string;
  readonly values?: readonly unknown[];
}

/** Runs single statements, each in a transaction of its own, beside Prisma: for the hot path and for counters. */
export interface Sql {
  query<Row>(statement: Statement): Promise<{ rows: Row[]; rowCount: number }>;
}
