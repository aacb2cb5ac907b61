import type { ASTNode } from 'graphql';
import type { TypedDocument } from './operation.js';

const texts = new WeakMap<object, string>();

/** The text of a document of operations. A printer of its own, as graphql's would be larger than all the rest of this package. */
export function textOf(document: TypedDocument<unknown, never>): string {
  const text = texts.get(document) ?? print(document as ASTNode);
  texts.set(document, text);
  return text;
}

const all = (nodes: readonly ASTNode[] | undefined, separator = ' '): string =>
  (nodes ?? []).map(print).join(separator);
const bracketed = (open: string, nodes: readonly ASTNode[] | undefined, close: string): string =>
  nodes?.length ? open + all(nodes) + close : '';

function print(node: ASTNode): string {
  switch (node.kind) {
    case 'Document':
      return all(node.definitions, '\n');
    case 'OperationDefinition': {
      const head = `${node.operation} ${node.name?.value ?? ''}${bracketed('(', node.variableDefinitions, ')')}`;
      return `${head} ${all(node.directives)} ${print(node.selectionSet)}`;
    }
    case 'FragmentDefinition': {
      const head = `fragment ${node.name.value} on ${print(node.typeCondition)}`;
      return `${head} ${all(node.directives)} ${print(node.selectionSet)}`;
    }
    case 'VariableDefinition': {
      const fallback = node.defaultValue ? ` = ${print(node.defaultValue)}` : '';
      return `${print(node.variable)}: ${print(node.type)}${fallback} ${all(node.directives)}`;
    }
    case 'SelectionSet':
      return `{ ${all(node.selections)} }`;
    case 'Field': {
      const name = `${node.alias ? `${node.alias.value}: ` : ''}${node.name.value}`;
      const head = `${name}${bracketed('(', node.arguments, ')')} ${all(node.directives)}`;
      return node.selectionSet ? `${head} ${print(node.selectionSet)}` : head;
    }
    case 'FragmentSpread':
      return `...${node.name.value} ${all(node.directives)}`;
    case 'InlineFragment': {
      const condition = node.typeCondition ? `on ${print(node.typeCondition)}` : '';
      return `... ${condition} ${all(node.directives)} ${print(node.selectionSet)}`;
    }
    case 'Directive':
      return `@${node.name.value}${bracketed('(', node.arguments, ')')}`;
    case 'Argument':
    case 'ObjectField':
      return `${node.name.value}: ${print(node.value)}`;
    case 'Variable':
      return `$${node.name.value}`;
    case 'NamedType':
      return node.name.value;
    case 'ListType':
      return `[${print(node.type)}]`;
    case 'NonNullType':
      return `${print(node.type)}!`;
    case 'StringValue':
      return JSON.stringify(node.value);
    case 'ListValue':
      return `[${all(node.values)}]`;
    case 'ObjectValue':
      return `{${all(node.fields)}}`;
    case 'NullValue':
      return 'null';
    case 'IntValue':
    case 'FloatValue':
    case 'EnumValue':
    case 'BooleanValue':
      return String(node.value);
    default:
      throw new TypeError(`${node.kind} belongs to no operation.`);
  }
}
