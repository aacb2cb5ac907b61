// Written by npm run codegen.
import type { PasskeyCreationOptions, PasskeyRequestOptions } from '../passkey-options.js';
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { Factor, SessionProvider, IdentityProvider, LogEvent } from './values.js';
/** What a challenge can ask for. */
export type AuthenticationFactor =
  /** A code mailed to the verified e-mail address. */
  | 'EMAIL'
  /** A passkey of the account. */
  | 'PASSKEY'
  /** A code sent by SMS to the verified phone number. */
  | 'PHONE'
  /** An unused recovery code, which the challenge uses up. */
  | 'RECOVERY_CODE'
  /** A code of the verified authenticator app. */
  | 'TOTP';

/** Kinds of authenticators. */
export type AuthenticatorType =
  /** An app that shows time-based codes: RFC 6238, six digits every 30 seconds. */
  | 'TOTP';

/** What carries a message. */
export type MessageChannel =
  /** A mail. */
  | 'EMAIL'
  /** An SMS. */
  | 'SMS'
  /** An event for `WEBHOOK_URL`. */
  | 'WEBHOOK';

/** What has become of a message. */
export type MessageState =
  /** Was given up; retryMessage tries it again while what it holds is of use. */
  | 'FAILED'
  /** Waits for its next attempt. */
  | 'QUEUED'
  /** Was handed over. */
  | 'SENT';

/** Providers to sign in with. One works once its client id and secret are configured. */
export type OAuthProvider =
  /** Set `OAUTH_AMAZON_CLIENT_ID` and its secret. */
  | 'AMAZON'
  /** Set `OAUTH_APPLE_CLIENT_ID` and its secret. */
  | 'APPLE'
  /** Set `OAUTH_AUTH0_CLIENT_ID` and its secret. */
  | 'AUTH0'
  /** Set `OAUTH_AUTHENTIK_CLIENT_ID` and its secret. */
  | 'AUTHENTIK'
  /** Set `OAUTH_AUTODESK_CLIENT_ID` and its secret. */
  | 'AUTODESK'
  /** Set `OAUTH_BITBUCKET_CLIENT_ID` and its secret. */
  | 'BITBUCKET'
  /** Set `OAUTH_BITLY_CLIENT_ID` and its secret. */
  | 'BITLY'
  /** Set `OAUTH_BOX_CLIENT_ID` and its secret. */
  | 'BOX'
  /** Set `OAUTH_DAILYMOTION_CLIENT_ID` and its secret. */
  | 'DAILYMOTION'
  /** Set `OAUTH_DISCORD_CLIENT_ID` and its secret. */
  | 'DISCORD'
  /** Set `OAUTH_DISQUS_CLIENT_ID` and its secret. */
  | 'DISQUS'
  /** Set `OAUTH_DROPBOX_CLIENT_ID` and its secret. */
  | 'DROPBOX'
  /** Set `OAUTH_ETSY_CLIENT_ID` and its secret. */
  | 'ETSY'
  /** Set `OAUTH_FACEBOOK_CLIENT_ID` and its secret. */
  | 'FACEBOOK'
  /** Set `OAUTH_GITHUB_CLIENT_ID` and its secret. */
  | 'GITHUB'
  /** Set `OAUTH_GITLAB_CLIENT_ID` and its secret. */
  | 'GITLAB'
  /** Set `OAUTH_GOOGLE_CLIENT_ID` and its secret. */
  | 'GOOGLE'
  /** Set `OAUTH_LINKEDIN_CLIENT_ID` and its secret. */
  | 'LINKEDIN'
  /** Set `OAUTH_MICROSOFT_CLIENT_ID` and its secret. */
  | 'MICROSOFT'
  /** Set `OAUTH_NOTION_CLIENT_ID` and its secret. */
  | 'NOTION'
  /** Set `OAUTH_OIDC_CLIENT_ID` and its secret. */
  | 'OIDC'
  /** Set `OAUTH_OKTA_CLIENT_ID` and its secret. */
  | 'OKTA'
  /** Set `OAUTH_PAYPAL_CLIENT_ID` and its secret. */
  | 'PAYPAL'
  /** Set `OAUTH_PAYPAL_SANDBOX_CLIENT_ID` and its secret. */
  | 'PAYPAL_SANDBOX'
  /** Set `OAUTH_PODIO_CLIENT_ID` and its secret. */
  | 'PODIO'
  /** Set `OAUTH_SALESFORCE_CLIENT_ID` and its secret. */
  | 'SALESFORCE'
  /** Set `OAUTH_SLACK_CLIENT_ID` and its secret. */
  | 'SLACK'
  /** Set `OAUTH_SPOTIFY_CLIENT_ID` and its secret. */
  | 'SPOTIFY'
  /** Set `OAUTH_STRIPE_CLIENT_ID` and its secret. */
  | 'STRIPE'
  /** Set `OAUTH_TRADESHIFT_CLIENT_ID` and its secret. */
  | 'TRADESHIFT'
  /** Set `OAUTH_TRADESHIFT_BOX_CLIENT_ID` and its secret. */
  | 'TRADESHIFT_BOX'
  /** Set `OAUTH_TWITCH_CLIENT_ID` and its secret. */
  | 'TWITCH'
  /** Set `OAUTH_WORDPRESS_CLIENT_ID` and its secret. */
  | 'WORDPRESS'
  /** Set `OAUTH_YAHOO_CLIENT_ID` and its secret. */
  | 'YAHOO'
  /** Set `OAUTH_YAMMER_CLIENT_ID` and its secret. */
  | 'YAMMER'
  /** Set `OAUTH_YANDEX_CLIENT_ID` and its secret. */
  | 'YANDEX'
  /** Set `OAUTH_ZOHO_CLIENT_ID` and its secret. */
  | 'ZOHO'
  /** Set `OAUTH_ZOOM_CLIENT_ID` and its secret. */
  | 'ZOOM';

/** What a client must prove before it may send many requests. The setting `PROOF` names it. */
export type ProofKind =
  /** Proof of work, in the format of Altcha 2. The client package does it. */
  | 'ALTCHA'
  /** A token of the widget of hCaptcha. */
  | 'HCAPTCHA'
  /** A token of the widget of Google reCAPTCHA. */
  | 'RECAPTCHA'
  /** A token of the widget of Cloudflare Turnstile. */
  | 'TURNSTILE';

/** What a security change is about. */
export type SecurityChangeKind =
  /** An authenticator app was added or removed. */
  | 'AUTHENTICATOR'
  /** The user blocked the account. */
  | 'BLOCK'
  /** The deletion of the account was requested or cancelled. A cancellation cannot be reverted. */
  | 'DELETION'
  /** The email address was changed or verified. */
  | 'EMAIL'
  /** An identity was linked, joined by its email address, or removed. */
  | 'IDENTITY'
  /** MFA was turned on or off. */
  | 'MFA'
  /** A passkey was added, removed or renamed. */
  | 'PASSKEY'
  /** The password was set. */
  | 'PASSWORD'
  /** The phone number was changed or verified. */
  | 'PHONE'
  /** A password was set with a recovery link. */
  | 'RECOVERY'
  /** Recovery codes were created or replaced. */
  | 'RECOVERY_CODES'
  /** Other changes were reverted. If you revert this change, the server restores what the revert removed and lists those changes again. */
  | 'REVERT';

