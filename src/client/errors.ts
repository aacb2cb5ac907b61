import type { AuthenticationFactor, ProofKind } from './generated/types.js';
import type { OperationErrors } from './generated/operation-errors.js';
import type { ErrorCode } from './generated/values.js';

/** What is wrong with one argument. */
export interface ArgumentIssue {
  readonly argument: string;
  readonly message: string;
}

/** One entry of `errors`, as the server sends it. */
export interface ServerError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: {
    readonly code?: string;
    readonly requestId?: string;
    readonly argument?: string;
    readonly issues?: readonly ArgumentIssue[];
    readonly retryAfterSeconds?: number;
    readonly factors?: readonly string[];
    readonly proof?: RequiredProof;
    readonly reason?: string | null;
  };
}

/** What the server wants to be proved, with `GENERAL_PROOF_REQUIRED`. */
export interface RequiredProof {
  readonly kind: ProofKind;
  /** The site key for the widget of a CAPTCHA service; null for proof of work. */
  readonly siteKey: string | null;
  /** Only for proof of work, which the client does by itself. */
  readonly challenge?: { readonly parameters: WorkParameters };
}

/** The parameters of a proof of work, in the format of Altcha 2. */
export interface WorkParameters {
  readonly algorithm: string;
  readonly nonce: string;
  readonly salt: string;
  readonly cost: number;
  readonly keyLength: number;
  readonly keyPrefix: string;
}

/** Where other clients keep what the server sent. */
interface OtherError {
  readonly errors?: readonly ServerError[];
  readonly graphQLErrors?: readonly ServerError[];
  readonly response?: { readonly errors?: readonly ServerError[] };
  readonly source?: { readonly errors?: readonly ServerError[] };
}

/** The server rejected the request. `code` gives the reason; `message` describes it in English. */
export class AccountError<Code extends ErrorCode = ErrorCode> extends Error {
  override readonly name = 'AccountError';
  readonly code: Code;
  /** The argument that is wrong, with `GENERAL_ARGUMENT_INVALID`. */
  readonly argument: string | null;
  /** What is wrong with each argument. */
  readonly issues: readonly ArgumentIssue[];
  /** When to try again, with `GENERAL_RATE_LIMIT_EXCEEDED` and `GENERAL_SERVICE_UNAVAILABLE`. */
  readonly retryAfterSeconds: number | null;
  /** What would complete the sign-in, with `USER_MORE_FACTORS_REQUIRED`. */
  readonly factors: readonly AuthenticationFactor[];
  /** Why the application refuses, with `USER_REFUSED`: one of the setting `DECIDE_REASONS`, or null. */
  readonly reason: string | null;
  /** What must be proved, with `GENERAL_PROOF_REQUIRED`. */
  readonly proof: RequiredProof | null;
  /** The id of the request in the server's log. */
  readonly requestId: string | null;

  /**
   * @param errors All errors that the server sent. The properties describe the first one.
   * @param data The results of the other operations in the same request.
   */
  constructor(
    readonly errors: readonly ServerError[],
    readonly data: unknown = null,
  ) {
    const [{ message, extensions } = { message: 'Something went wrong.' } as ServerError] = errors;
    super(message);
    this.code = (extensions?.code ?? 'GENERAL_UNKNOWN') as Code;
    this.argument = extensions?.argument ?? null;
    this.issues = extensions?.issues ?? [];
    this.retryAfterSeconds = extensions?.retryAfterSeconds ?? null;
    this.factors = (extensions?.factors ?? []) as AuthenticationFactor[];
    this.reason = extensions?.reason ?? null;
    this.proof = extensions?.proof ?? null;
    this.requestId = extensions?.requestId ?? null;
  }

  /**
   * Reads the error of another GraphQL client: what Apollo Client, urql and graphql-request throw, and the list of errors that Relay passes to
   * `onCompleted`.
   *
   * @returns Null if the error did not come from the server.
   */
  static from(error: unknown): AccountError | null {
    if (error instanceof AccountError) return error;
    const { errors, graphQLErrors, response, source } = Object(error) as OtherError;
    const found = Array.isArray(error)
      ? (error as ServerError[])
      : (errors ?? graphQLErrors ?? (response ?? source)?.errors);
    return found?.[0]?.extensions?.code ? new AccountError(found) : null;
  }
}

/** The server did not respond, or the response did not come from the account API. If the call was a mutation, the server may have executed it. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError';
}

/** What a platform can lack, apart from passkeys. docs/client.md lists it by platform. */
export type MissingFeature = 'crypto.getRandomValues' | 'crypto.subtle' | 'streaming fetch';

/** The platform lacks something that the client needs. A polyfill can add it. */
export class PlatformError extends Error {
  override readonly name = 'PlatformError';

  constructor(readonly missing: MissingFeature) {
    super(`This platform has no ${missing}. Add a polyfill: see docs/client.md.`);
  }
}

/**
 * The codes that an operation can fail with. Misconfigured requests have further ones, such as `GENERAL_UNKNOWN_ORIGIN`.
 *
 * @example
 * if (isAccountError<ErrorsOf<'createAccount'>>(error)) switch (error.code) { case 'USER_ALREADY_EXISTS': … }
 */
export type ErrorsOf<Name extends keyof OperationErrors> = OperationErrors[Name];

/** Returns whether the error is an `AccountError`. If codes are given, its code must be one of them. */
export const isAccountError = <Code extends ErrorCode = ErrorCode>(
  error: unknown,
  ...codes: readonly Code[]
): error is AccountError<Code> =>
  error instanceof AccountError && (codes.length === 0 || codes.includes(error.code as Code));
