import SchemaBuilder from '@pothos/core';
import { describe, expect, it } from 'vitest';
import '../../src/graphql/policy-plugin.js';
import { limits } from '../../src/limits/limits.js';
import type { MutationPolicy, OperationPolicy } from '../../src/access/policy.js';
import type { query } from '../../src/graphql/operation.js';

const emptyBuilder = () => {
  const builder = new SchemaBuilder<object>({ plugins: ['policy'] });
  const policy: OperationPolicy = { access: 'public', limits: [], errors: [] };
  builder.queryField('fine', (t) => t.boolean({ policy, description: 'Fine.', resolve: () => true }));
  builder.queryType();
  builder.mutationType();
  return builder;
};

describe('policy', () => {
  it('is demanded of every query', () => {
    const builder = emptyBuilder();
    // @ts-expect-error does not compile without a policy
    builder.queryField('sneaky', (t) => t.boolean({ description: 'Sneaky.', resolve: () => true }));
    expect(() => builder.toSchema()).toThrow('Query.sneaky declares no policy.');
  });

  it('is demanded of every subscription', () => {
    const builder = emptyBuilder();
    builder.subscriptionType();
    const subscribe = async function* () {
      yield true;
    };
    builder.subscriptionField('sneaky', (t) =>
      // @ts-expect-error does not compile without a policy
      t.boolean({ description: 'Sneaky.', subscribe, resolve: (value: boolean) => value }),
    );
    expect(() => builder.toSchema()).toThrow('Subscription.sneaky declares no policy.');
  });

  it('makes every root field nullable, whatever it answers', () => {
    const field = emptyBuilder().toSchema().getQueryType()?.getFields()['fine'];
    expect(String(field?.type)).toBe('Boolean');
  });

  it('says whether a resolver may ask for the signed-in user', () => {
    const names: string[] = [];
    const open = { access: 'public', limits: [], errors: [] } as const;
    const closed = { ...open, access: 'signedIn' } as const;
    const define: typeof query = () => {};
    define('closed', {
      type: 'Boolean',
      description: '',
      policy: closed,
      resolve: (_args, { signedIn }) => names.push(signedIn.user.id) > 0,
    });
    define('open', {
      type: 'Boolean',
      description: '',
      policy: open,
      // @ts-expect-error there is no signed-in user where guests may come
      resolve: (_args, { signedIn }) => names.push(String(signedIn)) > 0,
    });
    expect(names).toEqual([]);
  });

  it('of a mutation demands a limit', () => {
    const builder = emptyBuilder();
    const policy = { access: 'public', limits: [], errors: [] } as unknown as MutationPolicy;
    builder.mutationField('free', (t) => t.boolean({ policy, description: 'Free.', resolve: () => true }));
    expect(() => builder.toSchema()).toThrow('Mutation.free has no limit.');
    // @ts-expect-error does not compile without a limit
    const bare: MutationPolicy = { access: 'public', limits: [], errors: [] };
    expect(bare.limits).toEqual([]);
  });

  it('is printed into the description', () => {
    const builder = emptyBuilder();
    const policy: MutationPolicy = {
      access: 'signedIn',
      limits: limits.changeCredential,
      errors: ['USER_INVALID_CREDENTIALS'],
    };
    builder.mutationField('change', (t) =>
      t.boolean({ policy, description: 'Change it.', resolve: () => true }),
    );
    const field = builder.toSchema().getMutationType()?.getFields()['change'];
    expect(field?.description).toBe(
      'Change it.\n\nAccess: signed in. Limit: 10 per user in 1 hour; 30 per client address in 1 hour. Errors: `GENERAL_UNAUTHORIZED_SCOPE`, ' +
        '`USER_MORE_FACTORS_REQUIRED`, `GENERAL_RATE_LIMIT_EXCEEDED`, `USER_INVALID_CREDENTIALS`.',
    );
  });
});