/** Methods to sign in with. The setting `AUTH_METHODS` switches them off. */
export type SignInMethod =
  /** createAnonymousSession: an account without an address. */
  | 'ANONYMOUS'
  /** createEmailToken: a code by email. */
  | 'EMAIL_OTP'
  /** createEmailPasswordSession, and createAccount. */
  | 'EMAIL_PASSWORD'
  /** createMagicURLToken: a link by email. */
  | 'MAGIC_URL'
  /** createOAuth2Token, with one of `providers`. */
  | 'OAUTH2'
  /** createPasskeySignIn. */
  | 'PASSKEY'
  /** createPhoneToken: a code by SMS. */
  | 'PHONE';

/** Who can create an account. */
export type SignUpMode =
  /** Only people whom an operator has invited. */
  | 'INVITED'
  /** Everyone, with an address that the server allows. */
  | 'OPEN';

export type CancelAccountDeletionMutationVariables = Exact<{ [key: string]: never; }>;


export type CancelAccountDeletionMutation = { cancelAccountDeletion: { id: string, createdAt: string, updatedAt: string, name: string, registeredAt: string, enabled: boolean, labels: Array<string>, email: string | null, emailVerified: boolean, phone: string | null, phoneVerified: boolean, passwordUpdatedAt: string | null, mfaEnabled: boolean, mfaDueAt: string | null, prefs: Record<string, unknown>, accessedAt: string | null, deleteAt: string | null } | null };

export type CreateIdTokenNonceMutationVariables = Exact<{ [key: string]: never; }>;


export type CreateIdTokenNonceMutation = { createIdTokenNonce: { nonce: string, expiresAt: string } | null };

export type CreateIdTokenSessionMutationVariables = Exact<{
  provider: OAuthProvider;
  idToken: string;
  nonce: string;
  name?: string | null | undefined;
}>;


export type CreateIdTokenSessionMutation = { createIdTokenSession: { id: string, createdAt: string, updatedAt: string, userId: string, expiresAt: string, provider: SessionProvider, providerUid: string | null, providerAccessToken: string | null, providerAccessTokenExpiresAt: string | null, providerRefreshToken: string | null, actor: string, current: boolean, factors: Array<Factor>, missingFactors: Array<AuthenticationFactor>, enrolmentRequired: boolean, completedFactors: Array<AuthenticationFactor>, mfaUpdatedAt: string | null, secret: string | null, origin: { ip: string | null, os: { code: string | null, name: string | null, version: string | null }, client: { type: string | null, code: string | null, name: string | null, version: string | null, engine: string | null, engineVersion: string | null }, device: { name: string | null, brand: string | null, model: string | null }, country: { code: string, name: string } | null } } | null };

export type CreateJwtMutationVariables = Exact<{
  profile?: string | null | undefined;
}>;


export type CreateJwtMutation = { createJWT: { jwt: string, expiresAt: string } | null };

export type CreateMfaAuthenticatorMutationVariables = Exact<{
  type: AuthenticatorType;
}>;


export type CreateMfaAuthenticatorMutation = { createMfaAuthenticator: { secret: string, uri: string, qrCode: string } | null };

export type CreateMfaRecoveryCodesMutationVariables = Exact<{ [key: string]: never; }>;


export type CreateMfaRecoveryCodesMutation = { createMfaRecoveryCodes: { recoveryCodes: Array<string> } | null };

export type CreatePasskeyMutationVariables = Exact<{
  ceremonyId: string | number;
  credential: object;
  name?: string | null | undefined;
}>;


export type CreatePasskeyMutation = { createPasskey: { id: string, createdAt: string, updatedAt: string, userId: string, name: string, lastUsedAt: string | null, backedUp: boolean, transports: Array<string> } | null };

export type CreatePasskeyRegistrationMutationVariables = Exact<{ [key: string]: never; }>;


export type CreatePasskeyRegistrationMutation = { createPasskeyRegistration: { id: string, options: PasskeyCreationOptions, expiresAt: string } | null };

export type CreatePhoneVerificationMutationVariables = Exact<{ [key: string]: never; }>;


export type CreatePhoneVerificationMutation = { createPhoneVerification: { id: string, createdAt: string, userId: string, expiresAt: string, phrase: string | null } | null };

export type CreateRecoveryMutationVariables = Exact<{
  email: string;
  url?: string | null | undefined;
}>;


export type CreateRecoveryMutation = { createRecovery: { id: string, createdAt: string, userId: string, expiresAt: string, phrase: string | null } | null };

export type CreateVerificationMutationVariables = Exact<{
  url?: string | null | undefined;
}>;


export type CreateVerificationMutation = { createVerification: { id: string, createdAt: string, userId: string, expiresAt: string, phrase: string | null } | null };

export type DeleteAccountMutationVariables = Exact<{ [key: string]: never; }>;


export type DeleteAccountMutation = { deleteAccount: { id: string, createdAt: string, updatedAt: string, name: string, registeredAt: string, enabled: boolean, labels: Array<string>, email: string | null, emailVerified: boolean, phone: string | null, phoneVerified: boolean, passwordUpdatedAt: string | null, mfaEnabled: boolean, mfaDueAt: string | null, prefs: Record<string, unknown>, accessedAt: string | null, deleteAt: string | null } | null };

export type DeleteIdentityMutationVariables = Exact<{
  identityId: string | number;
}>;


export type DeleteIdentityMutation = { deleteIdentity: { deletedIdentityId: string } | null };

export type DeleteMfaAuthenticatorMutationVariables = Exact<{
  type: AuthenticatorType;
}>;


export type DeleteMfaAuthenticatorMutation = { deleteMfaAuthenticator: { deletedType: AuthenticatorType, user: { id: string, createdAt: string, updatedAt: string, name: string, registeredAt: string, enabled: boolean, labels: Array<string>, email: string | null, emailVerified: boolean, phone: string | null, phoneVerified: boolean, passwordUpdatedAt: string | null, mfaEnabled: boolean, mfaDueAt: string | null, prefs: Record<string, unknown>, accessedAt: string | null, deleteAt: string | null } } | null };

export type DeletePasskeyMutationVariables = Exact<{
  passkeyId: string | number;
}>;


export type DeletePasskeyMutation = { deletePasskey: { deletedPasskeyId: string } | null };

export type DeleteSessionsMutationVariables = Exact<{ [key: string]: never; }>;


export type DeleteSessionsMutation = { deleteSessions: { deletedSessionIds: Array<string> } | null };

