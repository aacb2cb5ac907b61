import type { AuthenticationFactor } from './generated/types.js';
import { isAccountError } from './errors.js';
import type { Methods } from './methods.js';
import { canAutofill, hasPasskeys, PasskeyError, stopWaiting, requestCredential } from './passkeys.js';
import type { PasskeyRequestOptions } from './passkey-options.js';
import { newVerifier } from './pkce.js';
import type { PendingSignIns } from './pending-sign-ins.js';
import { marked, type Redeem } from './redirect.js';
import type { SessionStorage } from './session.js';
import type {
  FactorRequired,
  ProofRequired,
  Session,
  SignIn,
  SignInFlows,
  TrustOptions,
} from './sign-in-steps.js';
import type { CallOptions } from './transport.js';

type CaptchaProof = Pick<ProofRequired, 'kind' | 'siteKey'>;

/** How long a browser may wait with an answer; a little less, for its way to the server. */
const ceremonyMilliseconds = ({ timeout = 60_000 }: PasskeyRequestOptions): number => timeout * 0.9;

const isPast = (instant: string): boolean => Date.parse(instant) <= Date.now();

const verifierKey = 'gatehouse.verifier';

/**
 * @param storage Null where cookies bind a provider's answer to this browser.
 * @param pendingSignIns Remembers what was asked for here.
 */
export function createSignInFlows(
  methods: Methods,
  storage: SessionStorage | null,
  pendingSignIns: PendingSignIns,
) {
  const stepOf = (session: Session): SignIn =>
    session.missingFactors.length === 0
      ? { status: session.enrolmentRequired ? 'enrolmentRequired' : 'signedIn', session }
      : factorStep(session.missingFactors);

  const factorStep = (factors: readonly AuthenticationFactor[]): FactorRequired => ({
    status: 'factorRequired',
    factors,
    codeFactors: factors.filter((factor) => factor !== 'PASSKEY'),
    async ask(factor) {
      const challenge = await methods.createMfaChallenge({ factor });
      const answer = async (otp: string, options?: TrustOptions) =>
        stepOf(await methods.updateMfaChallenge({ challengeId: challenge.id, otp, ...options }));
      return { ...challenge, status: 'challenge', factor, answer };
    },
    async askForPasskey(trust) {
      const { id, options } = await methods.createMfaChallenge({ factor: 'PASSKEY' });
      const credential = await requestCredential(options as PasskeyRequestOptions);
      return stepOf(await methods.updateMfaPasskeyChallenge({ challengeId: id, credential, ...trust }));
    },
  });

  /** Signs in. A sign-in whose second factor is missing ends, because the user has started again. */
  const startAgain = async <Result>(start: () => Promise<Result>): Promise<Result> => {
    try {
      return await start();
    } catch (error) {
      if (!isAccountError(error, 'USER_MORE_FACTORS_REQUIRED')) throw error;
      await methods.deleteSession({ sessionId: 'current' });
      return start();
    }
  };

  /** Tries a sign-in, and again with the proof of a CAPTCHA service if the server demands one. */
  const attempt = async (
    start: (options?: CallOptions) => Promise<Session>,
    options?: CallOptions,
  ): Promise<SignIn> => {
    try {
      return stepOf(await startAgain(() => start(options)));
    } catch (error) {
      const required = isAccountError(error) ? error.proof : null;
      if (!required?.siteKey) throw error;
      return {
        status: 'proofRequired',
        ...(required as CaptchaProof),
        answer: (proof) => attempt(start, { proof }),
      };
    }
  };

  const redeem: Redeem = async (purpose, userId, secret) => {
    const codeVerifier = purpose === 'provider' ? ((await storage?.getItem(verifierKey)) ?? null) : null;
    const session = await startAgain(() => methods.createSession({ userId, secret, codeVerifier }));
    if (codeVerifier !== null) await storage?.removeItem(verifierKey);
    return stepOf(session);
  };

  const resume = async (): Promise<SignIn | null> => {
    try {
      return stepOf(await methods.getSession({ sessionId: 'current' }));
    } catch (error) {
      if (isAccountError(error, 'USER_MORE_FACTORS_REQUIRED')) return factorStep(error.factors);
      if (isAccountError(error, 'GENERAL_UNAUTHORIZED_SCOPE')) return null;
      throw error;
    }
  };
  let resuming: Promise<SignIn | null> | null = null;

  const codeSent = ({
    userId,
    phrase,
    expiresAt,
  }: {
    userId: string;
    phrase: string | null;
    expiresAt: string;
  }) =>
    ({
      status: 'codeSent',
      phrase,
      expiresAt,
      answer: async (secret: string) =>
        stepOf(await startAgain(() => methods.createSession({ userId, secret }))),
    }) as const;

  const flows: SignInFlows = {
    resume() {
      // Several parts of a page may ask at the same time.
      resuming ??= resume().finally(() => {
        resuming = null;
      });
      return resuming;
    },
    withPassword: (person) => attempt((options) => methods.createEmailPasswordSession(person, options)),
    withIdToken: (token) => attempt(() => methods.createIdTokenSession(token)),
    anonymously: () => attempt((options) => methods.createAnonymousSession({}, options)),
    withEmailCode: async (to, options) =>
      codeSent(await startAgain(() => methods.createEmailToken(to, options))),
    withPhoneCode: async (to, options) =>
      codeSent(await startAgain(() => methods.createPhoneToken(to, options))),
    async withPasskey({ autofill = false } = {}) {
      if (autofill ? !(await canAutofill()) : !hasPasskeys()) throw new PasskeyError('unsupported');
      for (;;) {
        const { id: ceremonyId, options, expiresAt } = await startAgain(() => methods.createPasskeySignIn());
        // A page may be open for longer than a ceremony is valid, and timers stop while a computer sleeps.
        let isOver = false;
        const end = () => {
          isOver = true;
          stopWaiting();
        };
        const timer = autofill ? setTimeout(end, ceremonyMilliseconds(options)) : undefined;
        try {
          const credential = await requestCredential(options, autofill);
          return stepOf(await methods.createPasskeySession({ ceremonyId, credential }));
        } catch (error) {
          const isLate = autofill && isAccountError(error, 'USER_PASSKEY_INVALID') && isPast(expiresAt);
          if (!isOver && !isLate) throw error;
        } finally {
          clearTimeout(timer);
        }
      }
    },
    async withMagicLink({ url, ...to }, options) {
      const page = url ? marked(url, 'link', await pendingSignIns.number()) : null;
      const token = await startAgain(() => methods.createMagicURLToken({ ...to, url: page }, options));
      return { status: 'linkSent', phrase: token.phrase, expiresAt: token.expiresAt };
    },
    async withProvider({ success, failure = success, ...at }) {
      const pair = storage ? await newVerifier() : null;
      const pages = {
        success: marked(success, 'provider', await pendingSignIns.number()),
        failure: marked(failure, 'provider'),
      };
      const codeChallenge = pair?.challenge ?? null;
      const { url } = await startAgain(() => methods.createOAuth2Token({ ...at, ...pages, codeChallenge }));
      if (pair) await storage?.setItem(verifierKey, pair.verifier);
      return { status: 'redirect', url };
    },
  };
  return { flows, redeem };
}
