import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { printSchemaWithDirectives } from '@graphql-tools/utils';
import { lexicographicSortSchema } from 'graphql';
import { schema } from '../schema.js';

/** The schema as it is committed: sorted, with descriptions and the directives of each field. */
export const printedSchema = (): string => `${printSchemaWithDirectives(lexicographicSortSchema(schema))}\n`;

/** Where it is committed. */
export const schemaFile = join(import.meta.dirname, '../../schema.graphql');

if (process.argv[1] === import.meta.filename) writeFileSync(schemaFile, printedSchema());