export type DeleteTrustedDeviceMutationVariables = Exact<{
  deviceId: string | number;
}>;


export type DeleteTrustedDeviceMutation = { deleteTrustedDevice: { deletedDeviceId: string } | null };

export type ExportAccountQueryVariables = Exact<{ [key: string]: never; }>;


export type ExportAccountQuery = { exportAccount: Record<string, unknown> | null };

export type GetMfaRecoveryCodesQueryVariables = Exact<{ [key: string]: never; }>;


export type GetMfaRecoveryCodesQuery = { getMfaRecoveryCodes: { recoveryCodes: Array<string> } | null };

export type GetPrefsQueryVariables = Exact<{ [key: string]: never; }>;


export type GetPrefsQuery = { getPrefs: Record<string, unknown> | null };

export type ListIdentitiesQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type ListIdentitiesQuery = { listIdentities: { totalCount: number, nodes: Array<{ id: string, createdAt: string, updatedAt: string, userId: string, provider: IdentityProvider, providerUid: string, providerEmail: string | null, providerAccessToken: string | null, providerAccessTokenExpiresAt: string | null, providerRefreshToken: string | null }>, edges: Array<{ cursor: string, node: { id: string } }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } | null };

export type ListLogsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type ListLogsQuery = { listLogs: { totalCount: number, nodes: Array<{ id: string, event: LogEvent, detail: string | null, sessionId: string | null, actor: string, userId: string, time: string, origin: { ip: string | null, os: { code: string | null, name: string | null, version: string | null }, client: { type: string | null, code: string | null, name: string | null, version: string | null, engine: string | null, engineVersion: string | null }, device: { name: string | null, brand: string | null, model: string | null }, country: { code: string, name: string } | null } }>, edges: Array<{ cursor: string, node: { id: string } }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } | null };

export type ListMfaFactorsQueryVariables = Exact<{ [key: string]: never; }>;


export type ListMfaFactorsQuery = { listMfaFactors: { totp: boolean, phone: boolean, email: boolean, recoveryCode: boolean, passkey: boolean } | null };

export type ListPasskeysQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type ListPasskeysQuery = { listPasskeys: { totalCount: number, nodes: Array<{ id: string, createdAt: string, updatedAt: string, userId: string, name: string, lastUsedAt: string | null, backedUp: boolean, transports: Array<string> }>, edges: Array<{ cursor: string }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } | null };

export type ListSecurityChangesQueryVariables = Exact<{
  userId: string | number;
  secret: string;
}>;


export type ListSecurityChangesQuery = { listSecurityChanges: Array<{ id: string, createdAt: string, kind: SecurityChangeKind, detail: string, actor: string, sessionId: string | null, deviceId: string | null, thisDevice: boolean, suggested: boolean, needsFactor: boolean, origin: { ip: string | null, os: { code: string | null, name: string | null, version: string | null }, client: { type: string | null, code: string | null, name: string | null, version: string | null, engine: string | null, engineVersion: string | null }, device: { name: string | null, brand: string | null, model: string | null }, country: { code: string, name: string } | null } }> | null };

export type ListSessionsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type ListSessionsQuery = { listSessions: { totalCount: number, nodes: Array<{ id: string, createdAt: string, updatedAt: string, userId: string, expiresAt: string, provider: SessionProvider, providerUid: string | null, providerAccessToken: string | null, providerAccessTokenExpiresAt: string | null, providerRefreshToken: string | null, actor: string, current: boolean, factors: Array<Factor>, missingFactors: Array<AuthenticationFactor>, enrolmentRequired: boolean, completedFactors: Array<AuthenticationFactor>, mfaUpdatedAt: string | null, secret: string | null, origin: { ip: string | null, os: { code: string | null, name: string | null, version: string | null }, client: { type: string | null, code: string | null, name: string | null, version: string | null, engine: string | null, engineVersion: string | null }, device: { name: string | null, brand: string | null, model: string | null }, country: { code: string, name: string } | null } }>, edges: Array<{ cursor: string, node: { id: string } }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } | null };

export type ListTrustedDevicesQueryVariables = Exact<{ [key: string]: never; }>;


export type ListTrustedDevicesQuery = { listTrustedDevices: Array<{ id: string, createdAt: string, expiresAt: string, lastUsedAt: string | null, current: boolean, origin: { ip: string | null, os: { code: string | null, name: string | null, version: string | null }, client: { type: string | null, code: string | null, name: string | null, version: string | null, engine: string | null, engineVersion: string | null }, device: { name: string | null, brand: string | null, model: string | null }, country: { code: string, name: string } | null } }> | null };

export type SignInOptionsQueryVariables = Exact<{ [key: string]: never; }>;


export type SignInOptionsQuery = { signInOptions: { appName: string, signUp: SignUpMode, methods: Array<SignInMethod>, passwordMinLength: number, mfaRequired: boolean, termsUrl: string | null, privacyUrl: string | null, providers: Array<{ provider: OAuthProvider, name: string }>, proof: { kind: ProofKind, siteKey: string | null } | null } | null };

export type UndoChangeMutationVariables = Exact<{
  userId?: string | number | null | undefined;
  secret?: string | null | undefined;
  changeIds?: Array<string | number> | string | number | null | undefined;
  otp?: string | null | undefined;
  ceremonyId?: string | number | null | undefined;
  credential?: object | null | undefined;
}>;


export type UndoChangeMutation = { undoChange: { event: string, undoneAt: string, changes: Array<{ id: string, createdAt: string, kind: SecurityChangeKind, detail: string, actor: string, sessionId: string | null, deviceId: string | null, thisDevice: boolean, suggested: boolean, needsFactor: boolean, origin: { ip: string | null, os: { code: string | null, name: string | null, version: string | null }, client: { type: string | null, code: string | null, name: string | null, version: string | null, engine: string | null, engineVersion: string | null }, device: { name: string | null, brand: string | null, model: string | null }, country: { code: string, name: string } | null } }>, notRestored: Array<{ id: string, createdAt: string, kind: SecurityChangeKind, detail: string, actor: string, sessionId: string | null, deviceId: string | null, thisDevice: boolean, suggested: boolean, needsFactor: boolean, origin: { ip: string | null, os: { code: string | null, name: string | null, version: string | null }, client: { type: string | null, code: string | null, name: string | null, version: string | null, engine: string | null, engineVersion: string | null }, device: { name: string | null, brand: string | null, model: string | null }, country: { code: string, name: string } | null } }> } | null };

export type UpdateEmailMutationVariables = Exact<{
  email: string;
  password: string;
}>;


export type UpdateEmailMutation = { updateEmail: { id: string, createdAt: string, updatedAt: string, name: string, registeredAt: string, enabled: boolean, labels: Array<string>, email: string | null, emailVerified: boolean, phone: string | null, phoneVerified: boolean, passwordUpdatedAt: string | null, mfaEnabled: boolean, mfaDueAt: string | null, prefs: Record<string, unknown>, accessedAt: string | null, deleteAt: string | null } | null };

