/** The text of an operation, with the types of its data and its variables. */
export type Operation<Data, Variables> = string & { readonly __apiType?: (variables: Variables) => Data };

/** A document as graphql-codegen's `typed-document-node` writes it. */
export interface TypedDocument<Data, Variables> {
  readonly kind: string;
  readonly definitions: readonly { readonly kind: string }[];
  readonly __apiType?: (variables: Variables) => Data;
}
