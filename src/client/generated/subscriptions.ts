// Written by npm run codegen.
import type { Operation } from '../operation.js';
import { logParts, originParts } from './fragments.js';
import type {
  LogCreatedSubscription,
  LogCreatedSubscriptionVariables,
} from './types.js';

export const logCreated = `subscription LogCreated{logCreated{...LogParts}}${originParts}${logParts}` as Operation<LogCreatedSubscription, LogCreatedSubscriptionVariables>;
