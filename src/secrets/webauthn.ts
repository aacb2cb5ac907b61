import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server';
import { minutes } from '../clock.js';

/** What a browser sends of a passkey, as it came. */
export type CredentialJson = Readonly<Record<string, unknown>>;

/** Whose passkeys they are: the host that they are bound to, and the pages that may use them. */
export interface RelyingParty {
  readonly id: string;
  readonly name: string;
  readonly allows: (origin: string) => boolean;
}

/** The public half of a passkey. */
export interface PublicKey {
  /** base64url. */
  readonly credentialId: string;
  /** COSE. */
  readonly publicKey: Uint8Array;
}

/** A passkey that was made just now. */
export interface NewPasskey extends PublicKey {
  readonly counter: number;
  readonly transports: readonly string[];
  readonly backedUp: boolean;
  /** AAGUID of the authenticator. */
  readonly model: string;
}

/** A signature that was right. */
export interface Assertion {
  readonly counter: number;
  readonly backedUp: boolean;
}

/** ES256, EdDSA, RS256. @see RFC 9053 */
const algorithms = [-7, -8, -257];
const patienceMilliseconds = minutes(5) * 1000;
/** Nobody's key: what is checked against it takes as long as against somebody's, and is never right. */
const decoy: PublicKey = {
  credentialId: 'nobody',
  publicKey: Buffer.from(
    'a501020326200121582006b4ae79d13e96f6d374b97b6d8af9825ec347782e2a8a160859702b57da51e9' +
      '225820744921821ac6c1f3142b6cfdc5b2f4c234063e03fd1ff2d6f86bff4398d93c9c',
    'hex',
  ),
};

/** What a library of tables and ASN.1 does, loaded with the first passkey. */
const load = () => import('@simplewebauthn/server');

/** WebAuthn Level 3: passkeys that their holder unlocks, at this relying party alone. */
export class WebAuthn {
  constructor(private readonly party: RelyingParty) {}

  /** Options for `navigator.credentials.create`. */
  async creationOptions(
    nonce: string,
    user: { id: string; name: string; displayName: string },
    existing: readonly { credentialId: string; transports: readonly string[] }[],
  ): Promise<PublicKeyCredentialCreationOptionsJSON> {
    const { generateRegistrationOptions } = await load();
    return generateRegistrationOptions({
      rpID: this.party.id,
      rpName: this.party.name,
      challenge: new Uint8Array(Buffer.from(nonce, 'base64url')),
      userID: new Uint8Array(Buffer.from(user.id, 'utf8')),
      userName: user.name,
      userDisplayName: user.displayName,
      timeout: patienceMilliseconds,
      attestationType: 'none',
      excludeCredentials: existing.map(({ credentialId: id, transports }) => ({
        id,
        transports: [...transports],
      })),
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      supportedAlgorithmIDs: algorithms,
    });
  }

  /** Options for `navigator.credentials.get`; with no keys named, whichever passkey the person chooses. */
  async requestOptions(
    nonce: string,
    keys: readonly { credentialId: string; transports: readonly string[] }[] = [],
  ): Promise<PublicKeyCredentialRequestOptionsJSON> {
    const { generateAuthenticationOptions } = await load();
    return generateAuthenticationOptions({
      rpID: this.party.id,
      challenge: new Uint8Array(Buffer.from(nonce, 'base64url')),
      timeout: patienceMilliseconds,
      userVerification: 'required',
      ...(keys.length > 0 && {
        allowCredentials: keys.map(({ credentialId: id, transports }) => ({
          id,
          transports: [...transports],
        })),
      }),
    });
  }

  /** The passkey that was made for these options; null for anything else. */
  async registered(credential: CredentialJson, nonce: string): Promise<NewPasskey | null> {
    const origin = this.#originOf(credential);
    if (origin === null) return null;
    const { verifyRegistrationResponse } = await load();
    try {
      const bare = await withoutAttestation(credential);
      const { verified, registrationInfo } = await verifyRegistrationResponse({
        response: bare as unknown as RegistrationResponseJSON,
        expectedChallenge: nonce,
        expectedOrigin: origin,
        expectedRPID: this.party.id,
        requireUserVerification: true,
        supportedAlgorithmIDs: algorithms,
      });
      if (!verified) return null;
      const { id, publicKey, counter, transports = [] } = registrationInfo.credential;
      return {
        credentialId: id,
        publicKey,
        counter,
        transports: transports.filter((name) => /^[a-z-]{1,32}$/.test(name)).slice(0, 8),
        backedUp: registrationInfo.credentialBackedUp,
        model: registrationInfo.aaguid,
      };
    } catch {
      // Whatever is wrong with it, it comes from the browser.
      return null;
    }
  }

  /**
   * Whether a passkey signed the nonce here, its holder verified. The counter is the caller's to compare.
   *
   * @param key Null where nobody has the passkey: the same work is done.
   */
  async asserted(
    credential: CredentialJson,
    nonce: string,
    key: PublicKey | null,
  ): Promise<Assertion | null> {
    const origin = this.#originOf(credential);
    if (origin === null) return null;
    const { credentialId, publicKey } = key ?? decoy;
    const { verifyAuthenticationResponse } = await load();
    try {
      const { verified, authenticationInfo } = await verifyAuthenticationResponse({
        response: credential as unknown as AuthenticationResponseJSON,
        expectedChallenge: nonce,
        expectedOrigin: origin,
        expectedRPID: this.party.id,
        requireUserVerification: true,
        credential: { id: credentialId, publicKey: new Uint8Array(publicKey), counter: 0 },
      });
      if (!verified || !key) return null;
      return { counter: authenticationInfo.newCounter, backedUp: authenticationInfo.credentialBackedUp };
    } catch {
      return null;
    }
  }

  /** The page that used it, where that may; never one in a frame of another's. */
  #originOf({ response }: CredentialJson): string | null {
    const { clientDataJSON } = (response ?? {}) as { clientDataJSON?: unknown };
    if (typeof clientDataJSON !== 'string') return null;
    try {
      const { origin, crossOrigin } = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString('utf8'));
      return typeof origin === 'string' && !crossOrigin && this.party.allows(origin) ? origin : null;
    } catch {
      return null;
    }
  }
}

/**
 * The credential without an attestation. The server asks for none, but some password managers send one. The library would check it, and ask
 * servers that its certificates name whether they were revoked. Those servers would be of the sender's choosing.
 */
async function withoutAttestation({ response, ...rest }: CredentialJson): Promise<CredentialJson> {
  const { decodeAttestationObject, isoCBOR } = await import('@simplewebauthn/server/helpers');
  const { attestationObject } = response as { attestationObject: string };
  const attestation = decodeAttestationObject(new Uint8Array(Buffer.from(attestationObject, 'base64url')));
  const bare = new Map<string, string | Uint8Array | Map<string, string>>([
    ['fmt', 'none'],
    ['attStmt', new Map<string, string>()],
    ['authData', attestation.get('authData')],
  ]);
  const encoded = Buffer.from(isoCBOR.encode(bare)).toString('base64url');
  return { ...rest, response: { ...(response as object), attestationObject: encoded } };
}
