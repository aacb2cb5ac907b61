import { catalogue, type ErrorCode } from './catalogue.js';

/** What is wrong with one argument, in words a developer can act on. Never repeats the value. */
export interface ArgumentIssue {
  readonly argument: string;
  readonly message: string;
}

interface Details {
  /** Bad arguments, for GENERAL_ARGUMENT_INVALID; the first one is also named in `argument`. */
  readonly issues?: readonly ArgumentIssue[];
  /** Which limit was met, in words, for GENERAL_RATE_LIMIT_EXCEEDED. */
  readonly limit?: string;
  /** Whole seconds, for GENERAL_RATE_LIMIT_EXCEEDED and GENERAL_SERVICE_UNAVAILABLE. */
  readonly retryAfterSeconds?: number;
  /** Why the application refuses, for USER_REFUSED. */
  readonly reason?: string | null;
  /** What the client must prove, for GENERAL_PROOF_REQUIRED. */
  readonly proof?: object;
  /** Factors that would do, for USER_MORE_FACTORS_REQUIRED. */
  readonly factors?: readonly string[];
}

/** A refusal the client is told about: a code of the catalogue and its constant message. */
export class AccountError extends Error {
  override readonly name = 'AccountError';

  constructor(
    readonly code: ErrorCode,
    readonly details: Details = {},
    /** The reason, for the log only. */
    options?: { cause: unknown },
  ) {
    super(catalogue[code].message, options);
  }
}

/** Whether something is an error with this code. */
export const isAccountError = (error: unknown, code: ErrorCode): error is AccountError =>
  error instanceof AccountError && error.code === code;

/** The error for one bad argument. */
export const argumentInvalid = (argument: string, message: string): AccountError =>
  new AccountError('GENERAL_ARGUMENT_INVALID', { issues: [{ argument, message }] });

/**
 * Makes several checks of arguments, and tells what is wrong with all of them at once.
 *
 * @throws {AccountError} GENERAL_ARGUMENT_INVALID with every issue; at once whatever else a check throws.
 */
export function collectIssues<Values extends readonly unknown[]>(
  ...checks: { readonly [Index in keyof Values]: () => Values[Index] }
): Values {
  const issues: ArgumentIssue[] = [];
  const values = checks.map((check) => {
    try {
      return check();
    } catch (error) {
      if (!(error instanceof AccountError) || !error.details.issues) throw error;
      return void issues.push(...error.details.issues);
    }
  });
  if (issues.length > 0) throw new AccountError('GENERAL_ARGUMENT_INVALID', { issues });
  return values as unknown as Values;
}
