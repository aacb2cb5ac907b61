import {
  type ASTVisitor,
  type FieldNode,
  getNamedType,
  GraphQLError,
  type GraphQLInputType,
  isEnumType,
  ProvidedRequiredArgumentsRule,
  type ValidationContext,
  ValuesOfCorrectTypeRule,
} from 'graphql';
import type { ArgumentIssue } from '../errors/account-error.js';
import { InvalidLiteral } from './json.js';

/** What fits a type, in words: its name, and the values it has where they are few. */
export function expectation(type: GraphQLInputType): string {
  const named = getNamedType(type);
  const values = isEnumType(named) ? named.getValues().map(({ name }) => name) : [];
  return values.length > 0 ? `Must be of type ${type}: ${values.join(', ')}.` : `Must be of type ${type}.`;
}

/**
 * Checks the arguments that stand in a document, in place of the two rules of the engine, whose words quote what was sent:
 * names each that is missing or does not fit, all of one field together.
 */
export function argumentRule(context: ValidationContext): ASTVisitor {
  /** Those of the fields that are being visited, one in another. */
  const open: ArgumentIssue[][] = [];
  const reporting: ValidationContext = Object.create(context, {
    reportError: {
      value(error: GraphQLError) {
        const argument = context.getArgument();
        const [, missing] = /argument "(\w+)" of type/.exec(argument ? '' : error.message) ?? [];
        const known = missing ? context.getFieldDef()?.args.find(({ name }) => name === missing) : argument;
        const issues = open.at(-1);
        if (!known || !issues) return context.reportError(error);
        if (issues.some((issue) => issue.argument === known.name)) return;
        const { originalError: cause } = error;
        const message = cause instanceof InvalidLiteral ? cause.message : expectation(known.type);
        issues.push({ argument: known.name, message });
      },
    },
  });
  const required = ProvidedRequiredArgumentsRule(reporting) as { Field: { leave(node: FieldNode): void } };
  return {
    ...ValuesOfCorrectTypeRule(reporting),
    Field: {
      enter: () => void open.push([]),
      leave(node: FieldNode) {
        required.Field.leave(node);
        const found = open.pop() ?? [];
        if (found.length === 0) return;
        const names = found.map(({ argument }) => `"${argument}"`).join(', ');
        context.reportError(
          new GraphQLError(`The arguments of ${node.name.value} do not fit: ${names}.`, {
            nodes: node,
            extensions: { issues: found },
          }),
        );
      },
    },
  };
}
