import { type DocumentNode, getOperationAST, Kind, parse } from 'graphql';

/** How long caches may keep the result of `signInOptions`. */
export const publicCacheSeconds = 60;

/** Whether the result of a query is the same for everyone: it contains `signInOptions` and nothing else. */
export function isPublicQuery(text: string, operationName: string | null): boolean {
  const document = parsed(text);
  const { selections = [] } = (document && getOperationAST(document, operationName)?.selectionSet) ?? {};
  return (
    selections.length > 0 &&
    selections.every((field) => field.kind === Kind.FIELD && field.name.value === 'signInOptions')
  );
}

function parsed(text: string): DocumentNode | null {
  try {
    return parse(text, { noLocation: true, maxTokens: 1000 });
  } catch {
    return null;
  }
}
