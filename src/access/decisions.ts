import type { DecisionRequest } from '../decisions.js';

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
   * @throws {DecisionNeeded} if the application has not been asked. This rolls the transaction back.
   */
  require(request: DecisionRequest): Permission;
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
