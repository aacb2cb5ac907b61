import { type Clock, hours, later, minutes } from '../clock.js';
import { AccountError } from '../errors/account-error.js';
import type { RateLimit } from './limit.js';
import type { RateLimiter } from './limiter.js';

// A proof makes mass requests expensive: it is proof of work, or the token of a CAPTCHA service. The server asks for it once half of
// a limit by client network is used up. A request with a proof still counts towards all limits.

/** How long a challenge can be answered. */
export const proofLifetime = minutes(10);
/** With a proof, a client network may use this many times its limits. */
export const proofFactor = 10;
/** The share of a limit that must be used up before a proof is asked for. */
export const proofThreshold = 0.5;

/** Proofs that the server asks for or checks for one client network: each costs it some work. */
export const proofLimits = [
  { name: 'proof', max: 2000, windowSeconds: hours(1), per: 'network' },
] as const satisfies readonly RateLimit[];

export type ProofKind = 'ALTCHA' | 'TURNSTILE' | 'HCAPTCHA' | 'RECAPTCHA';

/** What the client is asked for. */
export interface ProofRequest {
  readonly kind: ProofKind;
  /** Null for proof of work. */
  readonly siteKey: string | null;
  /** Only for proof of work: the challenge in the format of Altcha. */
  readonly challenge?: object;
}

/** What a proof is valid for. */
export interface ProofBinding {
  readonly operation: string;
  /** The address in the arguments; empty for an operation without one. */
  readonly address: string;
  readonly clientAddress: string;
}

/** One kind of proof. */
export interface ProofMethod {
  readonly kind: ProofKind;
  readonly siteKey: string | null;
  /** Creates a challenge; null if the client gets it elsewhere. */
  challenge(binding: ProofBinding): Promise<object | null>;
  /** Returns null if the proof is invalid. Its name is used up; a name of null means that it could not be checked. */
  verify(proof: string, binding: ProofBinding): Promise<{ readonly name: string | null } | null>;
}

export interface ProofGate {
  readonly kind: ProofKind;
  readonly siteKey: string | null;
  /**
   * Uses up the proof of a request.
   *
   * @throws {AccountError} GENERAL_PROOF_REQUIRED if there is none, or if it is invalid, expired, used before or bound to another request.
   */
  require(binding: ProofBinding, proof: string | null): Promise<void>;
}

export function createProofGate(
  { clock, limiter }: { readonly clock: Clock; readonly limiter: RateLimiter },
  method: ProofMethod,
): ProofGate {
  const { kind, siteKey } = method;
  return {
    kind,
    siteKey,
    async require(binding, proof) {
      const verified = proof === null ? null : await method.verify(proof, binding);
      // A proof is valid for one lifetime at most, so its use is remembered for two.
      const until = later(clock.now(), 2 * proofLifetime);
      if (
        verified &&
        (verified.name === null || (await limiter.claimOnce(`${kind} ${verified.name}`, until)))
      )
        return;
      const challenge = await method.challenge(binding);
      const request: ProofRequest = { kind, siteKey, ...(challenge && { challenge }) };
      throw new AccountError('GENERAL_PROOF_REQUIRED', { proof: request });
    },
  };
}
