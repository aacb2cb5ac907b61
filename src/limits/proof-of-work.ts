import { createChallenge, type Payload, verifySolution } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { type Clock, unixSeconds } from '../clock.js';
import type { KeyedDigest } from '../secrets/digest.js';
import { type ProofBinding, proofLifetime, type ProofMethod } from './proof.js';
import { networkOf } from './subject.js';

/** About half a second of one core of a laptop: 256 tries on average. */
const work = { algorithm: 'PBKDF2/SHA-256', cost: 5000, keyPrefix: '00' } as const;
const maxProofLength = 4096;

/**
 * Proof of work in the format of Altcha 2. The server keeps nothing: a challenge is signed with a key that is derived from the
 * operation, the address and the client network, so a solution is worth nothing elsewhere. Creating a challenge costs the server one HMAC,
 * and checking a solution one key derivation.
 *
 * @see https://altcha.org/docs/v2/
 */
export function createProofOfWork({
  clock,
  keyedDigest,
}: {
  readonly clock: Clock;
  readonly keyedDigest: KeyedDigest;
}): ProofMethod {
  const secretFor = ({ operation, address, clientAddress }: ProofBinding): string =>
    keyedDigest.digest(['proof-of-work', operation, address, networkOf(clientAddress)]);
  return {
    kind: 'ALTCHA',
    siteKey: null,
    challenge: (binding) =>
      createChallenge({
        ...work,
        deriveKey,
        // Not `expiresAt`, which the library compares with the clock of the machine.
        data: { until: unixSeconds(clock.now()) + proofLifetime },
        hmacSignatureSecret: secretFor(binding),
      }),
    async verify(proof, binding) {
      const payload = read(proof);
      if (!payload) return null;
      const { challenge, solution } = payload;
      const { verified } = await verifySolution({
        challenge,
        solution,
        deriveKey,
        hmacSignatureSecret: secretFor(binding),
      }).catch(() => ({ verified: false }));
      const { nonce, data } = challenge.parameters;
      return verified && Number(data?.['until']) > unixSeconds(clock.now()) ? nonce : null;
    },
  };
}

/** Reads what the client sent: base64 of JSON, as Altcha's widget sends it. */
function read(proof: string): Payload | null {
  try {
    const payload = JSON.parse(Buffer.from(proof.slice(0, maxProofLength), 'base64').toString()) as Payload;
    return typeof payload.challenge.parameters === 'object' ? payload : null;
  } catch {
    return null;
  }
}
