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
export const query = <
  Type extends TypeParam<Types>,
  A extends Access,
  Args extends InputFieldMap = Record<never, never>,
>(
  name: string,
  operation: Operation<Type, Args, A> & { readonly policy: OperationPolicy & { readonly access: A } },
): void => add('queryField', name, operation as unknown as Added);

/** Adds a mutation. */
export const mutation = <
  Type extends TypeParam<Types>,
  A extends Access,
  Args extends InputFieldMap = Record<never, never>,
>(
  name: string,
  operation: Operation<Type, Args, A> & { readonly policy: MutationPolicy & { readonly access: A } },
): void => {
  const added = operation as unknown as Added;
  add('mutationField', name, { ...added, policy: { ...added.policy, writes: true } });
};

/** Adds a subscription, whose lines are answered as they come. */
export const subscription = <Type extends TypeParam<Types>, A extends Access>(
  name: string,
  {
    subscribe,
    ...options
  }: Pick<Operation<Type, InputFieldMap, A>, 'type' | 'description'> & {
    readonly policy: OperationPolicy & { readonly access: A };
    readonly subscribe: (
      context: ContextOf<A>,
    ) => Promise<AsyncIterable<ShapeFromTypeParam<Types, Type, false>>>;
  },
): void =>
  builder.subscriptionField(name, (t) =>
    t.field({
      ...options,
      subscribe: (_root: unknown, _args: unknown, context: Context) =>
        subscribe(context as unknown as ContextOf<A>),
      resolve: (line: unknown) => line,
    } as never),
  );

/** An operation as Pothos takes it, which knows no types but its own. */
type Added = Operation<TypeParam<Types>, InputFieldMap, 'signedIn'> & { readonly policy: MutationPolicy };

function add(
  kind: 'queryField' | 'mutationField',
  name: string,
  { args, complexity, resolve, ...options }: Added,
): void {
  builder[kind](name, (t: PothosSchemaTypes.RootFieldBuilder<Types, unknown>) =>
    t.field({
      ...options,
      args: typeof args === 'function' ? args(t.arg) : (args ?? {}),
      ...(complexity && { complexity }),
      resolve: (_root: unknown, given: never, context: Context) => resolve(given, context),
    } as never),
  );
}
