import type { Methods } from './methods.js';
import { canAutofill, hasPasskeys, PasskeyError, stopWaiting, useCredential } from './passkeys.js';
import { newVerifier } from './pkce.js';
import type { PendingSignIns } from './pending-sign-ins.js';
import { marked, type Redeem } from './redirect.js';
import type { SessionStorage } from './session.js';
import type { Session, SignIn, SignInFlows } from './sign-in-steps.js';

/** How long a browser may wait with an answer; a little less, for its way to the server. */
const ceremonyMilliseconds = ({ timeout }: Record<string, unknown>): number =>
  Number(timeout ?? 60_000) * 0.9;

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
  const stepOf = (session: Session): SignIn => {
    if (session.missingFactors.length === 0) return { status: 'signedIn', session };
    let challengeId: string | null = null;
    return {
      status: 'factorRequired',
      session,
      factors: session.missingFactors,
      async ask(factor) {
        const challenge = await methods.createMfaChallenge({ factor });
        challengeId = challenge.id;
        return challenge;
      },
      async answer(otp) {
        if (challengeId === null) throw new TypeError('Call ask(factor) before answer(code).');
        return stepOf(await methods.updateMfaChallenge({ challengeId, otp }));
      },
      async usePasskey() {
        const { id, options } = await methods.createMfaChallenge({ factor: 'PASSKEY' });
        const credential = await useCredential(options ?? {});
        return stepOf(await methods.updateMfaPasskeyChallenge({ challengeId: id, credential }));
      },
    };
  };

  const redeem: Redeem = async (purpose, userId, secret) => {
    const codeVerifier = purpose === 'provider' ? ((await storage?.getItem(verifierKey)) ?? null) : null;
    const session = await methods.createSession({ userId, secret, codeVerifier });
    if (codeVerifier !== null) await storage?.removeItem(verifierKey);
    return stepOf(session);
  };

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
      answer: async (secret: string) => stepOf(await methods.createSession({ userId, secret })),
    }) as const;

  const flows: SignInFlows = {
    withPassword: async (person) => stepOf(await methods.createEmailPasswordSession(person)),
    anonymously: async () => stepOf(await methods.createAnonymousSession()),
    withEmailCode: async (to) => codeSent(await methods.createEmailToken(to)),
    withPhoneCode: async (to) => codeSent(await methods.createPhoneToken(to)),
    async withPasskey({ autofill = false } = {}) {
      if (autofill ? !(await canAutofill()) : !hasPasskeys()) throw new PasskeyError('unsupported');
      for (;;) {
        const { id: ceremonyId, options } = await methods.createPasskeySignIn();
        // A page may be open for longer than a ceremony lives.
        let isOver = false;
        const end = () => {
          isOver = true;
          stopWaiting();
        };
        const timer = autofill ? setTimeout(end, ceremonyMilliseconds(options)) : undefined;
        try {
          const credential = await useCredential(options, autofill);
          return stepOf(await methods.createPasskeySession({ ceremonyId, credential }));
        } catch (error) {
          if (!isOver) throw error;
        } finally {
          clearTimeout(timer);
        }
      }
    },
    async withMagicLink({ url, ...to }) {
      const page = url ? marked(url, 'link', await pendingSignIns.number()) : null;
      const token = await methods.createMagicURLToken({ ...to, url: page });
      return { status: 'linkSent', phrase: token.phrase, expiresAt: token.expiresAt };
    },
    async withProvider({ success, failure = success, ...at }) {
      const pair = storage ? await newVerifier() : null;
      const { url } = await methods.createOAuth2Token({
        ...at,
        success: marked(success, 'provider', await pendingSignIns.number()),
        failure: marked(failure, 'provider'),
        codeChallenge: pair?.challenge ?? null,
      });
      if (pair) await storage?.setItem(verifierKey, pair.verifier);
      return { status: 'redirect', url };
    },
  };
  return { flows, redeem };
}
