// npm run codegen: the generated half of the client package, from the schema and the operations in src/client/operations.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { codegen } from '@graphql-codegen/core';
import * as typescriptOperations from '@graphql-codegen/typescript-operations';
import {
  buildASTSchema,
  type DefinitionNode,
  type DocumentNode,
  type ExecutableDefinitionNode,
  type FragmentDefinitionNode,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  stripIgnoredCharacters,
  type TypeNode,
  visit,
} from 'graphql';
import { sessionFactors } from '../access/factors.js';
import { errorCodes } from '../errors/catalogue.js';
import { logEvents } from '../features/logs/service.js';
import { builtInProviders } from '../features/sessions/lifecycle.js';
import { providerNames, slugOf } from '../oauth2-providers/names.js';
import type { directivesOf } from '../graphql/directives.js';
import { schema } from '../schema.js';
import { printedSchema } from './print-schema.js';

const head = '// Written by npm run codegen.\n';
const directory = join(import.meta.dirname, '../client/generated');
const operations = join(import.meta.dirname, '../client/operations');

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
  // Any object type: an interface has no index signature.
  JSONObject: { input: 'object', output: 'Record<string, unknown>' },
  URL: 'string',
  EmailAddress: 'string',
  PhoneNumber: 'string',
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

/** One named operation for each root field, in files of that name, and the fragments. The folder says when an operation is loaded. */
const sources = readdirSync(operations, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.graphql'))
  .sort()
  .map((location) => ({
    location,
    document: parse(readFileSync(join(operations, location), 'utf8'), { noLocation: true }),
  }));
const fragments = new Map(
  sources
    .flatMap(({ document }) => document.definitions)
    .filter(
      (definition): definition is FragmentDefinitionNode => definition.kind === Kind.FRAGMENT_DEFINITION,
    )
    .map((fragment) => [fragment.name.value, fragment]),
);
const isOperation = (definition: DefinitionNode): definition is OperationDefinitionNode =>
  definition.kind === Kind.OPERATION_DEFINITION;
const groups = new Map<string, OperationDefinitionNode[]>();
for (const { location, document } of sources) {
  const group = groups.get(dirname(location)) ?? [];
  group.push(...document.definitions.filter(isOperation));
  groups.set(dirname(location), group);
}
groups.delete('.');
const allOperations = [...groups.values()].flat();

/** The fragments that a definition needs, each after those that it needs itself. */
function fragmentsOf(definition: ExecutableDefinitionNode): FragmentDefinitionNode[] {
  const needed = new Set<FragmentDefinitionNode>();
  visit(definition, {
    FragmentSpread: ({ name }) => {
      const fragment = fragments.get(name.value);
      if (!fragment) throw new Error(`there is no fragment ${name.value}`);
      for (const inner of fragmentsOf(fragment)) needed.add(inner);
      needed.add(fragment);
    },
  });
  return [...needed];
}

// As graphql-codegen names them.
const nameOf = ({ name }: OperationDefinitionNode): string =>
  (name?.value ?? '').replaceAll(
    /[A-Z]{2,}(?=[A-Z][a-z]|$|\d)/g,
    (word) => word.charAt(0) + word.slice(1).toLowerCase(),
  );
const typesOf = (operation: OperationDefinitionNode): { data: string; variables: string } => {
  const kind = operation.operation.charAt(0).toUpperCase() + operation.operation.slice(1);
  return { data: nameOf(operation) + kind, variables: `${nameOf(operation)}${kind}Variables` };
};
const fieldOf = ({ name }: OperationDefinitionNode): string => {
  const value = name?.value ?? '';
  return value.charAt(0).toLowerCase() + value.slice(1);
};

const operationTypes = async (): Promise<string> => {
  const refined = clientSchema();
  const types = await codegen({
    filename: 'types.ts',
    schema: refined,
    schemaAst: buildASTSchema(refined),
    documents: sources,
    config: { scalars, useTypeImports: true, strictScalars: true },
    plugins: [{ operations: {} }],
    pluginMap: { operations: typescriptOperations },
  });
  return head + passkeyImport + withPasskeyOptions(types);
};

/** What `options` holds in the answer of an operation. The schema calls it `JSONObject`. */
const passkeyOptions: Record<string, string> = {
  CreatePasskeyRegistrationMutation: 'PasskeyCreationOptions',
  CreatePasskeySignInMutation: 'PasskeyRequestOptions',
  CreateMfaChallengeMutation: 'PasskeyRequestOptions',
};
const passkeyImport = `import type { ${[...new Set(Object.values(passkeyOptions))].join(', ')} } from '../passkey-options.js';\n`;

function withPasskeyOptions(types: string): string {
  const lines = types.split('\n').map((line) => {
    const [, name = ''] = /^export type (\w+) = /.exec(line) ?? [];
    const options = passkeyOptions[name];
    return options ? line.replace('options: Record<string, unknown>', `options: ${options}`) : line;
  });
  return lines.join('\n');
}

const values = (): string =>
  head +
  Object.entries(words)
    .map(
      ([name, { meaning, values, and }]) =>
        `\n/** ${meaning} */\nexport type ${name} =\n${[...values.map((value) => `'${value}'`), ...(and ? [and] : [])].map((value) => `  | ${value}`).join('\n')};\n`,
    )
    .join('');

const importedTypes = (of: readonly OperationDefinitionNode[]): string => {
  const names = of.flatMap((operation) => Object.values(typesOf(operation)));
  return `import type {\n${names.map((name) => `  ${name},\n`).join('')}} from './types.js';\n`;
};

const textOf = (definition: ExecutableDefinitionNode): string => stripIgnoredCharacters(print(definition));
const constantOf = ({ name: { value } }: FragmentDefinitionNode): string =>
  value.charAt(0).toLowerCase() + value.slice(1);

const fragmentTexts = (): string =>
  head +
  [...fragments.values()]
    .map((fragment) => `export const ${constantOf(fragment)} = '${textOf(fragment)}';\n`)
    .join('');

/** The texts of the operations of a group. */
function operationTexts(group: readonly OperationDefinitionNode[]): string {
  const used = [...new Set(group.flatMap(fragmentsOf))].map(constantOf).sort();
  const texts = group.map((operation) => {
    const { data, variables } = typesOf(operation);
    const spread = fragmentsOf(operation).map((fragment) => `\${${constantOf(fragment)}}`);
    const text = `\`${textOf(operation)}${spread.join('')}\``;
    return `export const ${fieldOf(operation)} = ${text} as Operation<${data}, ${variables}>;\n`;
  });
  const importedFragments = used.length > 0 ? `import { ${used.join(', ')} } from './fragments.js';\n` : '';
  return `${head}import type { Operation } from '../operation.js';\n${importedFragments}${importedTypes(group)}\n${texts.join('')}`;
}

/** The names of the operations that are loaded when one of them is called. */
const lateOperations = (): string =>
  head +
  ['account', 'operators']
    .map((group) => {
      const names = (groups.get(group) ?? []).map(fieldOf).join(' ');
      return `\nexport const ${group} = {\n  names: '${names}',\n  load: () => import('./${group}.js'),\n};\n`;
    })
    .join('');

/** The codes of each operation, from its `@errors`. */
function operationErrors(): string {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const fields = roots.flatMap((root) => Object.values(root?.getFields() ?? {}));
  const lines = fields.map(({ name, extensions }) => {
    const { directives } = extensions as { directives: ReturnType<typeof directivesOf>['directives'] };
    return `  ${name}: ${directives.errors.codes.map((code) => `'${code}'`).join(' | ')};\n`;
  });
  return `${head}\n/** The codes that each operation can fail with. */\nexport interface OperationErrors {\n${lines.join('')}}\n`;
}

/** The object types that have no id, which caches of other clients must be told of. */
function typesWithoutId(): string {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const names = Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter((type) => !roots.includes(type) && !type.name.startsWith('__') && !('id' in type.getFields()))
    .map(({ name }) => `  '${name}',\n`);
  return `${head}\nexport const typesWithoutId = [\n${names.sort().join('')}] as const;\n`;
}

/** The documents as other GraphQL clients take them. */
const documents = (): string =>
  [
    `${head}import type { DocumentNode } from 'graphql';\n${importedTypes(allOperations)}\nexport type * from './types.js';`,
    `
/** A document with the types of its data and its variables, as Apollo Client, urql and graphql-request read them. */
export interface TypedDocumentNode<Data, Variables> extends DocumentNode {
  readonly __apiType?: (variables: Variables) => Data;
}
`,
    ...allOperations.map((operation) => {
      const { data, variables } = typesOf(operation);
      const document = { kind: Kind.DOCUMENT, definitions: [operation, ...fragmentsOf(operation)] };
      return `export const ${nameOf(operation)}Document = ${JSON.stringify(document)} as unknown as TypedDocumentNode<${data}, ${variables}>;`;
    }),
    '',
  ].join('\n');

/** The generated modules as they should stand in `src/client/generated/`. */
export const generated = async (): Promise<Record<string, string>> => ({
  [join(directory, 'types.ts')]: await operationTypes(),
  [join(directory, 'values.ts')]: values(),
  [join(directory, 'operation-errors.ts')]: operationErrors(),
  [join(directory, 'types-without-id.ts')]: typesWithoutId(),
  [join(directory, 'documents.ts')]: documents(),
  [join(directory, 'fragments.ts')]: fragmentTexts(),
  [join(directory, 'late-operations.ts')]: lateOperations(),
  ...Object.fromEntries(
    [...groups].map(([name, group]) => [join(directory, `${name}.ts`), operationTexts(group)]),
  ),
});

if (process.argv[1] === import.meta.filename) {
  for (const [file, text] of Object.entries(await generated())) writeFileSync(file, text);
}
