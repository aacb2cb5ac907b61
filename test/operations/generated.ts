/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A country in ISO 3166-1 alpha-2, upper case, for example `NO`. */
  CountryCode: { input: string; output: string; }
  /** An instant in RFC 3339: UTC, milliseconds, `Z`. For example `2026-01-31T10:20:30.123Z`. */
  DateTime: { input: string; output: string; }
  /** An e-mail address in lower case. */
  EmailAddress: { input: string; output: string; }
  /** A JSON object. Arrays, strings and null are refused. */
  JSONObject: { input: Record<string, unknown>; output: Record<string, unknown>; }
  /** A phone number in E.164, for example `+14155550100`. */
  PhoneNumber: { input: string; output: string; }
  /** An absolute URL, as the WHATWG URL Standard writes it. */
  URL: { input: string; output: string; }
};

/** Answer of deleteIdentity. */
export type DeleteIdentityPayload = {
  __typename?: 'DeleteIdentityPayload';
  /** Id of the identity that was unlinked. */
  deletedIdentityId: Scalars['ID']['output'];
};

/** Answer of deleteSession. */
export type DeleteSessionPayload = {
  __typename?: 'DeleteSessionPayload';
  /** Id of the session that ended. */
  deletedSessionId: Scalars['ID']['output'];
};

/** Answer of deleteSessions. */
export type DeleteSessionsPayload = {
  __typename?: 'DeleteSessionsPayload';
  /** Ids of the sessions that ended. */
  deletedSessionIds: Array<Scalars['ID']['output']>;
};

/** What `errors[].extensions.code` can hold, and what a client does about it. */
export type ErrorCode =
  /** An argument is invalid. Correct the argument named in `argument`; `issues` says what is wrong with each. */
  | 'GENERAL_ARGUMENT_INVALID'
  /** The request cannot be carried out. Use another e-mail address or another way to sign in. The reason is not told on purpose. */
  | 'GENERAL_BAD_REQUEST'
  /** This server sends no e-mail. Use a way to sign in that needs no e-mail, or set `MAIL_URL`. */
  | 'GENERAL_MAIL_DISABLED'
  /** Too many requests. Wait `retryAfterSeconds`, then try again. */
  | 'GENERAL_RATE_LIMIT_EXCEEDED'
  /** The service is busy or unavailable. Try again in a moment. Nothing was changed. */
  | 'GENERAL_SERVICE_UNAVAILABLE'
  /** This server sends no SMS. Use a way to sign in that needs no phone, or set `SMS_URL`. */
  | 'GENERAL_SMS_DISABLED'
  /** You are not signed in. Sign in and send the session secret as a bearer token or cookie. */
  | 'GENERAL_UNAUTHORIZED_SCOPE'
  /** Something went wrong. Report the `requestId`: the server’s log has the cause under it. */
  | 'GENERAL_UNKNOWN'
  /** This origin may not send credentials. Add the page’s origin to `CORS_ORIGINS`. Outside a browser send a bearer token, not a cookie. */
  | 'GENERAL_UNKNOWN_ORIGIN'
  /** This provider is not configured. Set its client id and secret. */
  | 'PROJECT_PROVIDER_DISABLED'
  /** A user with this e-mail address, phone or id exists already. Sign in instead, or choose another id. */
  | 'USER_ALREADY_EXISTS'
  /** The account has a verified authenticator already. Delete it first to replace it. */
  | 'USER_AUTHENTICATOR_ALREADY_VERIFIED'
  /** The account has no such authenticator. Add one with createMfaAuthenticator. */
  | 'USER_AUTHENTICATOR_NOT_FOUND'
  /** This way to sign in is switched off. Use another one, or add it to `AUTH_METHODS`. */
  | 'USER_AUTH_METHOD_UNSUPPORTED'
  /** The account is blocked. Stop: the account’s credentials will not work again. */
  | 'USER_BLOCKED'
  /** A recent proof of who you are is required. Pass a challenge on this session, or sign in again, then repeat the call. */
  | 'USER_CHALLENGE_REQUIRED'
  /** The server takes no more users. Raise `USER_LIMIT`. */
  | 'USER_COUNT_EXCEEDED'
  /** The credentials of this request belong to different users. Send either the cookie or the Authorization header. */
  | 'USER_CREDENTIALS_CONFLICT'
  /** This e-mail address is in use. Choose another one. */
  | 'USER_EMAIL_ALREADY_EXISTS'
  /** The e-mail address is verified already. Nothing is left to do. */
  | 'USER_EMAIL_ALREADY_VERIFIED'
  /** The account has no e-mail address. Add one with updateEmail. */
  | 'USER_EMAIL_NOT_FOUND'
  /** The e-mail address is not verified. Verify it with createVerification. */
  | 'USER_EMAIL_NOT_VERIFIED'
  /** There is no such identity. List the identities; this one is gone. */
  | 'USER_IDENTITY_NOT_FOUND'
  /** The e-mail address or the password is wrong. Check both, or recover the password. */
  | 'USER_INVALID_CREDENTIALS'
  /** The token is invalid, expired or already used. Check the code, or ask for a new one. */
  | 'USER_INVALID_TOKEN'
  /** A JWT cannot make another JWT. Call createJWT with the session itself. */
  | 'USER_JWT_CREATION_DENIED'
  /** The JWT is invalid or expired. Ask for a new one with createJWT, or leave the header out. */
  | 'USER_JWT_INVALID'
  /** The provider did not say who signed in. Try again, or use another provider. */
  | 'USER_MISSING_ID'
  /** Another factor is required. Prove one of `factors` with createMfaChallenge and updateMfaChallenge. */
  | 'USER_MORE_FACTORS_REQUIRED'
  /** The provider refused the request. Start the sign-in again; the code may have been used or expired. */
  | 'USER_OAUTH2_BAD_REQUEST'
  /** The provider failed or the sign-in was cancelled. Start the sign-in again. */
  | 'USER_OAUTH2_PROVIDER_ERROR'
  /** The provider refused this server. Check the client id and secret of the provider. */
  | 'USER_OAUTH2_UNAUTHORIZED'
  /** The password contains personal data. Choose one without the name, e-mail address, phone number or id. */
  | 'USER_PASSWORD_PERSONAL_DATA'
  /** This password was used before. Choose one that is new. */
  | 'USER_PASSWORD_RECENTLY_USED'
  /** The password is too common. Choose one that is not on lists of common passwords. */
  | 'USER_PASSWORD_TOO_COMMON'
  /** This phone number is in use. Choose another one. */
  | 'USER_PHONE_ALREADY_EXISTS'
  /** The phone number is verified already. Nothing is left to do. */
  | 'USER_PHONE_ALREADY_VERIFIED'
  /** The account has no phone number. Add one with updatePhone. */
  | 'USER_PHONE_NOT_FOUND'
  /** The phone number is not verified. Verify it with createPhoneVerification. */
  | 'USER_PHONE_NOT_VERIFIED'
  /** The account has recovery codes already. Replace them with updateMfaRecoveryCodes. */
  | 'USER_RECOVERY_CODES_ALREADY_EXISTS'
  /** The account has no recovery codes. Make some with createMfaRecoveryCodes. */
  | 'USER_RECOVERY_CODES_NOT_FOUND'
  /** You are already signed in. Delete the session first, or call without its credential. */
  | 'USER_SESSION_ALREADY_EXISTS'
  /** There is no such session. List the sessions; this one has ended. With a JWT there is no current session. */
  | 'USER_SESSION_NOT_FOUND';

/** An account at an OAuth provider that its owner can sign in with. */
export type Identity = {
  __typename?: 'Identity';
  /** When it was linked. */
  createdAt: Scalars['DateTime']['output'];
  /** Id of the identity. */
  id: Scalars['ID']['output'];
  /** The provider in lower case, for example `github`. */
  provider: Scalars['String']['output'];
  /** Access token of the provider, else null. */
  providerAccessToken?: Maybe<Scalars['String']['output']>;
  /** When the access token ends; null when the provider does not say. */
  providerAccessTokenExpiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** The e-mail address the provider gave; null when it gave none. */
  providerEmail?: Maybe<Scalars['EmailAddress']['output']>;
  /** Refresh token of the provider, else null. */
  providerRefreshToken?: Maybe<Scalars['String']['output']>;
  /** The user’s id at the provider. */
  providerUid: Scalars['String']['output'];
  /** When it last changed. */
  updatedAt: Scalars['DateTime']['output'];
  /** Id of the user. */
  userId: Scalars['ID']['output'];
};

/** A page of a list of Identity, oldest first. */
export type IdentityConnection = {
  __typename?: 'IdentityConnection';
  /** The rows of this page with their cursors. */
  edges: Array<IdentityEdge>;
  /** The rows of this page. */
  nodes: Array<Identity>;
  /** Whether there is more, and where to go on. */
  pageInfo: PageInfo;
  /** How many there are on all pages. */
  totalCount: Scalars['Int']['output'];
};

/** A Identity and its place in the list. */
export type IdentityEdge = {
  __typename?: 'IdentityEdge';
  /** Opaque; goes into `after`. */
  cursor: Scalars['String']['output'];
  /** The Identity. */
  node: Identity;
};

/** A JSON Web Token that stands for a session. */
export type Jwt = {
  __typename?: 'Jwt';
  /** When it ends. */
  expiresAt: Scalars['DateTime']['output'];
  /** The token, for `Authorization: Bearer`. Signed with EdDSA. */
  jwt: Scalars['String']['output'];
};

/** Something security-relevant that happened on the account. */
export type Log = {
  __typename?: 'Log';
  /** What happened, for example `session.create` or `session.create.failed`. */
  event: Scalars['String']['output'];
  /** Id of the log line. */
  id: Scalars['ID']['output'];
  /** Where the request came from. */
  origin: Origin;
  /** When it happened. */
  time: Scalars['DateTime']['output'];
  /** Id of the user. */
  userId: Scalars['ID']['output'];
};

/** A page of a list of Log, newest first. */
export type LogConnection = {
  __typename?: 'LogConnection';
  /** The rows of this page with their cursors. */
  edges: Array<LogEdge>;
  /** The rows of this page. */
  nodes: Array<Log>;
  /** Whether there is more, and where to go on. */
  pageInfo: PageInfo;
  /** How many there are on all pages. */
  totalCount: Scalars['Int']['output'];
};

/** A Log and its place in the list. */
export type LogEdge = {
  __typename?: 'LogEdge';
  /** Opaque; goes into `after`. */
  cursor: Scalars['String']['output'];
  /** The Log. */
  node: Log;
};