export type UpdateMfaMutationVariables = Exact<{
  mfa: boolean;
}>;


export type UpdateMfaMutation = { updateMFA: { id: string, createdAt: string, updatedAt: string, name: string, registeredAt: string, enabled: boolean, labels: Array<string>, email: string | null, emailVerified: boolean, phone: string | null, phoneVerified: boolean, passwordUpdatedAt: string | null, mfaEnabled: boolean, mfaDueAt: string | null, prefs: Record<string, unknown>, accessedAt: string | null, deleteAt: string | null, mfaFactors: { totp: boolean, phone: boolean, email: boolean, recoveryCode: boolean, passkey: boolean } } | null };

export type UpdateMagicUrlSessionMutationVariables = Exact<{
  userId: string | number;
  secret: string;
}>;


export type UpdateMagicUrlSessionMutation = { updateMagicURLSession: { id: string, createdAt: string, updatedAt: string, userId: string, expiresAt: string, provider: SessionProvider, providerUid: string | null, providerAccessToken: string | null, providerAccessTokenExpiresAt: string | null, providerRefreshToken: string | null, actor: string, current: boolean, factors: Array<Factor>, missingFactors: Array<AuthenticationFactor>, enrolmentRequired: boolean, completedFactors: Array<AuthenticationFactor>, mfaUpdatedAt: string | null, secret: string | null, origin: { ip: string | null, os: { code: string | null, name: string | null, version: string | null }, client: { type: string | null, code: string | null, name: string | null, version: string | null, engine: string | null, engineVersion: string | null }, device: { name: string | null, brand: string | null, model: string | null }, country: { code: string, name: string } | null } } | null };

export type UpdateMfaAuthenticatorMutationVariables = Exact<{
  type: AuthenticatorType;
  otp: string;
}>;


export type UpdateMfaAuthenticatorMutation = { updateMfaAuthenticator: { id: string, createdAt: string, updatedAt: string, name: string, registeredAt: string, enabled: boolean, labels: Array<string>, email: string | null, emailVerified: boolean, phone: string | null, phoneVerified: boolean, passwordUpdatedAt: string | null, mfaEnabled: boolean, mfaDueAt: string | null, prefs: Record<string, unknown>, accessedAt: string | null, deleteAt: string | null } | null };

export type UpdateMfaPasskeyChallengeMutationVariables = Exact<{
  challengeId: string | number;
  credential: object;
  trustDevice?: boolean | null | undefined;
}>;


export type UpdateMfaPasskeyChallengeMutation = { updateMfaPasskeyChallenge: { id: string, createdAt: string, updatedAt: string, userId: string, expiresAt: string, provider: SessionProvider, providerUid: string | null, providerAccessToken: string | null, providerAccessTokenExpiresAt: string | null, providerRefreshToken: string | null, actor: string, current: boolean, factors: Array<Factor>, missingFactors: Array<AuthenticationFactor>, enrolmentRequired: boolean, completedFactors: Array<AuthenticationFactor>, mfaUpdatedAt: string | null, secret: string | null, origin: { ip: string | null, os: { code: string | null, name: string | null, version: string | null }, client: { type: string | null, code: string | null, name: string | null, version: string | null, engine: string | null, engineVersion: string | null }, device: { name: string | null, brand: string | null, model: string | null }, country: { code: string, name: string } | null } } | null };

export type UpdateMfaRecoveryCodesMutationVariables = Exact<{ [key: string]: never; }>;


export type UpdateMfaRecoveryCodesMutation = { updateMfaRecoveryCodes: { recoveryCodes: Array<string> } | null };

export type UpdateNameMutationVariables = Exact<{
  name: string;
}>;


export type UpdateNameMutation = { updateName: { id: string, createdAt: string, updatedAt: string, name: string, registeredAt: string, enabled: boolean, labels: Array<string>, email: string | null, emailVerified: boolean, phone: string | null, phoneVerified: boolean, passwordUpdatedAt: string | null, mfaEnabled: boolean, mfaDueAt: string | null, prefs: Record<string, unknown>, accessedAt: string | null, deleteAt: string | null } | null };

export type UpdatePasskeyMutationVariables = Exact<{
  passkeyId: string | number;
  name: string;
}>;


export type UpdatePasskeyMutation = { updatePasskey: { id: string, createdAt: string, updatedAt: string, userId: string, name: string, lastUsedAt: string | null, backedUp: boolean, transports: Array<string> } | null };

export type UpdatePasswordMutationVariables = Exact<{
  password: string;
  oldPassword?: string | null | undefined;
}>;


export type UpdatePasswordMutation = { updatePassword: { id: string, createdAt: string, updatedAt: string, name: string, registeredAt: string, enabled: boolean, labels: Array<string>, email: string | null, emailVerified: boolean, phone: string | null, phoneVerified: boolean, passwordUpdatedAt: string | null, mfaEnabled: boolean, mfaDueAt: string | null, prefs: Record<string, unknown>, accessedAt: string | null, deleteAt: string | null } | null };

export type UpdatePhoneMutationVariables = Exact<{
  phone: string;
  password: string;
}>;


export type UpdatePhoneMutation = { updatePhone: { id: string, createdAt: string, updatedAt: string, name: string, registeredAt: string, enabled: boolean, labels: Array<string>, email: string | null, emailVerified: boolean, phone: string | null, phoneVerified: boolean, passwordUpdatedAt: string | null, mfaEnabled: boolean, mfaDueAt: string | null, prefs: Record<string, unknown>, accessedAt: string | null, deleteAt: string | null } | null };

export type UpdatePhoneSessionMutationVariables = Exact<{
  userId: string | number;
  secret: string;
}>;


export type UpdatePhoneSessionMutation = { updatePhoneSession: { id: string, createdAt: string, updatedAt: string, userId: string, expiresAt: string, provider: SessionProvider, providerUid: string | null, providerAccessToken: string | null, providerAccessTokenExpiresAt: string | null, providerRefreshToken: string | null, actor: string, current: boolean, factors: Array<Factor>, missingFactors: Array<AuthenticationFactor>, enrolmentRequired: boolean, completedFactors: Array<AuthenticationFactor>, mfaUpdatedAt: string | null, secret: string | null, origin: { ip: string | null, os: { code: string | null, name: string | null, version: string | null }, client: { type: string | null, code: string | null, name: string | null, version: string | null, engine: string | null, engineVersion: string | null }, device: { name: string | null, brand: string | null, model: string | null }, country: { code: string, name: string } | null } } | null };

export type UpdatePhoneVerificationMutationVariables = Exact<{
  userId: string | number;
  secret: string;
}>;


export type UpdatePhoneVerificationMutation = { updatePhoneVerification: { id: string, createdAt: string, userId: string, expiresAt: string, phrase: string | null } | null };

export type UpdatePrefsMutationVariables = Exact<{
  prefs: object;
}>;


