import { maxAliasesPlugin } from '@escape.tech/graphql-armor-max-aliases';
import { maxDepthPlugin } from '@escape.tech/graphql-armor-max-depth';
import { maxDirectivesPlugin } from '@escape.tech/graphql-armor-max-directives';
import {
  type ASTVisitor,
  GraphQLError,
  Kind,
  Lexer,
  type OperationDefinitionNode,
  parse,
  ProvidedRequiredArgumentsRule,
  Source,
  TokenKind,
  type ValidationContext,
  type ValidationRule,
  ValuesOfCorrectTypeRule,
  validate,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { OperationPolicy } from '../access/policy.js';
import { argumentRule } from './argument-rule.js';

/** How large a document may be. Counted before it is executed; over any of these nothing runs. */
const limits = {
  characters: 16 * 1024,
  tokens: 1000,
  /** Of fields: a fragment is none. */
  depth: 10,
  aliases: 15,
  directives: 10,
  fragments: 20,
  operations: 5,
  mutationFields: 5,
  guessingFields: 1,
} as const;

const tooComplex = (what: string, limit: number): GraphQLError =>
  new GraphQLError(`The document has too many ${what}; the limit is ${limit}.`, {
    extensions: { code: 'QUERY_TOO_COMPLEX' },
  });

const replaced = new Set<ValidationRule>([ValuesOfCorrectTypeRule, ProvidedRequiredArgumentsRule]);

/** Refuses documents that are too large, and introspection where it is off. */
export function guards({ introspection }: { introspection: boolean }): Plugin[] {
  const refuse = (what: string, limit: number) => ({
    n: limit,
    onReject: [
      () => {
        throw tooComplex(what, limit);
      },
    ],
  });
  return [
    {
      onParse: ({ setParseFn }) =>
        setParseFn((source: string) => {
          if (source.length > limits.characters) throw tooComplex('characters', limits.characters);
          try {
            return parse(source, { maxTokens: limits.tokens });
          } catch (error) {
            throw isFlooded(source) ? tooComplex('tokens', limits.tokens) : error;
          }
        }),
      onValidate: ({ addValidationRule, setValidationFn }) => {
        // Where introspection is off, no error tells of the schema what the document did not name.
        setValidationFn(((schema, document, rules: readonly ValidationRule[], options) =>
          validate(schema, document, [...rules.filter((rule) => !replaced.has(rule)), argumentRule], {
            ...options,
            hideSuggestions: !introspection,
          })) as typeof validate);
        addValidationRule(countRule);
        if (!introspection) addValidationRule(noIntrospectionRule);
      },
    },
    maxDepthPlugin({ ...refuse('levels', limits.depth), flattenFragments: true }),
    maxAliasesPlugin({ ...refuse('aliases', limits.aliases), allowList: [] }),
    maxDirectivesPlugin(refuse('directives', limits.directives)),
  ];
}

/** Whether a text that does not parse has more tokens than it may. */
function isFlooded(source: string): boolean {
  const lexer = new Lexer(new Source(source));
  try {
    for (let count = 0; count <= limits.tokens; count += 1) {
      if (lexer.advance().kind === TokenKind.EOF) return false;
    }
    return true;
  } catch {
    return false;
  }
}

/** Refuses to describe the schema, at the two fields that do. */
const noIntrospectionRule = (context: ValidationContext): ASTVisitor => ({
  Field(node) {
    const { value } = node.name;
    if (value === '__schema' || value === '__type')
      context.reportError(new GraphQLError('Introspection is off.', { nodes: node }));
  },
});

/** Counts operations and fragments, and per operation the root fields that change something or guess a secret. */
function countRule(context: ValidationContext): ASTVisitor {
  const mutation = context.getSchema().getMutationType();
  return {
    Document({ definitions }) {
      const operations = definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION).length;
      if (operations > limits.operations) throw tooComplex('operations', limits.operations);
      const fragments = definitions.length - operations;
      if (fragments > limits.fragments) throw tooComplex('fragments', limits.fragments);
    },
    OperationDefinition(operation) {
      if (operation.operation !== 'mutation' || !mutation) return;
      const names = rootFields(context, operation);
      if (names.length > limits.mutationFields) throw tooComplex('mutation fields', limits.mutationFields);
      const guessing = names.filter((name) => guessesSecret(mutation.getFields()[name]?.extensions));
      if (guessing.length > limits.guessingFields) {
        throw tooComplex('fields that check a password, code or secret', limits.guessingFields);
      }
    },
  };
}

/** Names of the root fields, those inside fragments included. */
function rootFields(context: ValidationContext, { selectionSet }: OperationDefinitionNode): string[] {
  const names: string[] = [];
  const open = [...selectionSet.selections];
  const spread = new Set<string>();
  for (let selection = open.pop(); selection; selection = open.pop()) {
    if (selection.kind === Kind.FIELD) names.push(selection.name.value);
    else if (selection.kind === Kind.INLINE_FRAGMENT) open.push(...selection.selectionSet.selections);
    else if (!spread.has(selection.name.value)) {
      spread.add(selection.name.value);
      open.push(...(context.getFragment(selection.name.value)?.selectionSet.selections ?? []));
    }
  }
  return names;
}

function guessesSecret(extensions: unknown): boolean {
  const { pothosOptions } = (extensions ?? {}) as { pothosOptions?: { policy?: OperationPolicy } };
  return pothosOptions?.policy?.guessesSecret === true;
}