/** Sign up, sign in, and change the signed-in user’s account. */
export type Mutation = {
  __typename?: 'Mutation';
  /**
   * Sign up with e-mail address and password. Makes no session and sends no mail: go on with createEmailPasswordSession, and with createVerification to verify the address.
   *
   * Access: public. Limit: 10 per hour and client address; 50 per day and client address. Errors: `USER_MORE_FACTORS_REQUIRED`, `GENERAL_RATE_LIMIT_EXCEEDED`, `USER_AUTH_METHOD_UNSUPPORTED`, `GENERAL_ARGUMENT_INVALID`, `USER_PASSWORD_TOO_COMMON`, `USER_PASSWORD_PERSONAL_DATA`, `USER_COUNT_EXCEEDED`, `GENERAL_BAD_REQUEST`, `USER_ALREADY_EXISTS`.
   */
  createAccount?: Maybe<User>;
  /**
   * Sign in without any credential, as a new user. Losing the session loses the account, until updateEmail, updatePhone or an OAuth2 sign-in makes it permanent.
   *
   * Access: public. Refused while signed in. Limit: 50 per hour and client address. Errors: `USER_MORE_FACTORS_REQUIRED`, `GENERAL_RATE_LIMIT_EXCEEDED`, `USER_AUTH_METHOD_UNSUPPORTED`, `USER_SESSION_ALREADY_EXISTS`, `USER_COUNT_EXCEEDED`.
   */
  createAnonymousSession?: Maybe<Session>;
  /**
   * Sign in with e-mail address and password. Sets the session cookie and answers the secret for other clients. One session more than the limit ends the oldest.
   *
   * Access: public. Refused while signed in. Limit: 30 failures per 15 minutes and client address; 100 failures per hour and client address. Errors: `USER_MORE_FACTORS_REQUIRED`, `GENERAL_RATE_LIMIT_EXCEEDED`, `USER_AUTH_METHOD_UNSUPPORTED`, `USER_SESSION_ALREADY_EXISTS`, `GENERAL_ARGUMENT_INVALID`, `USER_INVALID_CREDENTIALS`.
   */
  createEmailPasswordSession?: Maybe<Session>;
  /**
   * Mail a six-digit code to sign in with, by createSession, within 15 minutes. Whoever has no account gets one when the code is redeemed. The answer is the same for an address somebody has, nobody has, or a blocked user has.
   *
   * Access: public. Limit: 20 per hour and client address. Errors: `USER_MORE_FACTORS_REQUIRED`, `GENERAL_RATE_LIMIT_EXCEEDED`, `USER_AUTH_METHOD_UNSUPPORTED`, `GENERAL_ARGUMENT_INVALID`, `GENERAL_MAIL_DISABLED`.
   */
  createEmailToken?: Maybe<Token>;
  /**
   * Make a JWT that acts for the signed-in user for 15 minutes, and no longer than the session lives. It has no current session and can do no more than the session. Keys to verify it: `/.well-known/jwks.json`.
   *
   * Access: signed in. Limit: 100 per hour and user. Errors: `GENERAL_UNAUTHORIZED_SCOPE`, `USER_MORE_FACTORS_REQUIRED`, `GENERAL_RATE_LIMIT_EXCEEDED`, `USER_AUTH_METHOD_UNSUPPORTED`, `USER_JWT_CREATION_DENIED`.
   */
  createJWT?: Maybe<Jwt>;
  /**
   * Mail a link to sign in with within 1 hour. It leads to `url` with `userId`, `secret` and `expire` in its query, for createSession; without `url`, to a page of this server. Whoever has no account gets one when the link is used. Opening the link uses nothing up. The answer is the same for an address somebody has, nobody has, or a blocked user has.
   *
   * Access: public. Limit: 20 per hour and client address. Errors: `USER_MORE_FACTORS_REQUIRED`, `GENERAL_RATE_LIMIT_EXCEEDED`, `USER_AUTH_METHOD_UNSUPPORTED`, `GENERAL_ARGUMENT_INVALID`, `GENERAL_MAIL_DISABLED`.
   */
  createMagicURLToken?: Maybe<Token>;
  /**
   * Send a six-digit code by SMS to sign in with, by createSession, within 15 minutes. Whoever has no account gets one when the code is redeemed. The answer is the same for an address somebody has, nobody has, or a blocked user has.
   *
   * Access: public. Limit: 5 per hour and client address. Errors: `USER_MORE_FACTORS_REQUIRED`, `GENERAL_RATE_LIMIT_EXCEEDED`, `USER_AUTH_METHOD_UNSUPPORTED`, `GENERAL_ARGUMENT_INVALID`, `GENERAL_SMS_DISABLED`.
   */
  createPhoneToken?: Maybe<Token>;
  /**
   * Send yourself a six-digit code by SMS that proves your number is yours, within 15 minutes, for updatePhoneVerification. It does not sign in.
   *
   * Access: signed in. Limit: 5 per hour and client address; 5 per day and user. Errors: `GENERAL_UNAUTHORIZED_SCOPE`, `USER_MORE_FACTORS_REQUIRED`, `GENERAL_RATE_LIMIT_EXCEEDED`, `USER_AUTH_METHOD_UNSUPPORTED`, `GENERAL_SMS_DISABLED`, `USER_PHONE_NOT_FOUND`, `USER_PHONE_ALREADY_VERIFIED`.
   */
  createPhoneVerification?: Maybe<Token>;
  /**
   * Mail a link that lets the owner of an address set a new password within 1 hour. It leads to `url` with `userId`, `secret` and `expire` in its query, for updateRecovery. The answer is the same for an address nobody or a blocked user has; nothing is mailed then.
   *
   * Access: public. Limit: 20 per hour and client address; 10 per hour and client address. Errors: `USER_MORE_FACTORS_REQUIRED`, `GENERAL_RATE_LIMIT_EXCEEDED`, `GENERAL_ARGUMENT_INVALID`, `GENERAL_MAIL_DISABLED`.
   */
  createRecovery?: Maybe<Token>;
  /**
   * Sign in with the secret of a mail, SMS or OAuth2 redirect, which works once. It proves the address it was sent to; where nobody had proven it before, a password and sessions from before end, since they may be a stranger’s.
   *
   * Access: public. Refused while signed in. Limit: 10 failures per hour and client address and userId; 30 failures per 15 minutes and client address. Errors: `USER_MORE_FACTORS_REQUIRED`, `GENERAL_RATE_LIMIT_EXCEEDED`, `USER_SESSION_ALREADY_EXISTS`, `GENERAL_ARGUMENT_INVALID`, `USER_INVALID_TOKEN`, `USER_COUNT_EXCEEDED`, `GENERAL_BAD_REQUEST`.
   */
  createSession?: Maybe<Session>;
  /**
   * Mail yourself a link that proves your address is yours, within 7 days. It leads to `url` with `userId`, `secret` and `expire` in its query, for updateVerification. Changing the address kills the link.
   *
   * Access: signed in. Limit: 20 per hour and client address; 10 per hour and user. Errors: `GENERAL_UNAUTHORIZED_SCOPE`, `USER_MORE_FACTORS_REQUIRED`, `GENERAL_RATE_LIMIT_EXCEEDED`, `GENERAL_ARGUMENT_INVALID`, `GENERAL_MAIL_DISABLED`, `USER_EMAIL_NOT_FOUND`, `USER_EMAIL_ALREADY_VERIFIED`.
   */
  createVerification?: Maybe<Token>;
  /**
   * Unlink an account at an OAuth provider. Sessions that began with it go on until they end.
   *
   * Access: signed in. Limit: 600 per minute and user. Errors: `GENERAL_UNAUTHORIZED_SCOPE`, `USER_MORE_FACTORS_REQUIRED`, `GENERAL_RATE_LIMIT_EXCEEDED`, `USER_IDENTITY_NOT_FOUND`.
   */
  deleteIdentity?: Maybe<DeleteIdentityPayload>;
  /**
   * Sign out on one device. The session and its JWTs end at once; for the session of this request the cookie goes, too.
   *
   * Access: signed in, further factors may be missing. Limit: 100 per hour and client address. Errors: `GENERAL_UNAUTHORIZED_SCOPE`, `GENERAL_RATE_LIMIT_EXCEEDED`, `USER_SESSION_NOT_FOUND`.
   */
  deleteSession?: Maybe<DeleteSessionPayload>;
  /**
   * Sign out on all devices, this one included.
   *
   * Access: signed in. Limit: 100 per hour and client address. Errors: `GENERAL_UNAUTHORIZED_SCOPE`, `USER_MORE_FACTORS_REQUIRED`, `GENERAL_RATE_LIMIT_EXCEEDED`.
   */
  deleteSessions?: Maybe<DeleteSessionsPayload>;
  /**
   * Change the e-mail address, or give an anonymous account one. The new address starts unverified, and is sent nothing: go on with createVerification. The old one is told, and tokens sent to it die.
   *
   * Access: signed in. Limit: 10 per hour and user; 30 per hour and client address. Errors: `GENERAL_UNAUTHORIZED_SCOPE`, `USER_MORE_FACTORS_REQUIRED`, `GENERAL_RATE_LIMIT_EXCEEDED`, `GENERAL_ARGUMENT_INVALID`, `USER_INVALID_CREDENTIALS`, `USER_EMAIL_ALREADY_EXISTS`, `GENERAL_BAD_REQUEST`, `USER_CHALLENGE_REQUIRED`, `USER_PASSWORD_TOO_COMMON`, `USER_PASSWORD_PERSONAL_DATA`.
   */
  updateEmail?: Maybe<User>;
  /**
   * Sign in with the secret of a mail, SMS or OAuth2 redirect, which works once. It proves the address it was sent to; where nobody had proven it before, a password and sessions from before end, since they may be a stranger’s.
   *
   * Access: public. Refused while signed in. Limit: 10 failures per hour and client address and userId; 30 failures per 15 minutes and client address. Errors: `USER_MORE_FACTORS_REQUIRED`, `GENERAL_RATE_LIMIT_EXCEEDED`, `USER_SESSION_ALREADY_EXISTS`, `GENERAL_ARGUMENT_INVALID`, `USER_INVALID_TOKEN`, `USER_COUNT_EXCEEDED`, `GENERAL_BAD_REQUEST`.
   * @deprecated Same as createSession. Use createSession. Removal not before 2027-07-01.
   */
  updateMagicURLSession?: Maybe<Session>;
  /**
   * Change the display name.
   *
   * Access: signed in. Limit: 600 per minute and user. Errors: `GENERAL_UNAUTHORIZED_SCOPE`, `USER_MORE_FACTORS_REQUIRED`, `GENERAL_RATE_LIMIT_EXCEEDED`, `GENERAL_ARGUMENT_INVALID`.
   */
  updateName?: Maybe<User>;
  /**
   * Change the password. The user’s other sessions end; this one stays. Recovery links sent before die.
   *
   * Access: signed in. Limit: 10 per hour and user; 30 per hour and client address. Errors: `GENERAL_UNAUTHORIZED_SCOPE`, `USER_MORE_FACTORS_REQUIRED`, `GENERAL_RATE_LIMIT_EXCEEDED`, `GENERAL_ARGUMENT_INVALID`, `USER_INVALID_CREDENTIALS`, `USER_CHALLENGE_REQUIRED`, `USER_PASSWORD_TOO_COMMON`, `USER_PASSWORD_PERSONAL_DATA`, `USER_PASSWORD_RECENTLY_USED`.
   */
  updatePassword?: Maybe<User>;
  /**
   * Change the phone number, or give the account one. The new number starts unverified; no SMS is sent: go on with createPhoneVerification. Codes sent to the old number die.
   *
   * Access: signed in. Limit: 10 per hour and user; 30 per hour and client address. Errors: `GENERAL_UNAUTHORIZED_SCOPE`, `USER_MORE_FACTORS_REQUIRED`, `GENERAL_RATE_LIMIT_EXCEEDED`, `GENERAL_ARGUMENT_INVALID`, `USER_INVALID_CREDENTIALS`, `USER_PHONE_ALREADY_EXISTS`, `USER_CHALLENGE_REQUIRED`, `USER_PASSWORD_TOO_COMMON`, `USER_PASSWORD_PERSONAL_DATA`.
   */
  updatePhone?: Maybe<User>;
  /**
   * Sign in with the secret of a mail, SMS or OAuth2 redirect, which works once. It proves the address it was sent to; where nobody had proven it before, a password and sessions from before end, since they may be a stranger’s.
   *
   * Access: public. Refused while signed in. Limit: 10 failures per hour and client address and userId; 30 failures per 15 minutes and client address. Errors: `USER_MORE_FACTORS_REQUIRED`, `GENERAL_RATE_LIMIT_EXCEEDED`, `USER_SESSION_ALREADY_EXISTS`, `GENERAL_ARGUMENT_INVALID`, `USER_INVALID_TOKEN`, `USER_COUNT_EXCEEDED`, `GENERAL_BAD_REQUEST`.
   * @deprecated Same as createSession. Use createSession. Removal not before 2027-07-01.
   */
  updatePhoneSession?: Maybe<Session>;
  /**
   * Verify a phone number with the code that was sent to it. Needs no session. Works once, for five guesses.
   *
   * Access: public. Limit: 10 per hour and client address and userId; 60 per hour and client address. Errors: `USER_MORE_FACTORS_REQUIRED`, `GENERAL_RATE_LIMIT_EXCEEDED`, `GENERAL_ARGUMENT_INVALID`, `USER_INVALID_TOKEN`.
   */
  updatePhoneVerification?: Maybe<Token>;
  /**
   * Store preferences. The object is kept as it is and replaces the former one whole.
   *
   * Access: signed in. Limit: 600 per minute and user. Errors: `GENERAL_UNAUTHORIZED_SCOPE`, `USER_MORE_FACTORS_REQUIRED`, `GENERAL_RATE_LIMIT_EXCEEDED`, `GENERAL_ARGUMENT_INVALID`.
   */
  updatePrefs?: Maybe<User>;
  /**
   * Set a new password with the secret of a recovery link. Ends all sessions, makes none, verifies the address the link was mailed to, and leaves MFA as it is. The link works once; a refused password does not use it up.
   *
   * Access: public. Limit: 10 per hour and client address and userId; 60 per hour and client address. Errors: `USER_MORE_FACTORS_REQUIRED`, `GENERAL_RATE_LIMIT_EXCEEDED`, `GENERAL_ARGUMENT_INVALID`, `USER_INVALID_TOKEN`, `USER_PASSWORD_TOO_COMMON`, `USER_PASSWORD_PERSONAL_DATA`, `USER_PASSWORD_RECENTLY_USED`.
   */
  updateRecovery?: Maybe<Token>;
  /**
   * Extend one of your sessions by a whole session lifetime from now, up to 365 days after it began. For `current` the cookie is extended, too.
   *
   * Access: signed in. Limit: 10 per hour and client address. Errors: `GENERAL_UNAUTHORIZED_SCOPE`, `USER_MORE_FACTORS_REQUIRED`, `GENERAL_RATE_LIMIT_EXCEEDED`, `USER_SESSION_NOT_FOUND`.
   */
  updateSession?: Maybe<Session>;
  /**
   * Block your own account for good. Nothing is deleted, but every session, JWT and token of it answers `USER_BLOCKED` from then on, and no operation of this API takes it back.
   *
   * Access: signed in. Limit: 600 per minute and user. Errors: `GENERAL_UNAUTHORIZED_SCOPE`, `USER_MORE_FACTORS_REQUIRED`, `GENERAL_RATE_LIMIT_EXCEEDED`.
   */
  updateStatus?: Maybe<User>;
  /**
   * Verify an e-mail address with the secret of the link that was mailed to it. Needs no session. Works once.
   *
   * Access: public. Limit: 10 per hour and client address and userId; 60 per hour and client address. Errors: `USER_MORE_FACTORS_REQUIRED`, `GENERAL_RATE_LIMIT_EXCEEDED`, `GENERAL_ARGUMENT_INVALID`, `USER_INVALID_TOKEN`.
   */
  updateVerification?: Maybe<Token>;
};


