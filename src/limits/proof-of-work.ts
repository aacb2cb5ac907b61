import { createChallenge, type Payload, verifySolution } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { type Clock, unixSeconds } from '../clock.js';
import type { KeyedDigest } from '../secrets/digest.js';
import { numberBelow } from '../secrets/random.js';
import { type ProofBinding, proofLifetime, type ProofMethod } from './proof.js';
import { networkOf } from './subject.js';

/** The client tries counters from 0 until it finds the one that the server has chosen. On a laptop, this takes about 0.4 seconds. */
const work = { algorithm: 'PBKDF2/SHA-256', cost: 5000 } as const;
const maxCounter = 400;
const maxProofLength = 4096;

/**
 * Proof of work in the format of Altcha 2. The server keeps nothing: a challenge is signed with a key that is derived from the
 * operation, the address and the client network, so a solution is worth nothing elsewhere. Creating a challenge costs the server one
 * key derivation, which takes about 2 milliseconds, and checking a solution only HMACs.
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
  const secretsFor = ({ operation, address, clientAddress }: ProofBinding) => {
    const secretOf = (part: string): string =>
      keyedDigest.digest(['proof-of-work', part, operation, address, networkOf(clientAddress)]);
    return { hmacSignatureSecret: secretOf('challenge'), hmacKeySignatureSecret: secretOf('key') };
  };
  return {
    kind: 'ALTCHA',
    siteKey: null,
    challenge: (binding) =>
      createChallenge({
        ...work,
        ...secretsFor(binding),
        counter: numberBelow(maxCounter),
        deriveKey,
        // Not `expiresAt`, which the library compares with the clock of the machine.
        data: { until: unixSeconds(clock.now()) + proofLifetime },
      }),
    async verify(proof, binding) {
      const payload = read(proof);
      if (!payload) return null;
      const { challenge, solution } = payload;
      const { verified } = await verifySolution({
        challenge,
        solution,
        deriveKey,
        ...secretsFor(binding),
      }).catch(() => ({ verified: false }));
      if (!verified) return null;
      const { nonce: name, data } = challenge.parameters;
      return Number(data?.['until']) > unixSeconds(clock.now()) ? { name } : null;
    },
  };
}

/** Reads what the client sent: base64 of JSON, as Altcha's widget sends it. */
function read(proof: string): Payload | null {
  try {
    const payload = JSON.parse(Buffer.from(proof.slice(0, maxProofLength), 'base64').toString()) as Payload;
    return payload.challenge.parameters ? payload : null;
  } catch {
    return null;
  }
}
