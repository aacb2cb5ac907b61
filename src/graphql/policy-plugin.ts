import SchemaBuilder, {
  BasePlugin,
  type FieldNullability,
  type InputFieldMap,
  type PothosOutputFieldConfig,
  PothosSchemaError,
  type SchemaTypes,
  type TypeParam,
} from '@pothos/core';
import type { GraphQLFieldResolver } from 'graphql';
import { enforce } from '../access/enforce.js';
import {
  describePolicy,
  impliedErrors,
  type MutationPolicy,
  type OperationPolicy,
} from '../access/policy.js';
import { AccountError } from '../errors/account-error.js';
import { Context } from './context.js';

/**
 * The keystone of the API: a root field without a policy does not compile and does not build; the policy is enforced
 * each time the field is resolved, aliases included, and printed into the field's description.
 */
class PolicyPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override onOutputFieldConfig(field: PothosOutputFieldConfig<Types>): PothosOutputFieldConfig<Types> {
    const policy = policyOf(field);
    return policy ? { ...field, description: `${field.description}\n\n${describePolicy(policy)}` } : field;
  }

  override wrapResolve(
    resolve: GraphQLFieldResolver<unknown, Types['Context'], object>,
    field: PothosOutputFieldConfig<Types>,
  ): GraphQLFieldResolver<unknown, Types['Context'], object> {
    const policy = policyOf(field);
    if (!policy) return resolve;
    const expected = new Set([...impliedErrors(policy), ...policy.errors]);
    return async (root, args, context, info) => {
      if (!(context instanceof Context)) throw new Error('The schema was executed without a Context.');
      const authentication = await context.authenticate();
      const call = {
        authentication,
        clientAddress: context.exchange.clientAddress,
        args: args as Record<string, unknown>,
      };
      const { caller, succeeded } = await enforce(context.deps, policy, call);
      context.admit(caller);
      try {
        const answer: unknown = await resolve(root, args, context, info);
        await succeeded();
        return answer;
      } catch (error) {
        if (error instanceof AccountError && !expected.has(error.code)) {
          context.deps.log.error(
            { field: field.name, code: error.code },
            'a code that the policy does not declare',
          );
          if (!context.deps.config.production)
            throw new Error(`${field.name} answers ${error.code} undeclared.`);
        }
        throw error;
      } finally {
        if (field.kind === 'Mutation') context.forgetCaller();
      }
    };
  }
}

/** @throws PothosSchemaError for a root field without a policy, or a mutation without a budget. */
function policyOf<Types extends SchemaTypes>(field: PothosOutputFieldConfig<Types>): OperationPolicy | null {
  if (field.kind !== 'Query' && field.kind !== 'Mutation') return null;
  const name = `${field.parentType}.${field.name}`;
  const { policy } = field.pothosOptions as { policy?: OperationPolicy };
  if (!policy) throw new PothosSchemaError(`${name} declares no policy.`);
  if (field.kind === 'Mutation' && policy.budgets.length === 0)
    throw new PothosSchemaError(`${name} has no budget.`);
  if (!field.description) throw new PothosSchemaError(`${name} has no description.`);
  return policy;
}

SchemaBuilder.registerPlugin('policy', PolicyPlugin);

declare global {
  export namespace PothosSchemaTypes {
    interface Plugins<Types extends SchemaTypes> {
      policy: PolicyPlugin<Types>;
    }
    interface QueryFieldOptions<
      Types extends SchemaTypes,
      Type extends TypeParam<Types>,
      Nullable extends FieldNullability<Type>,
      Args extends InputFieldMap,
      ResolveReturnShape,
    > {
      policy: OperationPolicy;
    }
    interface MutationFieldOptions<
      Types extends SchemaTypes,
      Type extends TypeParam<Types>,
      Nullable extends FieldNullability<Type>,
      Args extends InputFieldMap,
      ResolveReturnShape,
    > {
      policy: MutationPolicy;
    }
  }
}