/** Sign up, sign in, and change the signed-in user’s account. */
export type MutationCreateAccountArgs = {
  email: Scalars['String']['input'];
  name?: InputMaybe<Scalars['String']['input']>;
  password: Scalars['String']['input'];
  userId?: InputMaybe<Scalars['ID']['input']>;
};


/** Sign up, sign in, and change the signed-in user’s account. */
export type MutationCreateEmailPasswordSessionArgs = {
  email: Scalars['String']['input'];
  password: Scalars['String']['input'];
};


/** Sign up, sign in, and change the signed-in user’s account. */
export type MutationCreateEmailTokenArgs = {
  email: Scalars['String']['input'];
  phrase?: InputMaybe<Scalars['Boolean']['input']>;
  userId?: InputMaybe<Scalars['ID']['input']>;
};


/** Sign up, sign in, and change the signed-in user’s account. */
export type MutationCreateMagicUrlTokenArgs = {
  email: Scalars['String']['input'];
  phrase?: InputMaybe<Scalars['Boolean']['input']>;
  url?: InputMaybe<Scalars['String']['input']>;
  userId?: InputMaybe<Scalars['ID']['input']>;
};


/** Sign up, sign in, and change the signed-in user’s account. */
export type MutationCreatePhoneTokenArgs = {
  phone: Scalars['String']['input'];
  userId?: InputMaybe<Scalars['ID']['input']>;
};


/** Sign up, sign in, and change the signed-in user’s account. */
export type MutationCreateRecoveryArgs = {
  email: Scalars['String']['input'];
  url: Scalars['String']['input'];
};


/** Sign up, sign in, and change the signed-in user’s account. */
export type MutationCreateSessionArgs = {
  secret: Scalars['String']['input'];
  userId: Scalars['ID']['input'];
};


/** Sign up, sign in, and change the signed-in user’s account. */
export type MutationCreateVerificationArgs = {
  url: Scalars['String']['input'];
};


/** Sign up, sign in, and change the signed-in user’s account. */
export type MutationDeleteIdentityArgs = {
  identityId: Scalars['ID']['input'];
};


/** Sign up, sign in, and change the signed-in user’s account. */
export type MutationDeleteSessionArgs = {
  sessionId: Scalars['ID']['input'];
};


/** Sign up, sign in, and change the signed-in user’s account. */
export type MutationUpdateEmailArgs = {
  email: Scalars['String']['input'];
  password: Scalars['String']['input'];
};


/** Sign up, sign in, and change the signed-in user’s account. */
export type MutationUpdateMagicUrlSessionArgs = {
  secret: Scalars['String']['input'];
  userId: Scalars['ID']['input'];
};


/** Sign up, sign in, and change the signed-in user’s account. */
export type MutationUpdateNameArgs = {
  name: Scalars['String']['input'];
};


/** Sign up, sign in, and change the signed-in user’s account. */
export type MutationUpdatePasswordArgs = {
  oldPassword?: InputMaybe<Scalars['String']['input']>;
  password: Scalars['String']['input'];
};


/** Sign up, sign in, and change the signed-in user’s account. */
export type MutationUpdatePhoneArgs = {
  password: Scalars['String']['input'];
  phone: Scalars['String']['input'];
};


/** Sign up, sign in, and change the signed-in user’s account. */
export type MutationUpdatePhoneSessionArgs = {
  secret: Scalars['String']['input'];
  userId: Scalars['ID']['input'];
};


/** Sign up, sign in, and change the signed-in user’s account. */
export type MutationUpdatePhoneVerificationArgs = {
  secret: Scalars['String']['input'];
  userId: Scalars['ID']['input'];
};


/** Sign up, sign in, and change the signed-in user’s account. */
export type MutationUpdatePrefsArgs = {
  prefs: Scalars['JSONObject']['input'];
};


/** Sign up, sign in, and change the signed-in user’s account. */
export type MutationUpdateRecoveryArgs = {
  password: Scalars['String']['input'];
  secret: Scalars['String']['input'];
  userId: Scalars['ID']['input'];
};


/** Sign up, sign in, and change the signed-in user’s account. */
export type MutationUpdateSessionArgs = {
  sessionId: Scalars['ID']['input'];
};


/** Sign up, sign in, and change the signed-in user’s account. */
export type MutationUpdateVerificationArgs = {
  secret: Scalars['String']['input'];
  userId: Scalars['ID']['input'];
};

/** Where a request came from, by its address and User-Agent at that time. What is unknown is null. */
export type Origin = {
  __typename?: 'Origin';
  /** Browser, app or library. */
  client: OriginClient;
  /** Country of the address by the DB-IP database; null when unknown. */
  country?: Maybe<OriginCountry>;
  /** Device. */
  device: OriginDevice;
  /** Client address, IPv4 or IPv6. */
  ip?: Maybe<Scalars['String']['output']>;
  /** Operating system. */
  os: OriginOs;
};

/** The browser, app or library of a client. */
export type OriginClient = {
  __typename?: 'OriginClient';
  /** Short code, for example `CH`. */
  code?: Maybe<Scalars['String']['output']>;
  /** Rendering engine, for example `Blink`. */
  engine?: Maybe<Scalars['String']['output']>;
  /** Version of the engine where it differs from the browser’s. */
  engineVersion?: Maybe<Scalars['String']['output']>;
  /** Name, for example `Chrome`. */
  name?: Maybe<Scalars['String']['output']>;
  /** Kind, for example `browser` or `library`. */
  type?: Maybe<Scalars['String']['output']>;
  /** Major and minor version, for example `70.0`. */
  version?: Maybe<Scalars['String']['output']>;
};

/** A country. */
export type OriginCountry = {
  __typename?: 'OriginCountry';
  /** ISO 3166-1 alpha-2, upper case. */
  code: Scalars['CountryCode']['output'];
  /** Name in English. */
  name: Scalars['String']['output'];
};

/** The device of a client. */
export type OriginDevice = {
  __typename?: 'OriginDevice';
  /** Maker, for example `Apple`. */
  brand?: Maybe<Scalars['String']['output']>;
  /** Model, for example `iPhone`. */
  model?: Maybe<Scalars['String']['output']>;
  /** Kind, for example `desktop` or `smartphone`. */
  name?: Maybe<Scalars['String']['output']>;
};

