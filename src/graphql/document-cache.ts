import { type DocumentNode, Kind, visit } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { LRUCache } from 'lru-cache';

/** Characters of all documents that are kept: with what the parser makes of them, some twenty megabytes at the most. */
const mostCharacters = 512 * 1024;

/**
 * Keeps documents that have passed validation, so that an operation that is sent again is neither parsed nor validated.
 * What fails is not kept: a stranger can send as much of it as they like.
 */
export function documentCache(): Plugin {
  const kept = new LRUCache<string, DocumentNode>({
    maxSize: mostCharacters,
    sizeCalculation: (_document, text) => text.length + 1,
  });
  const passed = new WeakSet<DocumentNode>();
  return {
    onParse({ params: { source }, setParsedDocument }) {
      const document = kept.get(String(source));
      if (document) setParsedDocument(document);
    },
    onValidate({ params: { documentAST }, setResult }) {
      if (passed.has(documentAST)) return setResult([]);
      return ({ valid }) => {
        const text = documentAST.loc?.source.body;
        if (!valid || text === undefined) return;
        const document = withoutTokens(documentAST);
        passed.add(document);
        kept.set(text, document);
      };
    },
  };
}

/** Nodes keep their place, for errors to name, and let go of the parser's tokens, which are most of what they weigh. */
const withoutTokens = (document: DocumentNode): DocumentNode =>
  visit(document, {
    enter({ loc, ...node }) {
      if (node.kind === Kind.DOCUMENT || !loc) return undefined;
      const { start, end, source } = loc;
      return { ...node, loc: { start, end, source } } as never;
    },
  });
