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
import { documentLimits, sizeRule, tooComplex } from './document-size.js';

const replaced = new Set<ValidationRule>([ValuesOfCorrectTypeRule, ProvidedRequiredArgumentsRule]);

/** Rejects documents that are too large, and introspection where it is switched off. */
export function guards({ introspection }: { introspection: boolean }): Plugin[] {
  return [
    {
      onParse: ({ setParseFn }) =>
        setParseFn((source: string) => {
          if (source.length > documentLimits.characters) throw tooComplex('characters');
          try {
            return parse(source, { maxTokens: documentLimits.tokens });
          } catch (error) {
            throw hasTooManyTokens(source) ? tooComplex('tokens') : error;
          }
        }),
      onValidate: ({ addValidationRule, setValidationFn }) => {
        // Without introspection, no error may suggest names of the schema.
        setValidationFn(((schema, document, rules: readonly ValidationRule[], options) =>
          validate(schema, document, [...rules.filter((rule) => !replaced.has(rule)), argumentRule], {
            ...options,
            hideSuggestions: !introspection,
          })) as typeof validate);
        addValidationRule(sizeRule);
        addValidationRule(countRule);
        if (!introspection) addValidationRule(noIntrospectionRule);
      },
    },
  ];
}

/** Whether a text that cannot be parsed has too many tokens. */
function hasTooManyTokens(source: string): boolean {
  const lexer = new Lexer(new Source(source));
  try {
    for (let count = 0; count <= documentLimits.tokens; count += 1) {
      if (lexer.advance().kind === TokenKind.EOF) return false;
    }
    return true;
  } catch {
    return false;
  }
}

/** Rejects the two fields that describe the schema. */
const noIntrospectionRule = (context: ValidationContext): ASTVisitor => ({
  Field(node) {
    const { value } = node.name;
    if (value === '__schema' || value === '__type')
      context.reportError(new GraphQLError('Introspection is off.', { nodes: node }));
  },
});

/** Limits operations, fragments, mutation fields, and fields that check a secret. */
function countRule(context: ValidationContext): ASTVisitor {
  const mutation = context.getSchema().getMutationType();
  return {
    Document({ definitions }) {
      const operations = definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION).length;
      if (operations > documentLimits.operations) throw tooComplex('operations');
      const fragments = definitions.length - operations;
      if (fragments > documentLimits.fragments) throw tooComplex('fragments');
    },
    OperationDefinition(operation) {
      if (operation.operation !== 'mutation' || !mutation) return;
      const names = rootFields(context, operation);
      if (names.length > documentLimits['mutation fields']) throw tooComplex('mutation fields');
      const guessing = names.filter((name) => guessesSecret(mutation.getFields()[name]?.extensions));
      const guessingFields = 'fields that check a password, code or secret';
      if (guessing.length > documentLimits[guessingFields]) throw tooComplex(guessingFields);
    },
  };
}

/** Names of the root fields, including those inside fragments. */
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