/** The operating system of a client. */
export type OriginOs = {
  __typename?: 'OriginOs';
  /** Short code, for example `WIN`. */
  code?: Maybe<Scalars['String']['output']>;
  /** Name, for example `Windows`. */
  name?: Maybe<Scalars['String']['output']>;
  /** Version, for example `10`. */
  version?: Maybe<Scalars['String']['output']>;
};

/** Where a page stands in its list. */
export type PageInfo = {
  __typename?: 'PageInfo';
  /** Cursor of the last row, for `after`; null on an empty page. */
  endCursor?: Maybe<Scalars['String']['output']>;
  /** Whether more follow. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Whether the page started after a cursor. */
  hasPreviousPage: Scalars['Boolean']['output'];
  /** Cursor of the first row; null on an empty page. */
  startCursor?: Maybe<Scalars['String']['output']>;
};

/** Read the signed-in user’s account. */
export type Query = {
  __typename?: 'Query';
  /**
   * Get the signed-in user.
   *
   * Access: signed in. Errors: `GENERAL_UNAUTHORIZED_SCOPE`, `USER_MORE_FACTORS_REQUIRED`.
   */
  getAccount?: Maybe<User>;
  /**
   * Get the preferences of the signed-in user; `{}` until some were stored.
   *
   * Access: signed in. Errors: `GENERAL_UNAUTHORIZED_SCOPE`, `USER_MORE_FACTORS_REQUIRED`.
   */
  getPrefs?: Maybe<Scalars['JSONObject']['output']>;
  /**
   * Get one of your sessions.
   *
   * Access: signed in. Errors: `GENERAL_UNAUTHORIZED_SCOPE`, `USER_MORE_FACTORS_REQUIRED`, `USER_SESSION_NOT_FOUND`.
   */
  getSession?: Maybe<Session>;
  /**
   * List the accounts at OAuth providers that you can sign in with, oldest first.
   *
   * Access: signed in. Errors: `GENERAL_UNAUTHORIZED_SCOPE`, `USER_MORE_FACTORS_REQUIRED`, `GENERAL_ARGUMENT_INVALID`.
   */
  listIdentities?: Maybe<IdentityConnection>;
  /**
   * List what happened on the account, newest first. Reading is not recorded.
   *
   * Access: signed in. Errors: `GENERAL_UNAUTHORIZED_SCOPE`, `USER_MORE_FACTORS_REQUIRED`, `GENERAL_ARGUMENT_INVALID`.
   */
  listLogs?: Maybe<LogConnection>;
  /**
   * List your live sessions on all devices, oldest first.
   *
   * Access: signed in. Errors: `GENERAL_UNAUTHORIZED_SCOPE`, `USER_MORE_FACTORS_REQUIRED`, `GENERAL_ARGUMENT_INVALID`.
   */
  listSessions?: Maybe<SessionConnection>;
};


/** Read the signed-in user’s account. */
export type QueryGetSessionArgs = {
  sessionId: Scalars['ID']['input'];
};


/** Read the signed-in user’s account. */
export type QueryListIdentitiesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Read the signed-in user’s account. */
export type QueryListLogsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Read the signed-in user’s account. */
export type QueryListSessionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A sign-in that lasts, on one device. */
export type Session = {
  __typename?: 'Session';
  /** When it began. */
  createdAt: Scalars['DateTime']['output'];
  /** Whether it is the session of this request. Never for a JWT. */
  current: Scalars['Boolean']['output'];
  /** When it ends; updateSession moves it. */
  expiresAt: Scalars['DateTime']['output'];
  /** What was proven on it: `password`, `anonymous`, `email`, `phone`, `totp`, `recovery-code`, `oauth2`. */
  factors: Array<Scalars['String']['output']>;
  /** Id of the session. */
  id: Scalars['ID']['output'];
  /** When a challenge was last passed on it; null until one was. */
  mfaUpdatedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Where it began. */
  origin: Origin;
  /** How it began: `email`, `anonymous`, `magic-url`, `phone`, `token`, or an OAuth provider in lower case. */
  provider: Scalars['String']['output'];
  /** Access token of the OAuth provider, else null. */
  providerAccessToken?: Maybe<Scalars['String']['output']>;
  /** When the access token ends; updateSession refreshes it. */
  providerAccessTokenExpiresAt?: Maybe<Scalars['DateTime']['output']>;
  /** Refresh token of the OAuth provider, else null. */
  providerRefreshToken?: Maybe<Scalars['String']['output']>;
  /** The e-mail address for provider `email`, the user’s id at an OAuth provider, else null. */
  providerUid?: Maybe<Scalars['String']['output']>;
  /** The credential, for `Authorization: Bearer`. Only in the answer of the mutation that made the session, and never again: the server keeps a digest. */
  secret?: Maybe<Scalars['String']['output']>;
  /** When it last changed. */
  updatedAt: Scalars['DateTime']['output'];
  /** Id of the user. */
  userId: Scalars['ID']['output'];
};

/** A page of a list of Session, oldest first. */
export type SessionConnection = {
  __typename?: 'SessionConnection';
  /** The rows of this page with their cursors. */
  edges: Array<SessionEdge>;
  /** The rows of this page. */
  nodes: Array<Session>;
  /** Whether there is more, and where to go on. */
  pageInfo: PageInfo;
  /** How many there are on all pages. */
  totalCount: Scalars['Int']['output'];
};

/** A Session and its place in the list. */
export type SessionEdge = {
  __typename?: 'SessionEdge';
  /** Opaque; goes into `after`. */
  cursor: Scalars['String']['output'];
  /** The Session. */
  node: Session;
};

/** The receipt of a one-time secret. The secret itself leaves by mail or SMS only. */
export type Token = {
  __typename?: 'Token';
  /** When it was made. */
  createdAt: Scalars['DateTime']['output'];
  /** When it ends. */
  expiresAt: Scalars['DateTime']['output'];
  /** Id of the token. */
  id: Scalars['ID']['output'];
  /** The security phrase of the mail, for your page to show; null unless asked for. */
  phrase?: Maybe<Scalars['String']['output']>;
  /** What to redeem the secret with. A handle made alike for addresses somebody has and nobody has; the user’s own id does as well. */
  userId: Scalars['ID']['output'];
};

/** A person’s account. Only its owner ever sees it. */
export type User = {
  __typename?: 'User';
  /** Last activity, to within 24 hours. */
  accessedAt?: Maybe<Scalars['DateTime']['output']>;
  /** When the record was made. */
  createdAt: Scalars['DateTime']['output'];
  /** E-mail address; null for accounts without one. */
  email?: Maybe<Scalars['EmailAddress']['output']>;
  /** Whether the owner has proven to read its mail. */
  emailVerified: Scalars['Boolean']['output'];
  /** False once the account is blocked. */
  enabled: Scalars['Boolean']['output'];
  /** Id of the user, called `userId` everywhere else. */
  id: Scalars['ID']['output'];
  /** The same as `listIdentities`. */
  identities: IdentityConnection;
  /** Labels that operators gave the account. */
  labels: Array<Scalars['String']['output']>;
  /** The same as `listLogs`. */
  logs: LogConnection;
  /** Whether the owner wants a second factor asked for. It is asked for while a verified one exists. */
  mfaEnabled: Scalars['Boolean']['output'];
  /** Display name; "" when never given. */
  name: Scalars['String']['output'];
  /** When a password was last set; null until one ever was. */
  passwordUpdatedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Phone number; null for accounts without one. */
  phone?: Maybe<Scalars['PhoneNumber']['output']>;
  /** Whether the owner has proven to receive its SMS. */
  phoneVerified: Scalars['Boolean']['output'];
  /** Preferences, as the app stored them. */
  prefs: Scalars['JSONObject']['output'];
  /** When the person signed up. */
  registeredAt: Scalars['DateTime']['output'];
  /** The same as `listSessions`. */
  sessions: SessionConnection;
  /** When the record was last changed. */
  updatedAt: Scalars['DateTime']['output'];
};


/** A person’s account. Only its owner ever sees it. */
export type UserIdentitiesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** A person’s account. Only its owner ever sees it. */
export type UserLogsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** A person’s account. Only its owner ever sees it. */
export type UserSessionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

export type CreateAccountMutationVariables = Exact<{
  userId?: string | number | null | undefined;
  email: string;
  password: string;
  name?: string | null | undefined;
}>;


export type CreateAccountMutation = { createAccount: { id: string, createdAt: string, updatedAt: string, name: string, registeredAt: string, enabled: boolean, labels: Array<string>, email: string | null, emailVerified: boolean, phone: string | null, phoneVerified: boolean, passwordUpdatedAt: string | null, mfaEnabled: boolean, prefs: Record<string, unknown>, accessedAt: string | null } | null };

export type CreateAnonymousSessionMutationVariables = Exact<{ [key: string]: never; }>;


export type CreateAnonymousSessionMutation = { createAnonymousSession: { id: string, createdAt: string, updatedAt: string, userId: string, expiresAt: string, provider: string, providerUid: string | null, providerAccessToken: string | null, providerAccessTokenExpiresAt: string | null, providerRefreshToken: string | null, current: boolean, factors: Array<string>, mfaUpdatedAt: string | null, secret: string | null, origin: { ip: string | null, os: { code: string | null, name: string | null, version: string | null }, client: { type: string | null, code: string | null, name: string | null, version: string | null, engine: string | null, engineVersion: string | null }, device: { name: string | null, brand: string | null, model: string | null }, country: { code: string, name: string } | null } } | null };

export type CreateEmailPasswordSessionMutationVariables = Exact<{
  email: string;
  password: string;
}>;


export type CreateEmailPasswordSessionMutation = { createEmailPasswordSession: { id: string, createdAt: string, updatedAt: string, userId: string, expiresAt: string, provider: string, providerUid: string | null, providerAccessToken: string | null, providerAccessTokenExpiresAt: string | null, providerRefreshToken: string | null, current: boolean, factors: Array<string>, mfaUpdatedAt: string | null, secret: string | null, origin: { ip: string | null, os: { code: string | null, name: string | null, version: string | null }, client: { type: string | null, code: string | null, name: string | null, version: string | null, engine: string | null, engineVersion: string | null }, device: { name: string | null, brand: string | null, model: string | null }, country: { code: string, name: string } | null } } | null };

export type CreateEmailTokenMutationVariables = Exact<{
  userId?: string | number | null | undefined;
  email: string;
  phrase?: boolean | null | undefined;
}>;


export type CreateEmailTokenMutation = { createEmailToken: { id: string, createdAt: string, userId: string, expiresAt: string, phrase: string | null } | null };

export type CreateJwtMutationVariables = Exact<{ [key: string]: never; }>;


export type CreateJwtMutation = { createJWT: { jwt: string, expiresAt: string } | null };

export type CreateMagicUrlTokenMutationVariables = Exact<{
  userId?: string | number | null | undefined;
  email: string;
  url?: string | null | undefined;
  phrase?: boolean | null | undefined;
}>;


