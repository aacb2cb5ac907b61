import { later, minutes } from '../clock.js';
import type { Clock } from '../clock.js';
import { AccountError } from '../errors/account-error.js';
import type { RateLimiter } from './limiter.js';

// A proof makes mass requests expensive: work that the client's processor did, or the word of a CAPTCHA service. It is asked for once
// half of a limit by client network is used up. It replaces nothing else: the request counts towards all limits.

/** How long a challenge can be answered. */
export const proofLifetime = minutes(10);
/** With a proof, a client network may use this many times its limits. */
export const proofFactor = 10;
/** The share of a limit that must be used up before a proof is asked for. */
export const proofThreshold = 0.5;

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
  /** Returns a name of the proof by which it can be used up, or null if it is invalid. */
  verify(proof: string, binding: ProofBinding): Promise<string | null>;
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
      const name = proof === null ? null : await method.verify(proof, binding);
      // A proof is valid for one lifetime at most, so its use is remembered for two.
      if (
        name !== null &&
        (await limiter.claimOnce(`${kind} ${name}`, later(clock.now(), 2 * proofLifetime)))
      )
        return;
      const challenge = await method.challenge(binding);
      const request: ProofRequest = { kind, siteKey, ...(challenge && { challenge }) };
      throw new AccountError('GENERAL_PROOF_REQUIRED', { proof: request });
    },
  };
}
