// npm run codegen: the generated half of the client package, from the schema and the operations beside it.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codegen } from '@graphql-codegen/core';
import * as typedDocumentNode from '@graphql-codegen/typed-document-node';
import * as typescriptOperations from '@graphql-codegen/typescript-operations';
import { buildASTSchema, type DocumentNode, Kind, parse, type TypeNode, visit } from 'graphql';
import { sessionFactors } from '../access/factors.js';
import { errorCodes } from '../errors/catalogue.js';
import { logEvents } from '../features/logs/service.js';
import { builtInProviders } from '../features/sessions/lifecycle.js';
import { providerNames, slugOf } from '../oauth2-providers/names.js';
import { printedSchema } from './print-schema.js';

const directory = join(import.meta.dirname, '../client');
const operations = join(directory, 'operations');

/** Strings of the schema that are one of a few words: the server may learn new ones, and a client's types then, too. */
interface Words {
  readonly meaning: string;
  readonly values: readonly string[];
  /** Words of another kind that are of this one, too. */
  readonly and?: string;
}

const words: Record<string, Words> = {
  ErrorCode: { meaning: 'What an `AccountError` can be.', values: errorCodes },
  Factor: { meaning: 'What is proven on a session.', values: sessionFactors },
  SessionProvider: { meaning: 'How a session began.', values: builtInProviders, and: 'IdentityProvider' },
  IdentityProvider: { meaning: 'Whose identity it is.', values: providerNames.map(slugOf) },
  LogEvent: { meaning: 'What a line of the security log records.', values: logEvents },
};

/** Fields that hold such words. */
const wordFields: Record<string, string> = {
  'Session.factors': 'Factor',
  'Session.provider': 'SessionProvider',
  'Identity.provider': 'IdentityProvider',
  'Log.event': 'LogEvent',
};

const scalars = {
  DateTime: 'string',
  JSONObject: 'Record<string, unknown>',
  URL: 'string',
  EmailAddress: 'string',
  PhoneNumber: 'string',
  IPAddress: 'string',
  CountryCode: 'string',
  ...Object.fromEntries(Object.values(wordFields).map((word) => [`${word}Word`, `./values.js#${word}`])),
};

/** The schema as the client's types see it: with a scalar for each kind of word. */
function clientSchema(): DocumentNode {
  let type = '';
  const refined = visit(parse(printedSchema()), {
    ObjectTypeDefinition: ({ name }) => {
      type = name.value;
    },
    FieldDefinition: (field) => {
      const word = wordFields[`${type}.${field.name.value}`];
      return word ? { ...field, type: named(field.type, `${word}Word`) } : undefined;
    },
  });
  const added = Object.values(wordFields).map((word) => ({
    kind: Kind.SCALAR_TYPE_DEFINITION as const,
    name: { kind: Kind.NAME as const, value: `${word}Word` },
  }));
  return { ...refined, definitions: [...refined.definitions, ...added] };
}

const named = (type: TypeNode, value: string): TypeNode =>
  type.kind === Kind.NAMED_TYPE
    ? { ...type, name: { kind: Kind.NAME, value } }
    : ({ ...type, type: named(type.type, value) } as TypeNode);

/** One named operation for each root field, in files of that name. */
const sources = readdirSync(operations)
  .filter((name) => name.endsWith('.graphql'))
  .sort()
  .map((location) => ({ location, document: parse(readFileSync(join(operations, location), 'utf8')) }));

const documents = (): Promise<string> => {
  const schema = clientSchema();
  return codegen({
    filename: 'documents.ts',
    schema,
    schemaAst: buildASTSchema(schema),
    documents: sources,
    config: { scalars, useTypeImports: true, strictScalars: true },
    plugins: [{ operations: {} }, { documents: {} }],
    pluginMap: { operations: typescriptOperations, documents: typedDocumentNode },
  });
};

const head = '// Written by npm run codegen.\n';

const values = (): string =>
  head +
  Object.entries(words)
    .map(
      ([name, { meaning, values, and }]) =>
        `\n/** ${meaning} */\nexport type ${name} =\n${[...values.map((value) => `'${value}'`), ...(and ? [and] : [])].map((value) => `  | ${value}`).join('\n')};\n`,
    )
    .join('');

/** Root fields and their documents. */
function methods(): string {
  const fields = sources.flatMap(({ document, location }) =>
    // A subscription is no call.
    document.definitions.some(
      (definition) =>
        definition.kind === Kind.OPERATION_DEFINITION && String(definition.operation) !== 'subscription',
    )
      ? [location.replace('.graphql', '')]
      : [],
  );
  // As codegen names them.
  const documentOf = (field: string): string =>
    `${field.charAt(0).toUpperCase()}${field.slice(1)}Document`.replaceAll(
      /[A-Z]{2,}(?=[A-Z][a-z]|$|\d)/g,
      (word) => word.charAt(0) + word.slice(1).toLowerCase(),
    );
  return (
    `${head}import {\n${fields.map((field) => `  ${documentOf(field)},\n`).join('')}} from './documents.js';\n\n` +
    '/** The document of each operation. */\nexport const operations = {\n' +
    `${fields.map((field) => `  ${field}: ${documentOf(field)},\n`).join('')}};\n`
  );
}

/** The generated modules as they should stand in `src/client/`. */
export const generated = async (): Promise<Record<string, string>> => ({
  [join(directory, 'documents.ts')]: await documents(),
  [join(directory, 'operations.ts')]: methods(),
  [join(directory, 'values.ts')]: values(),
});

if (process.argv[1] === import.meta.filename) {
  for (const [file, text] of Object.entries(await generated())) writeFileSync(file, text);
}