export type UpdatePrefsMutation = { updatePrefs: { id: string, createdAt: string, updatedAt: string, name: string, registeredAt: string, enabled: boolean, labels: Array<string>, email: string | null, emailVerified: boolean, phone: string | null, phoneVerified: boolean, passwordUpdatedAt: string | null, mfaEnabled: boolean, mfaDueAt: string | null, prefs: Record<string, unknown>, accessedAt: string | null, deleteAt: string | null } | null };

export type UpdateRecoveryMutationVariables = Exact<{
  userId: string | number;
  secret: string;
  password: string;
}>;


export type UpdateRecoveryMutation = { updateRecovery: { id: string, createdAt: string, userId: string, expiresAt: string, phrase: string | null } | null };

export type UpdateSessionMutationVariables = Exact<{
  sessionId: string | number;
}>;


export type UpdateSessionMutation = { updateSession: { id: string, createdAt: string, updatedAt: string, userId: string, expiresAt: string, provider: SessionProvider, providerUid: string | null, providerAccessToken: string | null, providerAccessTokenExpiresAt: string | null, providerRefreshToken: string | null, actor: string, current: boolean, factors: Array<Factor>, missingFactors: Array<AuthenticationFactor>, enrolmentRequired: boolean, completedFactors: Array<AuthenticationFactor>, mfaUpdatedAt: string | null, secret: string | null, origin: { ip: string | null, os: { code: string | null, name: string | null, version: string | null }, client: { type: string | null, code: string | null, name: string | null, version: string | null, engine: string | null, engineVersion: string | null }, device: { name: string | null, brand: string | null, model: string | null }, country: { code: string, name: string } | null } } | null };

export type UpdateStatusMutationVariables = Exact<{ [key: string]: never; }>;


export type UpdateStatusMutation = { updateStatus: { id: string, createdAt: string, updatedAt: string, name: string, registeredAt: string, enabled: boolean, labels: Array<string>, email: string | null, emailVerified: boolean, phone: string | null, phoneVerified: boolean, passwordUpdatedAt: string | null, mfaEnabled: boolean, mfaDueAt: string | null, prefs: Record<string, unknown>, accessedAt: string | null, deleteAt: string | null } | null };

export type UpdateVerificationMutationVariables = Exact<{
  userId: string | number;
  secret: string;
  password?: string | null | undefined;
}>;


export type UpdateVerificationMutation = { updateVerification: { id: string, createdAt: string, userId: string, expiresAt: string, phrase: string | null } | null };

export type UserPartsFragment = { id: string, createdAt: string, updatedAt: string, name: string, registeredAt: string, enabled: boolean, labels: Array<string>, email: string | null, emailVerified: boolean, phone: string | null, phoneVerified: boolean, passwordUpdatedAt: string | null, mfaEnabled: boolean, mfaDueAt: string | null, prefs: Record<string, unknown>, accessedAt: string | null, deleteAt: string | null };

export type OriginPartsFragment = { ip: string | null, os: { code: string | null, name: string | null, version: string | null }, client: { type: string | null, code: string | null, name: string | null, version: string | null, engine: string | null, engineVersion: string | null }, device: { name: string | null, brand: string | null, model: string | null }, country: { code: string, name: string } | null };

export type SessionPartsFragment = { id: string, createdAt: string, updatedAt: string, userId: string, expiresAt: string, provider: SessionProvider, providerUid: string | null, providerAccessToken: string | null, providerAccessTokenExpiresAt: string | null, providerRefreshToken: string | null, actor: string, current: boolean, factors: Array<Factor>, missingFactors: Array<AuthenticationFactor>, enrolmentRequired: boolean, completedFactors: Array<AuthenticationFactor>, mfaUpdatedAt: string | null, secret: string | null, origin: { ip: string | null, os: { code: string | null, name: string | null, version: string | null }, client: { type: string | null, code: string | null, name: string | null, version: string | null, engine: string | null, engineVersion: string | null }, device: { name: string | null, brand: string | null, model: string | null }, country: { code: string, name: string } | null } };

export type IdentityPartsFragment = { id: string, createdAt: string, updatedAt: string, userId: string, provider: IdentityProvider, providerUid: string, providerEmail: string | null, providerAccessToken: string | null, providerAccessTokenExpiresAt: string | null, providerRefreshToken: string | null };

export type LogPartsFragment = { id: string, event: LogEvent, detail: string | null, sessionId: string | null, actor: string, userId: string, time: string, origin: { ip: string | null, os: { code: string | null, name: string | null, version: string | null }, client: { type: string | null, code: string | null, name: string | null, version: string | null, engine: string | null, engineVersion: string | null }, device: { name: string | null, brand: string | null, model: string | null }, country: { code: string, name: string } | null } };

export type PagePartsFragment = { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null };

export type TokenPartsFragment = { id: string, createdAt: string, userId: string, expiresAt: string, phrase: string | null };

export type FactorPartsFragment = { totp: boolean, phone: boolean, email: boolean, recoveryCode: boolean, passkey: boolean };

export type PasskeyPartsFragment = { id: string, createdAt: string, updatedAt: string, userId: string, name: string, lastUsedAt: string | null, backedUp: boolean, transports: Array<string> };

export type CeremonyPartsFragment = { id: string, options: Record<string, unknown>, expiresAt: string };

export type MessagePartsFragment = { id: string, createdAt: string, channel: MessageChannel, kind: string, to: string, state: MessageState, attempts: number, nextAttemptAt: string | null, sentAt: string | null, failedAt: string | null, lastError: string | null };

export type SecurityChangePartsFragment = { id: string, createdAt: string, kind: SecurityChangeKind, detail: string, actor: string, sessionId: string | null, deviceId: string | null, thisDevice: boolean, suggested: boolean, needsFactor: boolean, origin: { ip: string | null, os: { code: string | null, name: string | null, version: string | null }, client: { type: string | null, code: string | null, name: string | null, version: string | null, engine: string | null, engineVersion: string | null }, device: { name: string | null, brand: string | null, model: string | null }, country: { code: string, name: string } | null } };

export type UndonePartsFragment = { event: string, undoneAt: string, changes: Array<{ id: string, createdAt: string, kind: SecurityChangeKind, detail: string, actor: string, sessionId: string | null, deviceId: string | null, thisDevice: boolean, suggested: boolean, needsFactor: boolean, origin: { ip: string | null, os: { code: string | null, name: string | null, version: string | null }, client: { type: string | null, code: string | null, name: string | null, version: string | null, engine: string | null, engineVersion: string | null }, device: { name: string | null, brand: string | null, model: string | null }, country: { code: string, name: string } | null } }>, notRestored: Array<{ id: string, createdAt: string, kind: SecurityChangeKind, detail: string, actor: string, sessionId: string | null, deviceId: string | null, thisDevice: boolean, suggested: boolean, needsFactor: boolean, origin: { ip: string | null, os: { code: string | null, name: string | null, version: string | null }, client: { type: string | null, code: string | null, name: string | null, version: string | null, engine: string | null, engineVersion: string | null }, device: { name: string | null, brand: string | null, model: string | null }, country: { code: string, name: string } | null } }> };

