import { builder } from '../../../graphql/builder.js';
import { query } from '../../../graphql/operation.js';
import { OAuthProvider } from '../../oauth2/flows/schema.js';
import { signInOptions, type SignInOptionsView } from './service.js';

const SignUpMode = builder.enumType('SignUpMode', {
  description: 'Who can create an account.',
  values: {
    OPEN: { description: 'Everyone, with an address that the server allows.' },
    INVITED: {
      description: 'Only people whom an operator has invited.',
    },
  },
});

const SignInMethod = builder.enumType('SignInMethod', {
  description: 'Methods to sign in with. The setting `AUTH_METHODS` switches them off.',
  values: {
    EMAIL_PASSWORD: {
      value: 'email-password',
      description: 'createEmailPasswordSession, and createAccount.',
    },
    EMAIL_OTP: { value: 'email-otp', description: 'createEmailToken: a code by email.' },
    MAGIC_URL: { value: 'magic-url', description: 'createMagicURLToken: a link by email.' },
    PHONE: { value: 'phone', description: 'createPhoneToken: a code by SMS.' },
    PASSKEY: { value: 'passkey', description: 'createPasskeySignIn.' },
    OAUTH2: { value: 'oauth2', description: 'createOAuth2Token, with one of `providers`.' },
    ANONYMOUS: { value: 'anonymous', description: 'createAnonymousSession: an account without an address.' },
  } as const,
});

const SignInProvider = builder.objectRef<SignInOptionsView['providers'][number]>('SignInProvider').implement({
  description: 'An OAuth provider that users can sign in with.',
  fields: (t) => ({
    provider: t.expose('provider', { type: OAuthProvider, description: 'Argument of createOAuth2Token.' }),
    name: t.exposeString('name', { description: 'Name of the provider for people, such as `GitHub`.' }),
  }),
});

const ProofKind = builder.enumType('ProofKind', {
  description: 'What a client must prove before it may send many requests. The setting `PROOF` names it.',
  values: {
    ALTCHA: { description: 'Proof of work, in the format of Altcha 2. The client package does it.' },
    TURNSTILE: { description: 'A token of the widget of Cloudflare Turnstile.' },
    HCAPTCHA: { description: 'A token of the widget of hCaptcha.' },
    RECAPTCHA: { description: 'A token of the widget of Google reCAPTCHA.' },
  } as const,
});

const SignInProof = builder.objectRef<NonNullable<SignInOptionsView['proof']>>('SignInProof').implement({
  description: 'What `GENERAL_PROOF_REQUIRED` asks for.',
  fields: (t) => ({
    kind: t.expose('kind', { type: ProofKind, description: 'Kind of the proof.' }),
    siteKey: t.exposeString('siteKey', {
      nullable: true,
      description: 'Site key for the widget. Null for proof of work.',
    }),
  }),
});

const SignInOptions = builder.objectRef<SignInOptionsView>('SignInOptions').implement({
  description: 'What a front end needs to draw its sign-in page.',
  fields: (t) => ({
    appName: t.exposeString('appName', { description: 'Name of the application: the setting `APP_NAME`.' }),
    signUp: t.expose('signUp', { type: SignUpMode, description: 'Who can create an account.' }),
    methods: t.expose('methods', {
      type: [SignInMethod],
      description: 'Methods that users can sign in with at present. Show the others to no one.',
    }),
    providers: t.expose('providers', {
      type: [SignInProvider],
      description: 'Configured OAuth providers, in alphabetical order.',
    }),
    passwordMinLength: t.exposeInt('passwordMinLength', {
      description: 'Minimum length of a new password in characters.',
    }),
    mfaRequired: t.exposeBoolean('mfaRequired', {
      description:
        'Whether every user must turn MFA on. False if the server demands it only of users with a label, or of no one.',
    }),
    termsUrl: t.field({
      type: 'URL',
      nullable: true,
      description: 'Terms of service. Null if there are none.',
      resolve: () => null,
    }),
    proof: t.expose('proof', {
      type: SignInProof,
      nullable: true,
      description: 'What `GENERAL_PROOF_REQUIRED` asks for. Null if no proof is asked for.',
    }),
    privacyUrl: t.field({
      type: 'URL',
      nullable: true,
      description: 'Privacy policy. Null if there is none.',
      resolve: () => null,
    }),
  }),
});

query('signInOptions', {
  type: SignInOptions,
  description:
    'Get what a sign-in page shows: the methods, the providers, and whether people can sign up. The result is the same for everyone ' +
    'and changes only when the server starts again, so you can cache it for a minute. It costs no database query.',
  policy: { access: 'anyone', limits: [], errors: [] },
  resolve: (_args, { deps }) => signInOptions(deps),
});
