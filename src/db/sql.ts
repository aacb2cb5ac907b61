/** One SQL statement with a name, so that the server prepares it once per connection. */
export interface Statement {
  readonly name?: string;
  readonly text: string;
  readonly values?: readonly unknown[];
}

/** Runs statements without Prisma, whose part of a statement takes longer than the database's: for what most calls do. */
export interface Sql {
  query<Row>(statement: Statement): Promise<{ rows: Row[] }>;
}
