import {
  type ASTNode,
  type ASTVisitor,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValidationContext,
} from 'graphql';

/** How large a document may be. It is measured before it is executed; a document over any of these is not executed. */
export const documentLimits = {
  characters: 16 * 1024,
  tokens: 1000,
  /** Levels of fields; a fragment is no level. */
  levels: 10,
  aliases: 15,
  directives: 10,
  fragments: 20,
  operations: 5,
  'mutation fields': 5,
  'fields that check a password, code or secret': 1,
} as const;

export const tooComplex = (what: keyof typeof documentLimits): GraphQLError =>
  new GraphQLError(`The document has too many ${what}; the limit is ${documentLimits[what]}.`, {
    extensions: { code: 'QUERY_TOO_COMPLEX' },
  });

interface Size {
  readonly levels: number;
  readonly aliases: number;
  readonly directives: number;
}

const nothing: Size = { levels: 0, aliases: 0, directives: 0 };

/** Rejects operations with too many levels, aliases or directives. Each spread counts its fragment again. */
export function sizeRule(context: ValidationContext): ASTVisitor {
  /** Sizes of fragments by name. One that is being measured counts as nothing, because another rule rejects cycles. */
  const fragments = new Map<string, Size>();

  const sizeOfSelections = (selectionSet: SelectionSetNode | undefined): Size => {
    let [levels, aliases, directives] = [0, 0, 0];
    for (const selection of selectionSet?.selections ?? []) {
      // The introspection queries of tools are deeper than any other query. Another rule limits their lists.
      if (selection.kind === Kind.FIELD && /^__(schema|type)$/.test(selection.name.value)) continue;
      const inner =
        selection.kind === Kind.FRAGMENT_SPREAD
          ? sizeOfFragment(selection.name.value)
          : sizeOfSelections(selection.selectionSet);
      const isField = selection.kind === Kind.FIELD;
      levels = Math.max(levels, inner.levels + (isField ? 1 : 0));
      aliases += inner.aliases + (isField && selection.alias ? 1 : 0);
      directives += inner.directives + directivesOf(selection);
    }
    return { levels, aliases, directives };
  };

  const sizeOfFragment = (name: string): Size => {
    const known = fragments.get(name);
    if (known) return known;
    fragments.set(name, nothing);
    const fragment = context.getFragment(name);
    const inner = sizeOfSelections(fragment?.selectionSet);
    const size = { ...inner, directives: inner.directives + (fragment ? directivesOf(fragment) : 0) };
    fragments.set(name, size);
    return size;
  };

  return {
    OperationDefinition(operation: OperationDefinitionNode) {
      const { levels, aliases, directives } = sizeOfSelections(operation.selectionSet);
      if (levels > documentLimits.levels) throw tooComplex('levels');
      if (aliases > documentLimits.aliases) throw tooComplex('aliases');
      if (directives + directivesOf(operation) > documentLimits.directives) throw tooComplex('directives');
    },
  };
}

const directivesOf = (node: ASTNode): number =>
  ('directives' in node && node.directives ? node.directives : []).length;
