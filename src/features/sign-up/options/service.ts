import { type SignInMethod, signInMethods } from '../../../config/variables.js';
import type { Deps } from '../../../deps.js';
import type { ProofKind } from '../../../limits/proof.js';
import { displayNames, providerNames } from '../../../oauth2-providers/names.js';
import type { ProviderName } from '../../../oauth2-providers/names.js';

/** How users sign in and sign up, as the settings say. The same for everyone. */
export interface SignInOptionsView {
  readonly appName: string;
  readonly signUp: 'OPEN' | 'INVITED';
  readonly methods: readonly SignInMethod[];
  readonly providers: readonly { readonly provider: ProviderName; readonly name: string }[];
  readonly passwordMinLength: number;
  readonly mfaRequired: boolean;
  readonly proof: { readonly kind: ProofKind; readonly siteKey: string | null } | null;
}

export function signInOptions({
  canSend,
  config,
  oauth2,
  proof,
}: Pick<Deps, 'canSend' | 'config' | 'oauth2' | 'proof'>): SignInOptionsView {
  const providers = providerNames
    .filter((provider) => oauth2[provider])
    .map((provider) => ({ provider, name: displayNames[provider] }));
  const isUsable: Partial<Record<SignInMethod, boolean>> = {
    'email-otp': canSend.email,
    'magic-url': canSend.email,
    phone: canSend.sms,
    oauth2: providers.length > 0,
    // An anonymous sign-in always makes an account.
    anonymous: config.SIGN_UP === 'open' && !config.SIGN_UP_DOMAINS,
  };
  const methods = signInMethods.filter(
    (method) => config.AUTH_METHODS.includes(method) && (isUsable[method] ?? true),
  );
  return {
    appName: config.APP_NAME,
    signUp: config.SIGN_UP === 'open' ? 'OPEN' : 'INVITED',
    methods,
    providers: methods.includes('oauth2') ? providers : [],
    passwordMinLength: config.PASSWORD_MIN,
    mfaRequired: config.MFA_REQUIRED === 'on',
    proof,
  };
}
