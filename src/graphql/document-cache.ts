import { type DocumentNode, Kind, visit } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { LRUCache } from 'lru-cache';

/** Memory for all that is kept, by the estimates below. */
export const maxDocumentBytes = 16 * 1024 * 1024;
const bytesPerCharacter = 2;
const bytesPerNode = 200;

/**
 * Keeps documents that have passed validation, so that an operation that is sent again is neither parsed nor validated.
 * What fails is not kept: a stranger can send as much of it as they like.
 */
export function documentCache(): Plugin {
  const kept = new LRUCache<string, DocumentNode>({ maxSize: maxDocumentBytes });
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
        const { document, nodes } = withoutTokens(documentAST);
        passed.add(document);
        kept.set(text, document, { size: text.length * bytesPerCharacter + nodes * bytesPerNode });
      };
    },
  };
}

/** Nodes keep their place, for errors to name, and let go of the parser's tokens, which are most of what they weigh. */
function withoutTokens(parsed: DocumentNode): { document: DocumentNode; nodes: number } {
  let nodes = 0;
  const document = visit(parsed, {
    enter({ loc, ...node }) {
      nodes += 1;
      if (node.kind === Kind.DOCUMENT || !loc) return undefined;
      const { start, end, source } = loc;
      return { ...node, loc: { start, end, source } } as never;
    },
  });
  return { document, nodes };
}