export type CreateMagicUrlTokenMutation = { createMagicURLToken: { id: string, createdAt: string, userId: string, expiresAt: string, phrase: string | null } | null };

export type CreatePhoneTokenMutationVariables = Exact<{
  userId?: string | number | null | undefined;
  phone: string;
}>;


export type CreatePhoneTokenMutation = { createPhoneToken: { id: string, createdAt: string, userId: string, expiresAt: string, phrase: string | null } | null };

export type CreatePhoneVerificationMutationVariables = Exact<{ [key: string]: never; }>;


export type CreatePhoneVerificationMutation = { createPhoneVerification: { id: string, createdAt: string, userId: string, expiresAt: string, phrase: string | null } | null };

export type CreateRecoveryMutationVariables = Exact<{
  email: string;
  url: string;
}>;


export type CreateRecoveryMutation = { createRecovery: { id: string, createdAt: string, userId: string, expiresAt: string, phrase: string | null } | null };

export type CreateSessionMutationVariables = Exact<{
  userId: string | number;
  secret: string;
}>;


export type CreateSessionMutation = { createSession: { id: string, createdAt: string, updatedAt: string, userId: string, expiresAt: string, provider: string, providerUid: string | null, providerAccessToken: string | null, providerAccessTokenExpiresAt: string | null, providerRefreshToken: string | null, current: boolean, factors: Array<string>, mfaUpdatedAt: string | null, secret: string | null, origin: { ip: string | null, os: { code: string | null, name: string | null, version: string | null }, client: { type: string | null, code: string | null, name: string | null, version: string | null, engine: string | null, engineVersion: string | null }, device: { name: string | null, brand: string | null, model: string | null }, country: { code: string, name: string } | null } } | null };

export type CreateVerificationMutationVariables = Exact<{
  url: string;
}>;


export type CreateVerificationMutation = { createVerification: { id: string, createdAt: string, userId: string, expiresAt: string, phrase: string | null } | null };

export type DeleteIdentityMutationVariables = Exact<{
  identityId: string | number;
}>;


export type DeleteIdentityMutation = { deleteIdentity: { deletedIdentityId: string } | null };

export type DeleteSessionMutationVariables = Exact<{
  sessionId: string | number;
}>;


export type DeleteSessionMutation = { deleteSession: { deletedSessionId: string } | null };

export type DeleteSessionsMutationVariables = Exact<{ [key: string]: never; }>;


export type DeleteSessionsMutation = { deleteSessions: { deletedSessionIds: Array<string> } | null };

export type UserPartsFragment = { id: string, createdAt: string, updatedAt: string, name: string, registeredAt: string, enabled: boolean, labels: Array<string>, email: string | null, emailVerified: boolean, phone: string | null, phoneVerified: boolean, passwordUpdatedAt: string | null, mfaEnabled: boolean, prefs: Record<string, unknown>, accessedAt: string | null };

export type OriginPartsFragment = { ip: string | null, os: { code: string | null, name: string | null, version: string | null }, client: { type: string | null, code: string | null, name: string | null, version: string | null, engine: string | null, engineVersion: string | null }, device: { name: string | null, brand: string | null, model: string | null }, country: { code: string, name: string } | null };

export type SessionPartsFragment = { id: string, createdAt: string, updatedAt: string, userId: string, expiresAt: string, provider: string, providerUid: string | null, providerAccessToken: string | null, providerAccessTokenExpiresAt: string | null, providerRefreshToken: string | null, current: boolean, factors: Array<string>, mfaUpdatedAt: string | null, secret: string | null, origin: { ip: string | null, os: { code: string | null, name: string | null, version: string | null }, client: { type: string | null, code: string | null, name: string | null, version: string | null, engine: string | null, engineVersion: string | null }, device: { name: string | null, brand: string | null, model: string | null }, country: { code: string, name: string } | null } };

export type IdentityPartsFragment = { id: string, createdAt: string, updatedAt: string, userId: string, provider: string, providerUid: string, providerEmail: string | null, providerAccessToken: string | null, providerAccessTokenExpiresAt: string | null, providerRefreshToken: string | null };

export type LogPartsFragment = { id: string, event: string, userId: string, time: string, origin: { ip: string | null, os: { code: string | null, name: string | null, version: string | null }, client: { type: string | null, code: string | null, name: string | null, version: string | null, engine: string | null, engineVersion: string | null }, device: { name: string | null, brand: string | null, model: string | null }, country: { code: string, name: string } | null } };

export type PagePartsFragment = { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null };

export type TokenPartsFragment = { id: string, createdAt: string, userId: string, expiresAt: string, phrase: string | null };

export type GetAccountQueryVariables = Exact<{ [key: string]: never; }>;


export type GetAccountQuery = { getAccount: { id: string, createdAt: string, updatedAt: string, name: string, registeredAt: string, enabled: boolean, labels: Array<string>, email: string | null, emailVerified: boolean, phone: string | null, phoneVerified: boolean, passwordUpdatedAt: string | null, mfaEnabled: boolean, prefs: Record<string, unknown>, accessedAt: string | null } | null };

export type GetPrefsQueryVariables = Exact<{ [key: string]: never; }>;


export type GetPrefsQuery = { getPrefs: Record<string, unknown> | null };

export type GetSessionQueryVariables = Exact<{
  sessionId: string | number;
}>;


export type GetSessionQuery = { getSession: { id: string, createdAt: string, updatedAt: string, userId: string, expiresAt: string, provider: string, providerUid: string | null, providerAccessToken: string | null, providerAccessTokenExpiresAt: string | null, providerRefreshToken: string | null, current: boolean, factors: Array<string>, mfaUpdatedAt: string | null, secret: string | null, origin: { ip: string | null, os: { code: string | null, name: string | null, version: string | null }, client: { type: string | null, code: string | null, name: string | null, version: string | null, engine: string | null, engineVersion: string | null }, device: { name: string | null, brand: string | null, model: string | null }, country: { code: string, name: string } | null } } | null };

export type ListIdentitiesQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type ListIdentitiesQuery = { listIdentities: { totalCount: number, nodes: Array<{ id: string, createdAt: string, updatedAt: string, userId: string, provider: string, providerUid: string, providerEmail: string | null, providerAccessToken: string | null, providerAccessTokenExpiresAt: string | null, providerRefreshToken: string | null }>, edges: Array<{ cursor: string, node: { id: string } }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } | null };

export type ListLogsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type ListLogsQuery = { listLogs: { totalCount: number, nodes: Array<{ id: string, event: string, userId: string, time: string, origin: { ip: string | null, os: { code: string | null, name: string | null, version: string | null }, client: { type: string | null, code: string | null, name: string | null, version: string | null, engine: string | null, engineVersion: string | null }, device: { name: string | null, brand: string | null, model: string | null }, country: { code: string, name: string } | null } }>, edges: Array<{ cursor: string, node: { id: string } }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } | null };

export type ListSessionsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
}>;


export type ListSessionsQuery = { listSessions: { totalCount: number, nodes: Array<{ id: string, createdAt: string, updatedAt: string, userId: string, expiresAt: string, provider: string, providerUid: string | null, providerAccessToken: string | null, providerAccessTokenExpiresAt: string | null, providerRefreshToken: string | null, current: boolean, factors: Array<string>, mfaUpdatedAt: string | null, secret: string | null, origin: { ip: string | null, os: { code: string | null, name: string | null, version: string | null }, client: { type: string | null, code: string | null, name: string | null, version: string | null, engine: string | null, engineVersion: string | null }, device: { name: string | null, brand: string | null, model: string | null }, country: { code: string, name: string } | null } }>, edges: Array<{ cursor: string, node: { id: string } }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } | null };

export type UpdateEmailMutationVariables = Exact<{
  email: string;
  password: string;
}>;


export type UpdateEmailMutation = { updateEmail: { id: string, createdAt: string, updatedAt: string, name: string, registeredAt: string, enabled: boolean, labels: Array<string>, email: string | null, emailVerified: boolean, phone: string | null, phoneVerified: boolean, passwordUpdatedAt: string | null, mfaEnabled: boolean, prefs: Record<string, unknown>, accessedAt: string | null } | null };

export type UpdateMagicUrlSessionMutationVariables = Exact<{
  userId: string | number;
  secret: string;
}>;


export type UpdateMagicUrlSessionMutation = { updateMagicURLSession: { id: string, createdAt: string, updatedAt: string, userId: string, expiresAt: string, provider: string, providerUid: string | null, providerAccessToken: string | null, providerAccessTokenExpiresAt: string | null, providerRefreshToken: string | null, current: boolean, factors: Array<string>, mfaUpdatedAt: string | null, secret: string | null, origin: { ip: string | null, os: { code: string | null, name: string | null, version: string | null }, client: { type: string | null, code: string | null, name: string | null, version: string | null, engine: string | null, engineVersion: string | null }, device: { name: string | null, brand: string | null, model: string | null }, country: { code: string, name: string } | null } } | null };

export type UpdateNameMutationVariables = Exact<{
  name: string;
}>;


export type UpdateNameMutation = { updateName: { id: string, createdAt: string, updatedAt: string, name: string, registeredAt: string, enabled: boolean, labels: Array<string>, email: string | null, emailVerified: boolean, phone: string | null, phoneVerified: boolean, passwordUpdatedAt: string | null, mfaEnabled: boolean, prefs: Record<string, unknown>, accessedAt: string | null } | null };

export type UpdatePasswordMutationVariables = Exact<{
  password: string;
  oldPassword?: string | null | undefined;
}>;


export type UpdatePasswordMutation = { updatePassword: { id: string, createdAt: string, updatedAt: string, name: string, registeredAt: string, enabled: boolean, labels: Array<string>, email: string | null, emailVerified: boolean, phone: string | null, phoneVerified: boolean, passwordUpdatedAt: string | null, mfaEnabled: boolean, prefs: Record<string, unknown>, accessedAt: string | null } | null };

export type UpdatePhoneMutationVariables = Exact<{
  phone: string;
  password: string;
}>;


export type UpdatePhoneMutation = { updatePhone: { id: string, createdAt: string, updatedAt: string, name: string, registeredAt: string, enabled: boolean, labels: Array<string>, email: string | null, emailVerified: boolean, phone: string | null, phoneVerified: boolean, passwordUpdatedAt: string | null, mfaEnabled: boolean, prefs: Record<string, unknown>, accessedAt: string | null } | null };

export type UpdatePhoneSessionMutationVariables = Exact<{
  userId: string | number;
  secret: string;
}>;


export type UpdatePhoneSessionMutation = { updatePhoneSession: { id: string, createdAt: string, updatedAt: string, userId: string, expiresAt: string, provider: string, providerUid: string | null, providerAccessToken: string | null, providerAccessTokenExpiresAt: string | null, providerRefreshToken: string | null, current: boolean, factors: Array<string>, mfaUpdatedAt: string | null, secret: string | null, origin: { ip: string | null, os: { code: string | null, name: string | null, version: string | null }, client: { type: string | null, code: string | null, name: string | null, version: string | null, engine: string | null, engineVersion: string | null }, device: { name: string | null, brand: string | null, model: string | null }, country: { code: string, name: string } | null } } | null };