export type InvitationPartsFragment = { id: string, createdAt: string, expiresAt: string, email: string, name: string | null, labels: Array<string>, invitedBy: string, acceptedAt: string | null, userId: string | null };

export type TrustedDevicePartsFragment = { id: string, createdAt: string, expiresAt: string, lastUsedAt: string | null, current: boolean, origin: { ip: string | null, os: { code: string | null, name: string | null, version: string | null }, client: { type: string | null, code: string | null, name: string | null, version: string | null, engine: string | null, engineVersion: string | null }, device: { name: string | null, brand: string | null, model: string | null }, country: { code: string, name: string } | null } };

export type CreateInvitationMutationVariables = Exact<{
  email: string;
  name?: string | null | undefined;
  labels?: Array<string> | string | null | undefined;
  url?: string | null | undefined;
}>;


export type CreateInvitationMutation = { createInvitation: { id: string, createdAt: string, expiresAt: string, email: string, name: string | null, labels: Array<string>, invitedBy: string, acceptedAt: string | null, userId: string | null } | null };

export type CreateUserMutationVariables = Exact<{
  userId?: string | number | null | undefined;
  email?: string | null | undefined;
  phone?: string | null | undefined;
  password?: string | null | undefined;
  passwordHash?: string | null | undefined;
  name?: string | null | undefined;
  emailVerified?: boolean | null | undefined;
  phoneVerified?: boolean | null | undefined;
  labels?: Array<string> | string | null | undefined;
}>;


export type CreateUserMutation = { createUser: { id: string, createdAt: string, updatedAt: string, name: string, registeredAt: string, enabled: boolean, labels: Array<string>, email: string | null, emailVerified: boolean, phone: string | null, phoneVerified: boolean, passwordUpdatedAt: string | null, mfaEnabled: boolean, mfaDueAt: string | null, prefs: Record<string, unknown>, accessedAt: string | null, deleteAt: string | null } | null };

export type CreateUserTokenMutationVariables = Exact<{
  userId: string | number;
  expiresIn?: number | null | undefined;
}>;


export type CreateUserTokenMutation = { createUserToken: { userId: string, secret: string, expiresAt: string } | null };

export type DeleteInvitationMutationVariables = Exact<{
  invitationId: string | number;
}>;


export type DeleteInvitationMutation = { deleteInvitation: { deletedInvitationId: string } | null };

export type DeleteUserMutationVariables = Exact<{
  userId: string | number;
}>;


export type DeleteUserMutation = { deleteUser: { deletedUserId: string } | null };

export type DeleteUserFactorsMutationVariables = Exact<{
  userId: string | number;
}>;


export type DeleteUserFactorsMutation = { deleteUserFactors: { id: string, createdAt: string, updatedAt: string, name: string, registeredAt: string, enabled: boolean, labels: Array<string>, email: string | null, emailVerified: boolean, phone: string | null, phoneVerified: boolean, passwordUpdatedAt: string | null, mfaEnabled: boolean, mfaDueAt: string | null, prefs: Record<string, unknown>, accessedAt: string | null, deleteAt: string | null } | null };

export type DeleteUserSessionsMutationVariables = Exact<{
  userId: string | number;
  sessionId?: string | number | null | undefined;
}>;


export type DeleteUserSessionsMutation = { deleteUserSessions: { deletedSessionIds: Array<string> } | null };

export type GetUserQueryVariables = Exact<{
  userId: string | number;
}>;


export type GetUserQuery = { getUser: { testAccount: boolean, id: string, createdAt: string, updatedAt: string, name: string, registeredAt: string, enabled: boolean, labels: Array<string>, email: string | null, emailVerified: boolean, phone: string | null, phoneVerified: boolean, passwordUpdatedAt: string | null, mfaEnabled: boolean, mfaDueAt: string | null, prefs: Record<string, unknown>, accessedAt: string | null, deleteAt: string | null, mfaFactors: { totp: boolean, phone: boolean, email: boolean, recoveryCode: boolean, passkey: boolean }, sessions: { nodes: Array<{ id: string, createdAt: string, updatedAt: string, userId: string, expiresAt: string, provider: SessionProvider, providerUid: string | null, providerAccessToken: string | null, providerAccessTokenExpiresAt: string | null, providerRefreshToken: string | null, actor: string, current: boolean, factors: Array<Factor>, missingFactors: Array<AuthenticationFactor>, enrolmentRequired: boolean, completedFactors: Array<AuthenticationFactor>, mfaUpdatedAt: string | null, secret: string | null, origin: { ip: string | null, os: { code: string | null, name: string | null, version: string | null }, client: { type: string | null, code: string | null, name: string | null, version: string | null, engine: string | null, engineVersion: string | null }, device: { name: string | null, brand: string | null, model: string | null }, country: { code: string, name: string } | null } }> }, identities: { nodes: Array<{ id: string, createdAt: string, updatedAt: string, userId: string, provider: IdentityProvider, providerUid: string, providerEmail: string | null, providerAccessToken: string | null, providerAccessTokenExpiresAt: string | null, providerRefreshToken: string | null }> }, passkeys: { nodes: Array<{ id: string, createdAt: string, updatedAt: string, userId: string, name: string, lastUsedAt: string | null, backedUp: boolean, transports: Array<string> }> }, securityChanges: Array<{ id: string, createdAt: string, kind: SecurityChangeKind, detail: string, actor: string, sessionId: string | null, deviceId: string | null, thisDevice: boolean, suggested: boolean, needsFactor: boolean, origin: { ip: string | null, os: { code: string | null, name: string | null, version: string | null }, client: { type: string | null, code: string | null, name: string | null, version: string | null, engine: string | null, engineVersion: string | null }, device: { name: string | null, brand: string | null, model: string | null }, country: { code: string, name: string } | null } }>, logs: { nodes: Array<{ id: string, event: LogEvent, detail: string | null, sessionId: string | null, actor: string, userId: string, time: string, origin: { ip: string | null, os: { code: string | null, name: string | null, version: string | null }, client: { type: string | null, code: string | null, name: string | null, version: string | null, engine: string | null, engineVersion: string | null }, device: { name: string | null, brand: string | null, model: string | null }, country: { code: string, name: string } | null } }> } } | null };

export type ListInvitationsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type ListInvitationsQuery = { listInvitations: { nodes: Array<{ id: string, createdAt: string, expiresAt: string, email: string, name: string | null, labels: Array<string>, invitedBy: string, acceptedAt: string | null, userId: string | null }>, edges: Array<{ cursor: string, node: { id: string } }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } | null };

export type ListMessagesQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  state?: MessageState | null | undefined;
  to?: string | null | undefined;
  channel?: MessageChannel | null | undefined;
}>;


