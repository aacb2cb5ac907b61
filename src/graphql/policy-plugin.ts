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
import type { Authentication } from '../access/viewer.js';
import { describePolicy, errorsOf, type MutationPolicy, type OperationPolicy } from '../access/policy.js';
import { isReferenceGone } from '../db/errors.js';
import { AccountError } from '../errors/account-error.js';
import type { ErrorCode } from '../errors/catalogue.js';
import { callerKeyOf, Context } from './context.js';
import { directivesOf } from './directives.js';
import { codeOf } from './error-format.js';

/**
 * The keystone of the API: a root field without a policy does not compile and does not build; the policy is enforced
 * each time the field is resolved, aliases included, and printed into the field's description.
 */
class PolicyPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override onOutputFieldConfig(field: PothosOutputFieldConfig<Types>): PothosOutputFieldConfig<Types> {
    const policy = policyOf(field);
    if (!policy) return field;
    const description = `${field.description}\n\n${describePolicy(policy)}`;
    const extensions = {
      ...field.extensions,
      ...directivesOf(errorsOf(policy), field.type.nullable === true),
    };
    // Nullable, whatever it answers: a root field that fails must not erase the answers of its neighbours.
    return { ...field, description, extensions, type: { ...field.type, nullable: true } };
  }

  override wrapResolve(resolve: Resolver<Types>, field: PothosOutputFieldConfig<Types>): Resolver<Types> {
    const policy = field.kind === 'Subscription' ? null : policyOf(field);
    return policy ? withMetrics(withPolicy(resolve, field, policy), field, policy) : resolve;
  }

  /** A subscription is held against its policy once, when it begins. */
  override wrapSubscribe(
    subscribe: Resolver<Types> | undefined,
    field: PothosOutputFieldConfig<Types>,
  ): Resolver<Types> | undefined {
    const policy = field.kind === 'Subscription' ? policyOf(field) : null;
    return policy && subscribe ? withMetrics(withPolicy(subscribe, field, policy), field, policy) : subscribe;
  }
}

type Resolver<Types extends SchemaTypes> = GraphQLFieldResolver<unknown, Types['Context'], object>;

/** The resolver, with what it comes to counted. */
function withMetrics<Types extends SchemaTypes>(
  resolve: Resolver<Types>,
  { name }: PothosOutputFieldConfig<Types>,
  { guessesSecret, startsSession }: OperationPolicy,
): Resolver<Types> {
  const isSignIn = guessesSecret && startsSession;
  return async (root, args, context, info) => {
    const { activity, metrics } = (context as unknown as Context).deps;
    if (!metrics && !isSignIn) return resolve(root, args, context, info);
    try {
      const answer = await resolve(root, args, context, info);
      metrics?.operation(name, 'ok');
      if (isSignIn) activity.signIn(true);
      return answer;
    } catch (error) {
      if (isSignIn) activity.signIn(false);
      if (!metrics) throw error;
      metrics.operation(name, codeOf(error));
      if (error instanceof AccountError && error.details.limit) metrics.limitMet(error.details.limit);
      throw error;
    }
  };
}

/** Errors of calls that do not count as failures, because the secret was right, or another limit rejected them before. */
const errorsWithoutGuess: ReadonlySet<ErrorCode> = new Set([
  'GENERAL_RATE_LIMIT_EXCEEDED',
  'USER_SIGN_UP_CLOSED',
  'USER_ADDRESS_NOT_ALLOWED',
  'USER_EMAIL_NOT_VERIFIED',
  'USER_REFUSED',
]);

/** The resolver behind its policy. */
function withPolicy<Types extends SchemaTypes>(
  resolve: Resolver<Types>,
  { name, kind }: PothosOutputFieldConfig<Types>,
  policy: OperationPolicy,
): Resolver<Types> {
  const expected = new Set(errorsOf(policy));
  const enforced = async (authentication: Authentication, ...call: Parameters<Resolver<Types>>) => {
    const [root, args, ownContext, info] = call;
    const context = ownContext as unknown as Context;
    const { reportOutcome, ...admission } = await enforce(context.deps, policy, {
      operation: name,
      proof: context.exchange.proof,
      language: context.exchange.language,
      authentication,
      clientAddress: context.exchange.clientAddress,
      deviceDigest: context.exchange.deviceDigest,
      args: args as Record<string, unknown>,
    });
    context.admit(admission);
    let outcome: 'passed' | 'failed' = 'passed';
    try {
      if (kind === 'Mutation') await context.resolveRequester();
      return await resolve(root, args, ownContext, info);
    } catch (error) {
      if (!(error instanceof AccountError)) throw error;
      if (!errorsWithoutGuess.has(error.code)) outcome = 'failed';
      if (expected.has(error.code)) throw error;
      context.deps.log.error({ field: name, code: error.code }, 'a code that the policy does not declare');
      throw context.deps.config.production ? error : new Error(`${name} answers ${error.code} undeclared.`);
    } finally {
      await reportOutcome(outcome);
      if (kind === 'Mutation') context.clearCaller();
    }
  };
  return async (root, args, context, info) => {
    if (!(context instanceof Context)) throw new Error('The schema was executed without a Context.');
    if (policy.access === 'anyone') return resolve(root, args, context, info);
    const authentication = await context.authenticate();
    if (kind !== 'Mutation') return enforced(authentication, root, args, context, info);
    const { userMutations, guestMutations } = context.deps.inFlight;
    const turns = authentication.kind === 'user' ? userMutations : guestMutations;
    // The call waits here, before its limits are checked. Otherwise a waiting call would occupy an attempt that a running call
    // needs.
    const callerKey = callerKeyOf(authentication, context.exchange.clientAddress);
    return turns.run(callerKey, async (hasWaited) => {
      // The session may have ended while the call waited.
      const current = hasWaited ? await context.authenticateAgain() : authentication;
      try {
        return await enforced(current, root, args, context, info);
      } catch (error) {
        if (!isReferenceGone(error)) throw error;
        // Another request deleted the session, the user or what else the call refers to. It fails as it would a moment later.
        return enforced(await context.authenticateAgain(), root, args, context, info);
      }
    });
  };
}

/** @throws PothosSchemaError for a root field of any kind without a policy, or a mutation without a limit. */
function policyOf<Types extends SchemaTypes>(field: PothosOutputFieldConfig<Types>): OperationPolicy | null {
  if (field.kind !== 'Query' && field.kind !== 'Mutation' && field.kind !== 'Subscription') return null;
  const name = `${field.parentType}.${field.name}`;
  const { policy } = field.pothosOptions as { policy?: OperationPolicy };
  if (!policy) throw new PothosSchemaError(`${name} declares no policy.`);
  if (field.kind === 'Mutation' && policy.limits.length === 0)
    throw new PothosSchemaError(`${name} has no limit.`);
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
    interface SubscriptionFieldOptions<
      Types extends SchemaTypes,
      Type extends TypeParam<Types>,
      Nullable extends FieldNullability<Type>,
      Args extends InputFieldMap,
      ResolveShape,
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
