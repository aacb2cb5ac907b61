import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import type { operations } from './operations.js';

type Operations = typeof operations;
type DataOf<Document> = Document extends TypedDocumentNode<infer Data, never> ? Data : never;
type VariablesOf<Document> = Document extends TypedDocumentNode<infer _, infer Variables> ? Variables : never;
/** Left out where an operation takes none, or none that it must have. */
type Arguments<Variables> =
  Record<never, never> extends Variables ? [variables?: Variables] : [variables: Variables];

/** Every operation as a method: it takes the variables, and answers what the operation does, or throws. */
export type Methods = {
  readonly [Name in keyof Operations]: (
    ...variables: Arguments<VariablesOf<Operations[Name]>>
  ) => Promise<NonNullable<DataOf<Operations[Name]>[keyof DataOf<Operations[Name]>]>>;
};
