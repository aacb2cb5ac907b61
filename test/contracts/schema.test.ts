import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { codegen } from '@graphql-codegen/core';
import * as typescriptOperations from '@graphql-codegen/typescript-operations';
import {
  type GraphQLField,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  Kind,
  parse,
  print,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { printedSchema, schemaFile } from '../../src/tools/print-schema.js';
import { createClient } from '../../src/client/client.js';
import { schema } from '../../src/schema.js';
import { generated } from '../../src/tools/codegen.js';

describe('schema', () => {
  it('is committed as it is printed', () => {
    expect(readFileSync(schemaFile, 'utf8')).toBe(printedSchema());
  });

  it('says of every root field which codes it fails with, and that it is null only then', () => {
    const definitions = parse(printedSchema()).definitions.filter(
      (definition) => definition.kind === Kind.OBJECT_TYPE_DEFINITION,
    );
    const roots = definitions.filter(({ name }) => /^(Query|Mutation|Subscription)$/.test(name.value));
    const fields = roots.flatMap((root) => root.fields ?? []);
    expect(fields.length).toBeGreaterThan(60);
    for (const { name, directives = [] } of fields)
      expect([name.value, ...directives.map((directive) => directive.name.value)]).toEqual(
        expect.arrayContaining([name.value, 'errors', 'semanticNonNull']),
      );
    const createAccount = fields.find(({ name }) => name.value === 'createAccount');
    const codes = createAccount?.directives?.find(({ name }) => name.value === 'errors');
    expect(codes && print(codes)).toContain('USER_ALREADY_EXISTS');
  });

  it('lets code generators leave out null where a client throws errors', async () => {
    const types = await codegen({
      filename: 'types.ts',
      schema: parse(printedSchema()),
      documents: [{ document: parse('query Mine { getAccount { id email } }') }],
      config: { nullability: { errorHandlingClient: true } },
      plugins: [{ operations: {} }],
      pluginMap: { operations: typescriptOperations },
    });
    expect(types).toContain('MineQuery = { getAccount: { id: string');
  });

  it('names the specification of every scalar of its own', () => {
    const scalars = Object.values(schema.getTypeMap()).filter(isScalarType);
    const bare = scalars.filter((type) => !isSpecifiedScalarType(type) && !type.specifiedByURL);
    expect(bare.map(({ name }) => name)).toEqual([]);
  });

  it('has a client whose generated half is as it is generated', async () => {
    for (const [file, text] of Object.entries(await generated()))
      expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('has one named operation file per root field', () => {
    const directory = join(import.meta.dirname, '../../src/client/operations');
    const files = readdirSync(directory, { recursive: true, encoding: 'utf8' });
    const client = createClient({ url: 'http://localhost:4000/graphql' });
    for (const root of [schema.getQueryType(), schema.getMutationType()]) {
      for (const name of Object.keys(root?.getFields() ?? {})) {
        const file = files.find((path) => path.endsWith(`/${name}.graphql`)) ?? '';
        expect(readFileSync(join(directory, file), 'utf8')).toMatch(
          new RegExp(`^(query|mutation) ${name.charAt(0).toUpperCase()}${name.slice(1)}\\b`),
        );
        expect(client).toHaveProperty(name);
      }
    }
  });

  it('describes every type, field, argument and enum value', () => {
    const bare: string[] = [];
    for (const type of Object.values(schema.getTypeMap())) {
      if (type.name.startsWith('__') || isSpecifiedScalarType(type)) continue;
      if (!type.description) bare.push(type.name);
      if (isEnumType(type))
        bare.push(
          ...type
            .getValues()
            .filter(({ description }) => !description)
            .map(({ name }) => `${type.name}.${name}`),
        );
      if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) continue;
      for (const field of Object.values(type.getFields())) {
        if (!field.description) bare.push(`${type.name}.${field.name}`);
        const { args = [] } = field as Partial<GraphQLField<unknown, unknown>>;
        bare.push(
          ...args
            .filter(({ description }) => !description)
            .map(({ name }) => `${type.name}.${field.name}(${name}:)`),
        );
      }
    }
    expect(bare).toEqual([]);
  });

  it('has no field that is named after a stored secret', () => {
    const fields = Object.values(schema.getTypeMap()).flatMap((type) =>
      isObjectType(type) ? Object.keys(type.getFields()) : [],
    );
    expect(fields.filter((name) => /(Hash|Digest|Sealed)$/.test(name))).toEqual([]);
  });

  it('lets every root field be null, so that a failing one erases no other', () => {
    for (const root of [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]) {
      for (const { type } of Object.values(root?.getFields() ?? {})) expect(String(type)).not.toMatch(/!$/);
    }
  });
});
