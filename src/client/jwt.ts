import type { AuthenticationFactor } from './generated/types.js';
import type { Methods } from './methods.js';
import type { requestCredential } from './passkeys.js';
import type { PasskeyRequestOptions } from './passkey-options.js';
import type { CodeFactor, Proof } from './sign-in-steps.js';

/** So long before its end a JWT is replaced. */
const marginMilliseconds = 60_000;

type Kept = { readonly jwt: Promise<string>; readonly generation: number; until: number };

/**
 * Keeps a JWT of each profile that is valid for at least a minute.
 *
 * @param generation Changes with each sign-in.
 * @param askForCredential Given by the client, so that bundlers keep it in the file that a sign-in loads.
 */
export function createJwtKeeper(
  methods: Methods,
  generation: () => number,
  askForCredential: typeof requestCredential,
) {
  const all = new Map<string | undefined, Kept>();

  const renew = (profile?: string): Promise<string> => {
    const jwt = methods.createJWT({ profile: profile ?? null }).then((created) => created.jwt);
    const entry: Kept = { jwt, generation: generation(), until: Number.POSITIVE_INFINITY };
    all.set(profile, entry);
    jwt.then(
      (text) => {
        entry.until = Date.now() + lifetimeOf(text) - marginMilliseconds;
      },
      () => {
        // The next caller tries again.
        entry.until = 0;
      },
    );
    return jwt;
  };

  /** After a passed challenge, the JWTs of all profiles can say more. */
  const renewAll = (profile?: string): Promise<string> => {
    all.clear();
    return renew(profile);
  };

  const get = (profile?: string): Promise<string> => {
    const kept = all.get(profile);
    return kept && kept.generation === generation() && Date.now() < kept.until ? kept.jwt : renew(profile);
  };

  const prove = async (profile?: string): Promise<Proof> => {
    const verified = await methods.listMfaFactors();
    const factors = (
      [
        ['PASSKEY', 'passkey'],
        ['TOTP', 'totp'],
        ['EMAIL', 'email'],
        ['PHONE', 'phone'],
        ['RECOVERY_CODE', 'recoveryCode'],
      ] as const
    )
      .filter(([, name]) => verified[name])
      .map(([factor]): AuthenticationFactor => factor);
    return {
      status: 'proof',
      factors,
      codeFactors: factors.filter((factor): factor is CodeFactor => factor !== 'PASSKEY'),
      async ask(factor) {
        const { id: challengeId, expiresAt } = await methods.createMfaChallenge({ factor });
        return {
          expiresAt,
          async answer(otp) {
            await methods.updateMfaChallenge({ challengeId, otp });
            return renewAll(profile);
          },
        };
      },
      async askForPasskey() {
        const { id: challengeId, options } = await methods.createMfaChallenge({ factor: 'PASSKEY' });
        const credential = await askForCredential(options as PasskeyRequestOptions);
        await methods.updateMfaPasskeyChallenge({ challengeId, credential });
        return renewAll(profile);
      },
    };
  };
  return { get, prove };
}

/** By its own two instants: this machine's clock may be wrong. */
function lifetimeOf(jwt: string): number {
  const payload = (jwt.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
  const { iat, exp } = JSON.parse(atob(payload)) as { iat: number; exp: number };
  return (exp - iat) * 1000;
}
