// npm run codegen: types for the operations of test/operations, as a client project would generate them.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codegen } from '@graphql-codegen/core';
import * as typedDocumentNode from '@graphql-codegen/typed-document-node';
import * as typescriptOperations from '@graphql-codegen/typescript-operations';
import { buildSchema, parse } from 'graphql';
import { printedSchema } from './print-schema.js';

const operations = join(import.meta.dirname, '../../test/operations');

/** The generated module as it should stand beside them. */
export async function generatedOperations(): Promise<string> {
  const files = readdirSync(operations)
    .filter((name) => name.endsWith('.graphql'))
    .sort();
  const scalars = {
    DateTime: 'string',
    JSONObject: 'Record<string, unknown>',
    URL: 'string',
    EmailAddress: 'string',
    PhoneNumber: 'string',
    CountryCode: 'string',
  };
  const config = { scalars, useTypeImports: true };
  return codegen({
    filename: 'generated.ts',
    schema: parse(printedSchema()),
    schemaAst: buildSchema(printedSchema()),
    documents: files.map((name) => ({
      location: name,
      document: parse(readFileSync(join(operations, name), 'utf8')),
    })),
    config,
    plugins: [{ operations: {} }, { documents: {} }],
    pluginMap: { operations: typescriptOperations, documents: typedDocumentNode },
  });
}

export const generatedFile = join(operations, 'generated.ts');

if (process.argv[1] === import.meta.filename) writeFileSync(generatedFile, await generatedOperations());
