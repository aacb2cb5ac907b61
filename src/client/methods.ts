import { account, operators } from './generated/late-operations.js';
import * as signIn from './generated/sign-in.js';
import { loadLate } from './late.js';
import type { Operation } from './operation.js';
import type { CallOptions } from './transport.js';

type Operations = typeof signIn &
  typeof import('./generated/account.js') &
  typeof import('./generated/operators.js');
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

/** Runs the text of an operation. */
type Run = (
  text: Operation<Record<string, unknown>, never>,
  variables: never,
  options?: CallOptions,
) => Promise<Record<string, unknown>>;

/** Makes the methods. The texts that a sign-in needs are there; bundlers put the others into files that are loaded when used. */
export function createMethods(run: Run): Methods {
  const methodOf =
    (name: string, text: () => Promise<string> | string) => async (variables: never, options?: CallOptions) =>
      (await run(await text(), variables, options))[name];
  const now = Object.entries(signIn).map(([name, text]) => [name, methodOf(name, () => text)] as const);
  const later = [account, operators].flatMap(({ names, load }) =>
    names.split(' ').map((name) => {
      const text = async () => (await loadLate<Readonly<Record<string, string>>>(load))[name] ?? '';
      return [name, methodOf(name, text)] as const;
    }),
  );
  return Object.fromEntries([...now, ...later]) as unknown as Methods;
}