export type ListMessagesQuery = { listMessages: { nodes: Array<{ id: string, createdAt: string, channel: MessageChannel, kind: string, to: string, state: MessageState, attempts: number, nextAttemptAt: string | null, sentAt: string | null, failedAt: string | null, lastError: string | null }>, edges: Array<{ cursor: string, node: { id: string } }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } | null };

export type ListUsersQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  search?: string | null | undefined;
}>;


export type ListUsersQuery = { listUsers: { nodes: Array<{ id: string, createdAt: string, updatedAt: string, name: string, registeredAt: string, enabled: boolean, labels: Array<string>, email: string | null, emailVerified: boolean, phone: string | null, phoneVerified: boolean, passwordUpdatedAt: string | null, mfaEnabled: boolean, mfaDueAt: string | null, prefs: Record<string, unknown>, accessedAt: string | null, deleteAt: string | null }>, edges: Array<{ cursor: string, node: { id: string } }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } | null };

export type RetryMessageMutationVariables = Exact<{
  messageId: string | number;
}>;


export type RetryMessageMutation = { retryMessage: { id: string, createdAt: string, channel: MessageChannel, kind: string, to: string, state: MessageState, attempts: number, nextAttemptAt: string | null, sentAt: string | null, failedAt: string | null, lastError: string | null } | null };

export type UndoUserChangesMutationVariables = Exact<{
  userId: string | number;
  changeIds: Array<string | number> | string | number;
}>;


export type UndoUserChangesMutation = { undoUserChanges: { event: string, undoneAt: string, changes: Array<{ id: string, createdAt: string, kind: SecurityChangeKind, detail: string, actor: string, sessionId: string | null, deviceId: string | null, thisDevice: boolean, suggested: boolean, needsFactor: boolean, origin: { ip: string | null, os: { code: string | null, name: string | null, version: string | null }, client: { type: string | null, code: string | null, name: string | null, version: string | null, engine: string | null, engineVersion: string | null }, device: { name: string | null, brand: string | null, model: string | null }, country: { code: string, name: string } | null } }>, notRestored: Array<{ id: string, createdAt: string, kind: SecurityChangeKind, detail: string, actor: string, sessionId: string | null, deviceId: string | null, thisDevice: boolean, suggested: boolean, needsFactor: boolean, origin: { ip: string | null, os: { code: string | null, name: string | null, version: string | null }, client: { type: string | null, code: string | null, name: string | null, version: string | null, engine: string | null, engineVersion: string | null }, device: { name: string | null, brand: string | null, model: string | null }, country: { code: string, name: string } | null } }> } | null };

export type UpdateUserLabelsMutationVariables = Exact<{
  userId: string | number;
  labels: Array<string> | string;
}>;


export type UpdateUserLabelsMutation = { updateUserLabels: { id: string, createdAt: string, updatedAt: string, name: string, registeredAt: string, enabled: boolean, labels: Array<string>, email: string | null, emailVerified: boolean, phone: string | null, phoneVerified: boolean, passwordUpdatedAt: string | null, mfaEnabled: boolean, mfaDueAt: string | null, prefs: Record<string, unknown>, accessedAt: string | null, deleteAt: string | null } | null };

export type UpdateUserStatusMutationVariables = Exact<{
  userId: string | number;
  enabled: boolean;
}>;


export type UpdateUserStatusMutation = { updateUserStatus: { id: string, createdAt: string, updatedAt: string, name: string, registeredAt: string, enabled: boolean, labels: Array<string>, email: string | null, emailVerified: boolean, phone: string | null, phoneVerified: boolean, passwordUpdatedAt: string | null, mfaEnabled: boolean, mfaDueAt: string | null, prefs: Record<string, unknown>, accessedAt: string | null, deleteAt: string | null } | null };

export type UpdateUserVerificationMutationVariables = Exact<{
  userId: string | number;
  email?: string | null | undefined;
  emailVerified?: boolean | null | undefined;
  phone?: string | null | undefined;
  phoneVerified?: boolean | null | undefined;
}>;


export type UpdateUserVerificationMutation = { updateUserVerification: { id: string, createdAt: string, updatedAt: string, name: string, registeredAt: string, enabled: boolean, labels: Array<string>, email: string | null, emailVerified: boolean, phone: string | null, phoneVerified: boolean, passwordUpdatedAt: string | null, mfaEnabled: boolean, mfaDueAt: string | null, prefs: Record<string, unknown>, accessedAt: string | null, deleteAt: string | null } | null };

export type CreateAccountMutationVariables = Exact<{
  userId?: string | number | null | undefined;
  email: string;
  password: string;
  name?: string | null | undefined;
  url?: string | null | undefined;
}>;


export type CreateAccountMutation = { createAccount: { id: string, createdAt: string, updatedAt: string, name: string, registeredAt: string, enabled: boolean, labels: Array<string>, email: string | null, emailVerified: boolean, phone: string | null, phoneVerified: boolean, passwordUpdatedAt: string | null, mfaEnabled: boolean, mfaDueAt: string | null, prefs: Record<string, unknown>, accessedAt: string | null, deleteAt: string | null } | null };

export type CreateAnonymousSessionMutationVariables = Exact<{ [key: string]: never; }>;


export type CreateAnonymousSessionMutation = { createAnonymousSession: { id: string, createdAt: string, updatedAt: string, userId: string, expiresAt: string, provider: SessionProvider, providerUid: string | null, providerAccessToken: string | null, providerAccessTokenExpiresAt: string | null, providerRefreshToken: string | null, actor: string, current: boolean, factors: Array<Factor>, missingFactors: Array<AuthenticationFactor>, enrolmentRequired: boolean, completedFactors: Array<AuthenticationFactor>, mfaUpdatedAt: string | null, secret: string | null, origin: { ip: string | null, os: { code: string | null, name: string | null, version: string | null }, client: { type: string | null, code: string | null, name: string | null, version: string | null, engine: string | null, engineVersion: string | null }, device: { name: string | null, brand: string | null, model: string | null }, country: { code: string, name: string } | null } } | null };

export type CreateEmailPasswordSessionMutationVariables = Exact<{
  email: string;
  password: string;
}>;


export type CreateEmailPasswordSessionMutation = { createEmailPasswordSession: { id: string, createdAt: string, updatedAt: string, userId: string, expiresAt: string, provider: SessionProvider, providerUid: string | null, providerAccessToken: string | null, providerAccessTokenExpiresAt: string | null, providerRefreshToken: string | null, actor: string, current: boolean, factors: Array<Factor>, missingFactors: Array<AuthenticationFactor>, enrolmentRequired: boolean, completedFactors: Array<AuthenticationFactor>, mfaUpdatedAt: string | null, secret: string | null, origin: { ip: string | null, os: { code: string | null, name: string | null, version: string | null }, client: { type: string | null, code: string | null, name: string | null, version: string | null, engine: string | null, engineVersion: string | null }, device: { name: string | null, brand: string | null, model: string | null }, country: { code: string, name: string } | null } } | null };

