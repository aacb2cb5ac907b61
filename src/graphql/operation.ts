import type {
  ArgBuilder,
  InputFieldMap,
  InputShapeFromFields,
  ShapeFromTypeParam,
  TypeParam,
} from '@pothos/core';
import type { Access, MutationPolicy, OperationPolicy } from '../access/policy.js';
import { builder } from './builder.js';
import type { Context, ContextOf } from './context.js';

type Types = typeof builder extends PothosSchemaTypes.SchemaBuilder<infer T> ? T : never;
type Arguments = ArgBuilder<Types>;

/** A root field: what it answers, who may ask, and how. */
interface Operation<Type extends TypeParam<Types>, Args extends InputFieldMap, A extends Access> {
  readonly type: Type;
  readonly description: string;
  readonly args?: Args | ((arg: Arguments) => Args);
  readonly deprecationReason?: string;
  readonly complexity?: (args: InputShapeFromFields<Args>) => { field: number; multiplier: number };
  /** `context.signedIn` is there only where the policy demands a user. */
  readonly resolve: (
    args: InputShapeFromFields<Args>,
    context: ContextOf<A>,
  ) => MaybePromise<ShapeFromTypeParam<Types, Type, true>>;
}

type MaybePromise<T> = T | Promise<T>;

/** Adds a query. */
export function query<
  Type extends TypeParam<Types>,
  A extends Access,
  Args extends InputFieldMap = Record<never, never>,
>(
  name: string,
  {
    args,
    complexity,
    resolve,
    ...options
  }: Operation<Type, Args, A> & {
    readonly policy: OperationPolicy & { readonly access: A };
  },
): void {
  builder.queryField(name, (t) =>
    t.field({
      ...options,
      args: (typeof args === 'function' ? args(t.arg) : args) as InputFieldMap,
      ...(complexity && { complexity: complexity as never }),
      resolve: ((_root: unknown, given: never, context: Context) => resolve(given, context)) as never,
    }),
  );
}

/** Adds a mutation. */
export function mutation<
  Type extends TypeParam<Types>,
  A extends Access,
  Args extends InputFieldMap = Record<never, never>,
>(
  name: string,
  {
    args,
    complexity,
    resolve,
    ...options
  }: Operation<Type, Args, A> & {
    readonly policy: MutationPolicy & { readonly access: A };
  },
): void {
  builder.mutationField(name, (t) =>
    t.field({
      ...options,
      args: (typeof args === 'function' ? args(t.arg) : args) as InputFieldMap,
      ...(complexity && { complexity: complexity as never }),
      resolve: ((_root: unknown, given: never, context: Context) => resolve(given, context)) as never,
    }),
  );
}
