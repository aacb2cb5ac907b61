import type { DecisionRequest } from '../decisions.js';
import { AccountError } from '../errors/account-error.js';

/** What the application has decided. Its labels are for a new account. */
export interface Permission {
  readonly userId: string;
  readonly labels: readonly string[];
}

/** The decisions of the application: see `features/sign-up/decisions/service.ts`. */
export interface Decisions {
  /**
   * Called inside a transaction, by the function that creates a user or session, or changes an address.
   *
   * @returns Null if the application has rejected something that the work can do without.
   * @throws {DecisionNeeded} if the application has not been asked. This rolls the transaction back.
   */
  require(request: DecisionRequest): Permission | null;
  /** Asks the application. Null if it decides nothing. @throws {AccountError} USER_REFUSED */
  readonly ask: ((request: DecisionRequest) => Promise<Permission>) | null;
}

/** The application must be asked before the transaction can continue. */
export class DecisionNeeded extends Error {
  override readonly name = 'DecisionNeeded';

  constructor(readonly request: DecisionRequest) {
    super(`The application was not asked about ${request.type}.`);
  }
}

/** Requires a permission that the work cannot do without. @throws {AccountError} USER_REFUSED */
export function requirePermission(decisions: Decisions, request: DecisionRequest): Permission {
  const permission = decisions.require(request);
  if (!permission) throw new AccountError('USER_REFUSED', { reason: null });
  return permission;
}
