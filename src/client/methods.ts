import type { Operation } from './operation.js';
import type { operations } from './operations.js';
import type { CallOptions } from './transport.js';

type Operations = typeof operations;
type DataOf<Text> = Text extends Operation<infer Data, never> ? Data : never;
type VariablesOf<Text> = Text extends Operation<infer _, infer Variables> ? Variables : never;
/** Left out where an operation takes none, or none that it must have. */
export type Arguments<Variables> =
  Record<never, never> extends Variables
    ? [variables?: Variables, options?: CallOptions]
    : [variables: Variables, options?: CallOptions];

/** Every operation as a method: it takes the variables, and answers what the operation does, or throws. */
export type Methods = {
  readonly [Name in keyof Operations]: (
    ...args: Arguments<VariablesOf<Operations[Name]>>
  ) => Promise<NonNullable<DataOf<Operations[Name]>[keyof DataOf<Operations[Name]>]>>;
};