export type UpdatePhoneVerificationMutationVariables = Exact<{
  userId: string | number;
  secret: string;
}>;


export type UpdatePhoneVerificationMutation = { updatePhoneVerification: { id: string, createdAt: string, userId: string, expiresAt: string, phrase: string | null } | null };

export type UpdatePrefsMutationVariables = Exact<{
  prefs: Record<string, unknown>;
}>;


export type UpdatePrefsMutation = { updatePrefs: { id: string, createdAt: string, updatedAt: string, name: string, registeredAt: string, enabled: boolean, labels: Array<string>, email: string | null, emailVerified: boolean, phone: string | null, phoneVerified: boolean, passwordUpdatedAt: string | null, mfaEnabled: boolean, prefs: Record<string, unknown>, accessedAt: string | null } | null };

export type UpdateRecoveryMutationVariables = Exact<{
  userId: string | number;
  secret: string;
  password: string;
}>;


export type UpdateRecoveryMutation = { updateRecovery: { id: string, createdAt: string, userId: string, expiresAt: string, phrase: string | null } | null };

export type UpdateSessionMutationVariables = Exact<{
  sessionId: string | number;
}>;


export type UpdateSessionMutation = { updateSession: { id: string, createdAt: string, updatedAt: string, userId: string, expiresAt: string, provider: string, providerUid: string | null, providerAccessToken: string | null, providerAccessTokenExpiresAt: string | null, providerRefreshToken: string | null, current: boolean, factors: Array<string>, mfaUpdatedAt: string | null, secret: string | null, origin: { ip: string | null, os: { code: string | null, name: string | null, version: string | null }, client: { type: string | null, code: string | null, name: string | null, version: string | null, engine: string | null, engineVersion: string | null }, device: { name: string | null, brand: string | null, model: string | null }, country: { code: string, name: string } | null } } | null };

export type UpdateStatusMutationVariables = Exact<{ [key: string]: never; }>;


export type UpdateStatusMutation = { updateStatus: { id: string, createdAt: string, updatedAt: string, name: string, registeredAt: string, enabled: boolean, labels: Array<string>, email: string | null, emailVerified: boolean, phone: string | null, phoneVerified: boolean, passwordUpdatedAt: string | null, mfaEnabled: boolean, prefs: Record<string, unknown>, accessedAt: string | null } | null };

export type UpdateVerificationMutationVariables = Exact<{
  userId: string | number;
  secret: string;
}>;


export type UpdateVerificationMutation = { updateVerification: { id: string, createdAt: string, userId: string, expiresAt: string, phrase: string | null } | null };

