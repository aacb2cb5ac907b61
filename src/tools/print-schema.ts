import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { schema } from '../schema.js';

/** The schema as it is committed: sorted, with descriptions. */
export const printedSchema = (): string => `${printSchema(lexicographicSortSchema(schema))}\n`;

/** Where it is committed. */
export const schemaFile = join(import.meta.dirname, '../../schema.graphql');

if (process.argv[1] === import.meta.filename) writeFileSync(schemaFile, printedSchema());