export type CreateEmailTokenMutationVariables = Exact<{
  userId?: string | number | null | undefined;
  email: string;
  phrase?: boolean | null | undefined;
}>;


export type CreateEmailTokenMutation = { createEmailToken: { id: string, createdAt: string, userId: string, expiresAt: string, phrase: string | null } | null };

export type CreateMagicUrlTokenMutationVariables = Exact<{
  userId?: string | number | null | undefined;
  email: string;
  url?: string | null | undefined;
  phrase?: boolean | null | undefined;
}>;


export type CreateMagicUrlTokenMutation = { createMagicURLToken: { id: string, createdAt: string, userId: string, expiresAt: string, phrase: string | null } | null };

export type CreateMfaChallengeMutationVariables = Exact<{
  factor: AuthenticationFactor;
}>;


export type CreateMfaChallengeMutation = { createMfaChallenge: { id: string, createdAt: string, userId: string, expiresAt: string, factor: AuthenticationFactor, options: PasskeyRequestOptions | null } | null };

export type CreateOAuth2TokenMutationVariables = Exact<{
  provider: OAuthProvider;
  success?: string | null | undefined;
  failure?: string | null | undefined;
  scopes?: Array<string> | string | null | undefined;
  codeChallenge?: string | null | undefined;
}>;


export type CreateOAuth2TokenMutation = { createOAuth2Token: { url: string } | null };

export type CreatePasskeySessionMutationVariables = Exact<{
  ceremonyId: string | number;
  credential: object;
}>;


export type CreatePasskeySessionMutation = { createPasskeySession: { id: string, createdAt: string, updatedAt: string, userId: string, expiresAt: string, provider: SessionProvider, providerUid: string | null, providerAccessToken: string | null, providerAccessTokenExpiresAt: string | null, providerRefreshToken: string | null, actor: string, current: boolean, factors: Array<Factor>, missingFactors: Array<AuthenticationFactor>, enrolmentRequired: boolean, completedFactors: Array<AuthenticationFactor>, mfaUpdatedAt: string | null, secret: string | null, origin: { ip: string | null, os: { code: string | null, name: string | null, version: string | null }, client: { type: string | null, code: string | null, name: string | null, version: string | null, engine: string | null, engineVersion: string | null }, device: { name: string | null, brand: string | null, model: string | null }, country: { code: string, name: string } | null } } | null };

export type CreatePasskeySignInMutationVariables = Exact<{ [key: string]: never; }>;


export type CreatePasskeySignInMutation = { createPasskeySignIn: { id: string, options: PasskeyRequestOptions, expiresAt: string } | null };

export type CreatePhoneTokenMutationVariables = Exact<{
  userId?: string | number | null | undefined;
  phone: string;
}>;


export type CreatePhoneTokenMutation = { createPhoneToken: { id: string, createdAt: string, userId: string, expiresAt: string, phrase: string | null } | null };

export type CreateSessionMutationVariables = Exact<{
  userId: string | number;
  secret: string;
  codeVerifier?: string | null | undefined;
}>;


export type CreateSessionMutation = { createSession: { id: string, createdAt: string, updatedAt: string, userId: string, expiresAt: string, provider: SessionProvider, providerUid: string | null, providerAccessToken: string | null, providerAccessTokenExpiresAt: string | null, providerRefreshToken: string | null, actor: string, current: boolean, factors: Array<Factor>, missingFactors: Array<AuthenticationFactor>, enrolmentRequired: boolean, completedFactors: Array<AuthenticationFactor>, mfaUpdatedAt: string | null, secret: string | null, origin: { ip: string | null, os: { code: string | null, name: string | null, version: string | null }, client: { type: string | null, code: string | null, name: string | null, version: string | null, engine: string | null, engineVersion: string | null }, device: { name: string | null, brand: string | null, model: string | null }, country: { code: string, name: string } | null } } | null };

export type DeleteSessionMutationVariables = Exact<{
  sessionId: string | number;
}>;


export type DeleteSessionMutation = { deleteSession: { deletedSessionId: string } | null };

export type GetAccountQueryVariables = Exact<{ [key: string]: never; }>;


export type GetAccountQuery = { getAccount: { id: string, createdAt: string, updatedAt: string, name: string, registeredAt: string, enabled: boolean, labels: Array<string>, email: string | null, emailVerified: boolean, phone: string | null, phoneVerified: boolean, passwordUpdatedAt: string | null, mfaEnabled: boolean, mfaDueAt: string | null, prefs: Record<string, unknown>, accessedAt: string | null, deleteAt: string | null } | null };

export type GetSessionQueryVariables = Exact<{
  sessionId: string | number;
}>;


export type GetSessionQuery = { getSession: { id: string, createdAt: string, updatedAt: string, userId: string, expiresAt: string, provider: SessionProvider, providerUid: string | null, providerAccessToken: string | null, providerAccessTokenExpiresAt: string | null, providerRefreshToken: string | null, actor: string, current: boolean, factors: Array<Factor>, missingFactors: Array<AuthenticationFactor>, enrolmentRequired: boolean, completedFactors: Array<AuthenticationFactor>, mfaUpdatedAt: string | null, secret: string | null, origin: { ip: string | null, os: { code: string | null, name: string | null, version: string | null }, client: { type: string | null, code: string | null, name: string | null, version: string | null, engine: string | null, engineVersion: string | null }, device: { name: string | null, brand: string | null, model: string | null }, country: { code: string, name: string } | null } } | null };

export type UpdateMfaChallengeMutationVariables = Exact<{
  challengeId: string | number;
  otp: string;
  trustDevice?: boolean | null | undefined;
}>;


export type UpdateMfaChallengeMutation = { updateMfaChallenge: { id: string, createdAt: string, updatedAt: string, userId: string, expiresAt: string, provider: SessionProvider, providerUid: string | null, providerAccessToken: string | null, providerAccessTokenExpiresAt: string | null, providerRefreshToken: string | null, actor: string, current: boolean, factors: Array<Factor>, missingFactors: Array<AuthenticationFactor>, enrolmentRequired: boolean, completedFactors: Array<AuthenticationFactor>, mfaUpdatedAt: string | null, secret: string | null, origin: { ip: string | null, os: { code: string | null, name: string | null, version: string | null }, client: { type: string | null, code: string | null, name: string | null, version: string | null, engine: string | null, engineVersion: string | null }, device: { name: string | null, brand: string | null, model: string | null }, country: { code: string, name: string } | null } } | null };

export type LogCreatedSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type LogCreatedSubscription = { logCreated: { id: string, event: LogEvent, detail: string | null, sessionId: string | null, actor: string, userId: string, time: string, origin: { ip: string | null, os: { code: string | null, name: string | null, version: string | null }, client: { type: string | null, code: string | null, name: string | null, version: string | null, engine: string | null, engineVersion: string | null }, device: { name: string | null, brand: string | null, model: string | null }, country: { code: string, name: string } | null } } | null };