export const UserPartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"registeredAt"}},{"kind":"Field","name":{"kind":"Name","value":"enabled"}},{"kind":"Field","name":{"kind":"Name","value":"labels"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"emailVerified"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}},{"kind":"Field","name":{"kind":"Name","value":"phoneVerified"}},{"kind":"Field","name":{"kind":"Name","value":"passwordUpdatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"mfaEnabled"}},{"kind":"Field","name":{"kind":"Name","value":"prefs"}},{"kind":"Field","name":{"kind":"Name","value":"accessedAt"}}]}}]} as unknown as DocumentNode<UserPartsFragment, unknown>;
export const OriginPartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OriginParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Origin"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ip"}},{"kind":"Field","name":{"kind":"Name","value":"os"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"Field","name":{"kind":"Name","value":"client"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"engine"}},{"kind":"Field","name":{"kind":"Name","value":"engineVersion"}}]}},{"kind":"Field","name":{"kind":"Name","value":"device"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"brand"}},{"kind":"Field","name":{"kind":"Name","value":"model"}}]}},{"kind":"Field","name":{"kind":"Name","value":"country"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]} as unknown as DocumentNode<OriginPartsFragment, unknown>;
export const SessionPartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Session"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"userId"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"providerUid"}},{"kind":"Field","name":{"kind":"Name","value":"providerAccessToken"}},{"kind":"Field","name":{"kind":"Name","value":"providerAccessTokenExpiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"providerRefreshToken"}},{"kind":"Field","name":{"kind":"Name","value":"origin"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"OriginParts"}}]}},{"kind":"Field","name":{"kind":"Name","value":"current"}},{"kind":"Field","name":{"kind":"Name","value":"factors"}},{"kind":"Field","name":{"kind":"Name","value":"mfaUpdatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"secret"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OriginParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Origin"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ip"}},{"kind":"Field","name":{"kind":"Name","value":"os"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"Field","name":{"kind":"Name","value":"client"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"engine"}},{"kind":"Field","name":{"kind":"Name","value":"engineVersion"}}]}},{"kind":"Field","name":{"kind":"Name","value":"device"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"brand"}},{"kind":"Field","name":{"kind":"Name","value":"model"}}]}},{"kind":"Field","name":{"kind":"Name","value":"country"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]} as unknown as DocumentNode<SessionPartsFragment, unknown>;
export const IdentityPartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"IdentityParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Identity"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"userId"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"providerUid"}},{"kind":"Field","name":{"kind":"Name","value":"providerEmail"}},{"kind":"Field","name":{"kind":"Name","value":"providerAccessToken"}},{"kind":"Field","name":{"kind":"Name","value":"providerAccessTokenExpiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"providerRefreshToken"}}]}}]} as unknown as DocumentNode<IdentityPartsFragment, unknown>;
export const LogPartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"LogParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Log"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"event"}},{"kind":"Field","name":{"kind":"Name","value":"userId"}},{"kind":"Field","name":{"kind":"Name","value":"time"}},{"kind":"Field","name":{"kind":"Name","value":"origin"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"OriginParts"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OriginParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Origin"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ip"}},{"kind":"Field","name":{"kind":"Name","value":"os"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"Field","name":{"kind":"Name","value":"client"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"engine"}},{"kind":"Field","name":{"kind":"Name","value":"engineVersion"}}]}},{"kind":"Field","name":{"kind":"Name","value":"device"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"brand"}},{"kind":"Field","name":{"kind":"Name","value":"model"}}]}},{"kind":"Field","name":{"kind":"Name","value":"country"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}}]} as unknown as DocumentNode<LogPartsFragment, unknown>;
export const PagePartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PageParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PageInfo"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"hasPreviousPage"}},{"kind":"Field","name":{"kind":"Name","value":"startCursor"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]} as unknown as DocumentNode<PagePartsFragment, unknown>;
export const TokenPartsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TokenParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Token"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"userId"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"phrase"}}]}}]} as unknown as DocumentNode<TokenPartsFragment, unknown>;
export const CreateAccountDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateAccount"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"userId"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"email"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"password"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"name"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createAccount"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"userId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"userId"}}},{"kind":"Argument","name":{"kind":"Name","value":"email"},"value":{"kind":"Variable","name":{"kind":"Name","value":"email"}}},{"kind":"Argument","name":{"kind":"Name","value":"password"},"value":{"kind":"Variable","name":{"kind":"Name","value":"password"}}},{"kind":"Argument","name":{"kind":"Name","value":"name"},"value":{"kind":"Variable","name":{"kind":"Name","value":"name"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"UserParts"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"registeredAt"}},{"kind":"Field","name":{"kind":"Name","value":"enabled"}},{"kind":"Field","name":{"kind":"Name","value":"labels"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"emailVerified"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}},{"kind":"Field","name":{"kind":"Name","value":"phoneVerified"}},{"kind":"Field","name":{"kind":"Name","value":"passwordUpdatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"mfaEnabled"}},{"kind":"Field","name":{"kind":"Name","value":"prefs"}},{"kind":"Field","name":{"kind":"Name","value":"accessedAt"}}]}}]} as unknown as DocumentNode<CreateAccountMutation, CreateAccountMutationVariables>;
export const CreateAnonymousSessionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateAnonymousSession"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createAnonymousSession"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SessionParts"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OriginParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Origin"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ip"}},{"kind":"Field","name":{"kind":"Name","value":"os"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"Field","name":{"kind":"Name","value":"client"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"engine"}},{"kind":"Field","name":{"kind":"Name","value":"engineVersion"}}]}},{"kind":"Field","name":{"kind":"Name","value":"device"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"brand"}},{"kind":"Field","name":{"kind":"Name","value":"model"}}]}},{"kind":"Field","name":{"kind":"Name","value":"country"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Session"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"userId"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"providerUid"}},{"kind":"Field","name":{"kind":"Name","value":"providerAccessToken"}},{"kind":"Field","name":{"kind":"Name","value":"providerAccessTokenExpiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"providerRefreshToken"}},{"kind":"Field","name":{"kind":"Name","value":"origin"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"OriginParts"}}]}},{"kind":"Field","name":{"kind":"Name","value":"current"}},{"kind":"Field","name":{"kind":"Name","value":"factors"}},{"kind":"Field","name":{"kind":"Name","value":"mfaUpdatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"secret"}}]}}]} as unknown as DocumentNode<CreateAnonymousSessionMutation, CreateAnonymousSessionMutationVariables>;
export const CreateEmailPasswordSessionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateEmailPasswordSession"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"email"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"password"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createEmailPasswordSession"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"email"},"value":{"kind":"Variable","name":{"kind":"Name","value":"email"}}},{"kind":"Argument","name":{"kind":"Name","value":"password"},"value":{"kind":"Variable","name":{"kind":"Name","value":"password"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SessionParts"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OriginParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Origin"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ip"}},{"kind":"Field","name":{"kind":"Name","value":"os"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"Field","name":{"kind":"Name","value":"client"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"engine"}},{"kind":"Field","name":{"kind":"Name","value":"engineVersion"}}]}},{"kind":"Field","name":{"kind":"Name","value":"device"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"brand"}},{"kind":"Field","name":{"kind":"Name","value":"model"}}]}},{"kind":"Field","name":{"kind":"Name","value":"country"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Session"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"userId"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"providerUid"}},{"kind":"Field","name":{"kind":"Name","value":"providerAccessToken"}},{"kind":"Field","name":{"kind":"Name","value":"providerAccessTokenExpiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"providerRefreshToken"}},{"kind":"Field","name":{"kind":"Name","value":"origin"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"OriginParts"}}]}},{"kind":"Field","name":{"kind":"Name","value":"current"}},{"kind":"Field","name":{"kind":"Name","value":"factors"}},{"kind":"Field","name":{"kind":"Name","value":"mfaUpdatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"secret"}}]}}]} as unknown as DocumentNode<CreateEmailPasswordSessionMutation, CreateEmailPasswordSessionMutationVariables>;
export const CreateEmailTokenDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateEmailToken"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"userId"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"email"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"phrase"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Boolean"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createEmailToken"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"userId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"userId"}}},{"kind":"Argument","name":{"kind":"Name","value":"email"},"value":{"kind":"Variable","name":{"kind":"Name","value":"email"}}},{"kind":"Argument","name":{"kind":"Name","value":"phrase"},"value":{"kind":"Variable","name":{"kind":"Name","value":"phrase"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TokenParts"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TokenParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Token"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"userId"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"phrase"}}]}}]} as unknown as DocumentNode<CreateEmailTokenMutation, CreateEmailTokenMutationVariables>;
export const CreateJwtDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateJWT"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createJWT"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"jwt"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}}]}}]}}]} as unknown as DocumentNode<CreateJwtMutation, CreateJwtMutationVariables>;
export const CreateMagicUrlTokenDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateMagicURLToken"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"userId"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"email"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"url"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"phrase"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Boolean"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createMagicURLToken"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"userId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"userId"}}},{"kind":"Argument","name":{"kind":"Name","value":"email"},"value":{"kind":"Variable","name":{"kind":"Name","value":"email"}}},{"kind":"Argument","name":{"kind":"Name","value":"url"},"value":{"kind":"Variable","name":{"kind":"Name","value":"url"}}},{"kind":"Argument","name":{"kind":"Name","value":"phrase"},"value":{"kind":"Variable","name":{"kind":"Name","value":"phrase"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TokenParts"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TokenParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Token"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"userId"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"phrase"}}]}}]} as unknown as DocumentNode<CreateMagicUrlTokenMutation, CreateMagicUrlTokenMutationVariables>;
export const CreatePhoneTokenDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreatePhoneToken"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"userId"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"phone"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createPhoneToken"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"userId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"userId"}}},{"kind":"Argument","name":{"kind":"Name","value":"phone"},"value":{"kind":"Variable","name":{"kind":"Name","value":"phone"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TokenParts"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TokenParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Token"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"userId"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"phrase"}}]}}]} as unknown as DocumentNode<CreatePhoneTokenMutation, CreatePhoneTokenMutationVariables>;
export const CreatePhoneVerificationDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreatePhoneVerification"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createPhoneVerification"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TokenParts"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TokenParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Token"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"userId"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"phrase"}}]}}]} as unknown as DocumentNode<CreatePhoneVerificationMutation, CreatePhoneVerificationMutationVariables>;
export const CreateRecoveryDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateRecovery"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"email"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"url"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createRecovery"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"email"},"value":{"kind":"Variable","name":{"kind":"Name","value":"email"}}},{"kind":"Argument","name":{"kind":"Name","value":"url"},"value":{"kind":"Variable","name":{"kind":"Name","value":"url"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TokenParts"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TokenParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Token"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"userId"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"phrase"}}]}}]} as unknown as DocumentNode<CreateRecoveryMutation, CreateRecoveryMutationVariables>;
export const CreateSessionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateSession"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"userId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"secret"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createSession"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"userId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"userId"}}},{"kind":"Argument","name":{"kind":"Name","value":"secret"},"value":{"kind":"Variable","name":{"kind":"Name","value":"secret"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SessionParts"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OriginParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Origin"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ip"}},{"kind":"Field","name":{"kind":"Name","value":"os"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"Field","name":{"kind":"Name","value":"client"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"engine"}},{"kind":"Field","name":{"kind":"Name","value":"engineVersion"}}]}},{"kind":"Field","name":{"kind":"Name","value":"device"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"brand"}},{"kind":"Field","name":{"kind":"Name","value":"model"}}]}},{"kind":"Field","name":{"kind":"Name","value":"country"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Session"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"userId"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"providerUid"}},{"kind":"Field","name":{"kind":"Name","value":"providerAccessToken"}},{"kind":"Field","name":{"kind":"Name","value":"providerAccessTokenExpiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"providerRefreshToken"}},{"kind":"Field","name":{"kind":"Name","value":"origin"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"OriginParts"}}]}},{"kind":"Field","name":{"kind":"Name","value":"current"}},{"kind":"Field","name":{"kind":"Name","value":"factors"}},{"kind":"Field","name":{"kind":"Name","value":"mfaUpdatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"secret"}}]}}]} as unknown as DocumentNode<CreateSessionMutation, CreateSessionMutationVariables>;
export const CreateVerificationDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateVerification"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"url"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"createVerification"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"url"},"value":{"kind":"Variable","name":{"kind":"Name","value":"url"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TokenParts"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TokenParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Token"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"userId"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"phrase"}}]}}]} as unknown as DocumentNode<CreateVerificationMutation, CreateVerificationMutationVariables>;
export const DeleteIdentityDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DeleteIdentity"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"identityId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deleteIdentity"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"identityId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"identityId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deletedIdentityId"}}]}}]}}]} as unknown as DocumentNode<DeleteIdentityMutation, DeleteIdentityMutationVariables>;
export const DeleteSessionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DeleteSession"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"sessionId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deleteSession"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"sessionId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"sessionId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deletedSessionId"}}]}}]}}]} as unknown as DocumentNode<DeleteSessionMutation, DeleteSessionMutationVariables>;
export const DeleteSessionsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DeleteSessions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deleteSessions"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"deletedSessionIds"}}]}}]}}]} as unknown as DocumentNode<DeleteSessionsMutation, DeleteSessionsMutationVariables>;
export const GetAccountDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"GetAccount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"getAccount"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"UserParts"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"registeredAt"}},{"kind":"Field","name":{"kind":"Name","value":"enabled"}},{"kind":"Field","name":{"kind":"Name","value":"labels"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"emailVerified"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}},{"kind":"Field","name":{"kind":"Name","value":"phoneVerified"}},{"kind":"Field","name":{"kind":"Name","value":"passwordUpdatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"mfaEnabled"}},{"kind":"Field","name":{"kind":"Name","value":"prefs"}},{"kind":"Field","name":{"kind":"Name","value":"accessedAt"}}]}}]} as unknown as DocumentNode<GetAccountQuery, GetAccountQueryVariables>;
export const GetPrefsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"GetPrefs"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"getPrefs"}}]}}]} as unknown as DocumentNode<GetPrefsQuery, GetPrefsQueryVariables>;
export const GetSessionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"GetSession"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"sessionId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"getSession"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"sessionId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"sessionId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SessionParts"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OriginParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Origin"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ip"}},{"kind":"Field","name":{"kind":"Name","value":"os"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"Field","name":{"kind":"Name","value":"client"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"engine"}},{"kind":"Field","name":{"kind":"Name","value":"engineVersion"}}]}},{"kind":"Field","name":{"kind":"Name","value":"device"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"brand"}},{"kind":"Field","name":{"kind":"Name","value":"model"}}]}},{"kind":"Field","name":{"kind":"Name","value":"country"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Session"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"userId"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"providerUid"}},{"kind":"Field","name":{"kind":"Name","value":"providerAccessToken"}},{"kind":"Field","name":{"kind":"Name","value":"providerAccessTokenExpiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"providerRefreshToken"}},{"kind":"Field","name":{"kind":"Name","value":"origin"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"OriginParts"}}]}},{"kind":"Field","name":{"kind":"Name","value":"current"}},{"kind":"Field","name":{"kind":"Name","value":"factors"}},{"kind":"Field","name":{"kind":"Name","value":"mfaUpdatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"secret"}}]}}]} as unknown as DocumentNode<GetSessionQuery, GetSessionQueryVariables>;
export const ListIdentitiesDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ListIdentities"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"listIdentities"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"IdentityParts"}}]}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"PageParts"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"IdentityParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Identity"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"userId"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"providerUid"}},{"kind":"Field","name":{"kind":"Name","value":"providerEmail"}},{"kind":"Field","name":{"kind":"Name","value":"providerAccessToken"}},{"kind":"Field","name":{"kind":"Name","value":"providerAccessTokenExpiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"providerRefreshToken"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PageParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PageInfo"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"hasPreviousPage"}},{"kind":"Field","name":{"kind":"Name","value":"startCursor"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]} as unknown as DocumentNode<ListIdentitiesQuery, ListIdentitiesQueryVariables>;
export const ListLogsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ListLogs"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"listLogs"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"LogParts"}}]}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"PageParts"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OriginParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Origin"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ip"}},{"kind":"Field","name":{"kind":"Name","value":"os"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"Field","name":{"kind":"Name","value":"client"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"engine"}},{"kind":"Field","name":{"kind":"Name","value":"engineVersion"}}]}},{"kind":"Field","name":{"kind":"Name","value":"device"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"brand"}},{"kind":"Field","name":{"kind":"Name","value":"model"}}]}},{"kind":"Field","name":{"kind":"Name","value":"country"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"LogParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Log"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"event"}},{"kind":"Field","name":{"kind":"Name","value":"userId"}},{"kind":"Field","name":{"kind":"Name","value":"time"}},{"kind":"Field","name":{"kind":"Name","value":"origin"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"OriginParts"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PageParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PageInfo"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"hasPreviousPage"}},{"kind":"Field","name":{"kind":"Name","value":"startCursor"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]} as unknown as DocumentNode<ListLogsQuery, ListLogsQueryVariables>;
export const ListSessionsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ListSessions"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"listSessions"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SessionParts"}}]}},{"kind":"Field","name":{"kind":"Name","value":"edges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"node"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"PageParts"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OriginParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Origin"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ip"}},{"kind":"Field","name":{"kind":"Name","value":"os"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"Field","name":{"kind":"Name","value":"client"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"engine"}},{"kind":"Field","name":{"kind":"Name","value":"engineVersion"}}]}},{"kind":"Field","name":{"kind":"Name","value":"device"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"brand"}},{"kind":"Field","name":{"kind":"Name","value":"model"}}]}},{"kind":"Field","name":{"kind":"Name","value":"country"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Session"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"userId"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"providerUid"}},{"kind":"Field","name":{"kind":"Name","value":"providerAccessToken"}},{"kind":"Field","name":{"kind":"Name","value":"providerAccessTokenExpiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"providerRefreshToken"}},{"kind":"Field","name":{"kind":"Name","value":"origin"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"OriginParts"}}]}},{"kind":"Field","name":{"kind":"Name","value":"current"}},{"kind":"Field","name":{"kind":"Name","value":"factors"}},{"kind":"Field","name":{"kind":"Name","value":"mfaUpdatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"secret"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"PageParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"PageInfo"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"hasPreviousPage"}},{"kind":"Field","name":{"kind":"Name","value":"startCursor"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]} as unknown as DocumentNode<ListSessionsQuery, ListSessionsQueryVariables>;
export const UpdateEmailDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdateEmail"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"email"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"password"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateEmail"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"email"},"value":{"kind":"Variable","name":{"kind":"Name","value":"email"}}},{"kind":"Argument","name":{"kind":"Name","value":"password"},"value":{"kind":"Variable","name":{"kind":"Name","value":"password"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"UserParts"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"registeredAt"}},{"kind":"Field","name":{"kind":"Name","value":"enabled"}},{"kind":"Field","name":{"kind":"Name","value":"labels"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"emailVerified"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}},{"kind":"Field","name":{"kind":"Name","value":"phoneVerified"}},{"kind":"Field","name":{"kind":"Name","value":"passwordUpdatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"mfaEnabled"}},{"kind":"Field","name":{"kind":"Name","value":"prefs"}},{"kind":"Field","name":{"kind":"Name","value":"accessedAt"}}]}}]} as unknown as DocumentNode<UpdateEmailMutation, UpdateEmailMutationVariables>;
export const UpdateMagicUrlSessionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdateMagicURLSession"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"userId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"secret"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateMagicURLSession"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"userId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"userId"}}},{"kind":"Argument","name":{"kind":"Name","value":"secret"},"value":{"kind":"Variable","name":{"kind":"Name","value":"secret"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SessionParts"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OriginParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Origin"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ip"}},{"kind":"Field","name":{"kind":"Name","value":"os"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"Field","name":{"kind":"Name","value":"client"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"engine"}},{"kind":"Field","name":{"kind":"Name","value":"engineVersion"}}]}},{"kind":"Field","name":{"kind":"Name","value":"device"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"brand"}},{"kind":"Field","name":{"kind":"Name","value":"model"}}]}},{"kind":"Field","name":{"kind":"Name","value":"country"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Session"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"userId"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"providerUid"}},{"kind":"Field","name":{"kind":"Name","value":"providerAccessToken"}},{"kind":"Field","name":{"kind":"Name","value":"providerAccessTokenExpiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"providerRefreshToken"}},{"kind":"Field","name":{"kind":"Name","value":"origin"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"OriginParts"}}]}},{"kind":"Field","name":{"kind":"Name","value":"current"}},{"kind":"Field","name":{"kind":"Name","value":"factors"}},{"kind":"Field","name":{"kind":"Name","value":"mfaUpdatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"secret"}}]}}]} as unknown as DocumentNode<UpdateMagicUrlSessionMutation, UpdateMagicUrlSessionMutationVariables>;
export const UpdateNameDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdateName"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"name"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateName"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"name"},"value":{"kind":"Variable","name":{"kind":"Name","value":"name"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"UserParts"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"registeredAt"}},{"kind":"Field","name":{"kind":"Name","value":"enabled"}},{"kind":"Field","name":{"kind":"Name","value":"labels"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"emailVerified"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}},{"kind":"Field","name":{"kind":"Name","value":"phoneVerified"}},{"kind":"Field","name":{"kind":"Name","value":"passwordUpdatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"mfaEnabled"}},{"kind":"Field","name":{"kind":"Name","value":"prefs"}},{"kind":"Field","name":{"kind":"Name","value":"accessedAt"}}]}}]} as unknown as DocumentNode<UpdateNameMutation, UpdateNameMutationVariables>;
export const UpdatePasswordDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdatePassword"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"password"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"oldPassword"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updatePassword"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"password"},"value":{"kind":"Variable","name":{"kind":"Name","value":"password"}}},{"kind":"Argument","name":{"kind":"Name","value":"oldPassword"},"value":{"kind":"Variable","name":{"kind":"Name","value":"oldPassword"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"UserParts"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"registeredAt"}},{"kind":"Field","name":{"kind":"Name","value":"enabled"}},{"kind":"Field","name":{"kind":"Name","value":"labels"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"emailVerified"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}},{"kind":"Field","name":{"kind":"Name","value":"phoneVerified"}},{"kind":"Field","name":{"kind":"Name","value":"passwordUpdatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"mfaEnabled"}},{"kind":"Field","name":{"kind":"Name","value":"prefs"}},{"kind":"Field","name":{"kind":"Name","value":"accessedAt"}}]}}]} as unknown as DocumentNode<UpdatePasswordMutation, UpdatePasswordMutationVariables>;
export const UpdatePhoneDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdatePhone"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"phone"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"password"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updatePhone"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"phone"},"value":{"kind":"Variable","name":{"kind":"Name","value":"phone"}}},{"kind":"Argument","name":{"kind":"Name","value":"password"},"value":{"kind":"Variable","name":{"kind":"Name","value":"password"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"UserParts"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"registeredAt"}},{"kind":"Field","name":{"kind":"Name","value":"enabled"}},{"kind":"Field","name":{"kind":"Name","value":"labels"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"emailVerified"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}},{"kind":"Field","name":{"kind":"Name","value":"phoneVerified"}},{"kind":"Field","name":{"kind":"Name","value":"passwordUpdatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"mfaEnabled"}},{"kind":"Field","name":{"kind":"Name","value":"prefs"}},{"kind":"Field","name":{"kind":"Name","value":"accessedAt"}}]}}]} as unknown as DocumentNode<UpdatePhoneMutation, UpdatePhoneMutationVariables>;
export const UpdatePhoneSessionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdatePhoneSession"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"userId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"secret"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updatePhoneSession"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"userId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"userId"}}},{"kind":"Argument","name":{"kind":"Name","value":"secret"},"value":{"kind":"Variable","name":{"kind":"Name","value":"secret"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SessionParts"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OriginParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Origin"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ip"}},{"kind":"Field","name":{"kind":"Name","value":"os"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"Field","name":{"kind":"Name","value":"client"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"engine"}},{"kind":"Field","name":{"kind":"Name","value":"engineVersion"}}]}},{"kind":"Field","name":{"kind":"Name","value":"device"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"brand"}},{"kind":"Field","name":{"kind":"Name","value":"model"}}]}},{"kind":"Field","name":{"kind":"Name","value":"country"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Session"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"userId"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"providerUid"}},{"kind":"Field","name":{"kind":"Name","value":"providerAccessToken"}},{"kind":"Field","name":{"kind":"Name","value":"providerAccessTokenExpiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"providerRefreshToken"}},{"kind":"Field","name":{"kind":"Name","value":"origin"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"OriginParts"}}]}},{"kind":"Field","name":{"kind":"Name","value":"current"}},{"kind":"Field","name":{"kind":"Name","value":"factors"}},{"kind":"Field","name":{"kind":"Name","value":"mfaUpdatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"secret"}}]}}]} as unknown as DocumentNode<UpdatePhoneSessionMutation, UpdatePhoneSessionMutationVariables>;
export const UpdatePhoneVerificationDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdatePhoneVerification"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"userId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"secret"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updatePhoneVerification"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"userId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"userId"}}},{"kind":"Argument","name":{"kind":"Name","value":"secret"},"value":{"kind":"Variable","name":{"kind":"Name","value":"secret"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TokenParts"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TokenParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Token"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"userId"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"phrase"}}]}}]} as unknown as DocumentNode<UpdatePhoneVerificationMutation, UpdatePhoneVerificationMutationVariables>;
export const UpdatePrefsDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdatePrefs"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"prefs"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"JSONObject"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updatePrefs"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"prefs"},"value":{"kind":"Variable","name":{"kind":"Name","value":"prefs"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"UserParts"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"registeredAt"}},{"kind":"Field","name":{"kind":"Name","value":"enabled"}},{"kind":"Field","name":{"kind":"Name","value":"labels"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"emailVerified"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}},{"kind":"Field","name":{"kind":"Name","value":"phoneVerified"}},{"kind":"Field","name":{"kind":"Name","value":"passwordUpdatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"mfaEnabled"}},{"kind":"Field","name":{"kind":"Name","value":"prefs"}},{"kind":"Field","name":{"kind":"Name","value":"accessedAt"}}]}}]} as unknown as DocumentNode<UpdatePrefsMutation, UpdatePrefsMutationVariables>;
export const UpdateRecoveryDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdateRecovery"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"userId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"secret"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"password"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateRecovery"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"userId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"userId"}}},{"kind":"Argument","name":{"kind":"Name","value":"secret"},"value":{"kind":"Variable","name":{"kind":"Name","value":"secret"}}},{"kind":"Argument","name":{"kind":"Name","value":"password"},"value":{"kind":"Variable","name":{"kind":"Name","value":"password"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TokenParts"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TokenParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Token"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"userId"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"phrase"}}]}}]} as unknown as DocumentNode<UpdateRecoveryMutation, UpdateRecoveryMutationVariables>;
export const UpdateSessionDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdateSession"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"sessionId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateSession"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"sessionId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"sessionId"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"SessionParts"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"OriginParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Origin"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"ip"}},{"kind":"Field","name":{"kind":"Name","value":"os"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"version"}}]}},{"kind":"Field","name":{"kind":"Name","value":"client"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"type"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"version"}},{"kind":"Field","name":{"kind":"Name","value":"engine"}},{"kind":"Field","name":{"kind":"Name","value":"engineVersion"}}]}},{"kind":"Field","name":{"kind":"Name","value":"device"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"brand"}},{"kind":"Field","name":{"kind":"Name","value":"model"}}]}},{"kind":"Field","name":{"kind":"Name","value":"country"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"SessionParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Session"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"userId"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"provider"}},{"kind":"Field","name":{"kind":"Name","value":"providerUid"}},{"kind":"Field","name":{"kind":"Name","value":"providerAccessToken"}},{"kind":"Field","name":{"kind":"Name","value":"providerAccessTokenExpiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"providerRefreshToken"}},{"kind":"Field","name":{"kind":"Name","value":"origin"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"OriginParts"}}]}},{"kind":"Field","name":{"kind":"Name","value":"current"}},{"kind":"Field","name":{"kind":"Name","value":"factors"}},{"kind":"Field","name":{"kind":"Name","value":"mfaUpdatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"secret"}}]}}]} as unknown as DocumentNode<UpdateSessionMutation, UpdateSessionMutationVariables>;
export const UpdateStatusDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdateStatus"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateStatus"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"UserParts"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"User"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"registeredAt"}},{"kind":"Field","name":{"kind":"Name","value":"enabled"}},{"kind":"Field","name":{"kind":"Name","value":"labels"}},{"kind":"Field","name":{"kind":"Name","value":"email"}},{"kind":"Field","name":{"kind":"Name","value":"emailVerified"}},{"kind":"Field","name":{"kind":"Name","value":"phone"}},{"kind":"Field","name":{"kind":"Name","value":"phoneVerified"}},{"kind":"Field","name":{"kind":"Name","value":"passwordUpdatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"mfaEnabled"}},{"kind":"Field","name":{"kind":"Name","value":"prefs"}},{"kind":"Field","name":{"kind":"Name","value":"accessedAt"}}]}}]} as unknown as DocumentNode<UpdateStatusMutation, UpdateStatusMutationVariables>;
export const UpdateVerificationDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdateVerification"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"userId"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"ID"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"secret"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"updateVerification"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"userId"},"value":{"kind":"Variable","name":{"kind":"Name","value":"userId"}}},{"kind":"Argument","name":{"kind":"Name","value":"secret"},"value":{"kind":"Variable","name":{"kind":"Name","value":"secret"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"TokenParts"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"TokenParts"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Token"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"createdAt"}},{"kind":"Field","name":{"kind":"Name","value":"userId"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}},{"kind":"Field","name":{"kind":"Name","value":"phrase"}}]}}]} as unknown as DocumentNode<UpdateVerificationMutation, UpdateVerificationMutationVariables>;