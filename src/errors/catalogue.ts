interface Entry {
  /** The constant text of the error. Holds no address, id, secret or SQL. */
  readonly message: string;
  /** What a client does about it. */
  readonly remedy: string;
}

/** Every error code of the API: the types, `enum ErrorCode`, the messages and the table in docs/errors.md come from here. */
export const catalogue = {
  GENERAL_ARGUMENT_INVALID: {
    message: 'An argument is invalid.',
    remedy: 'Correct the argument named in `argument`; `issues` says what is wrong with each.',
  },
  GENERAL_BAD_REQUEST: {
    message: 'The request is malformed or cannot be carried out.',
    remedy:
      'Correct the request as the message says. After a sign-in at an OAuth provider: sign in another way, because the ' +
      'e-mail address belongs to an account that this sign-in does not prove to own.',
  },
  GENERAL_NOT_FOUND: {
    message: 'There is no page or route at this path.',
    remedy: 'Check the URL. The API is at `/graphql`; docs/operations.md lists all routes.',
  },
  GENERAL_UNAUTHORIZED_SCOPE: {
    message: 'The request has no credentials that allow this operation.',
    remedy:
      'Sign in and send the session secret as a bearer token or cookie. Operations of operators need the key of an operator instead.',
  },
  GENERAL_UNKNOWN_ORIGIN: {
    message: 'This origin may not send credentials.',
    remedy: 'Add the page’s origin to `CORS_ORIGINS`. Outside a browser send a bearer token, not a cookie.',
  },
  GENERAL_RATE_LIMIT_EXCEEDED: {
    message: 'Too many requests.',
    remedy: 'Wait `retryAfterSeconds`, then try again.',
  },
  GENERAL_PROOF_REQUIRED: {
    message: 'Many requests came from this client network, so this one needs a proof.',
    remedy:
      'Solve what `proof` describes, and send the same request again with the result in the header `gatehouse-proof`. The client package does ' +
      'this for proof of work.',
  },
  GENERAL_MAIL_DISABLED: {
    message: 'This server sends no e-mail.',
    remedy: 'Use a way to sign in that needs no e-mail, or set `MAIL_URL`.',
  },
  GENERAL_SMS_DISABLED: {
    message: 'This server sends no SMS.',
    remedy: 'Use a way to sign in that needs no phone, or set `SMS_URL`.',
  },
  GENERAL_SERVICE_UNAVAILABLE: {
    message: 'The service is busy or unavailable.',
    remedy: 'Try again in a moment. Nothing was changed.',
  },
  GENERAL_UNKNOWN: {
    message: 'Something went wrong.',
    remedy: 'Report the `requestId`: the server’s log has the cause under it.',
  },
  USER_COUNT_EXCEEDED: {
    message: 'The server takes no more users.',
    remedy: 'Raise `USER_LIMIT`.',
  },
  USER_SIGN_UP_CLOSED: {
    message: 'New accounts are by invitation only.',
    remedy: 'Sign in to an existing account, or ask the operator of the server for an invitation.',
  },
  INVITATION_NOT_FOUND: {
    message: 'There is no such invitation.',
    remedy:
      'Look for it with listInvitations. It may have been deleted or replaced, or it expired more than 30 days ago.',
  },
  USER_REFUSED: {
    message: 'The application rejected this request.',
    remedy:
      'Show the user a text for `reason`, which is one of `DECIDE_REASONS`. If `reason` is null, ask the user to try again later.',
  },
  USER_ADDRESS_NOT_ALLOWED: {
    message: 'The server does not allow an account with this address, or without an email address.',
    remedy: 'Use an email address that the server allows, for example the one of your company.',
  },
  USER_JWT_INVALID: {
    message: 'The JWT is invalid or expired.',
    remedy: 'Ask for a new one with createJWT, or leave the header out.',
  },
  USER_JWT_CREATION_DENIED: {
    message: 'A JWT cannot make another JWT.',
    remedy: 'Call createJWT with the session itself.',
  },
  USER_ALREADY_EXISTS: {
    message: 'A user with this e-mail address, phone or id exists already.',
    remedy: 'Sign in instead, or choose another id.',
  },
  USER_BLOCKED: {
    message: 'The account is blocked.',
    remedy: 'Stop: the account’s credentials do not work until an operator lets it in again.',
  },
  USER_INVALID_TOKEN: {
    message: 'The token is invalid, expired or already used.',
    remedy: 'Check the code, or ask for a new one.',
  },
  USER_INVALID_CREDENTIALS: {
    message: 'The e-mail address or the password is wrong.',
    remedy: 'Check both, or recover the password.',
  },
  USER_CREDENTIALS_CONFLICT: {
    message: 'The credentials of this request belong to different users.',
    remedy: 'Send either the cookie or the Authorization header.',
  },
  USER_SESSION_ALREADY_EXISTS: {
    message: 'You are already signed in.',
    remedy: 'Delete the session first, or call without its credential.',
  },
  USER_ADDRESS_UNAVAILABLE: {
    message: 'This address cannot be used.',
    remedy: 'Use another e-mail address, or sign in with the OAuth provider that knows this one.',
  },
  USER_EMAIL_ALREADY_EXISTS: {
    message: 'This e-mail address is in use.',
    remedy: 'Choose another one.',
  },
  USER_PHONE_ALREADY_EXISTS: {
    message: 'This phone number is in use.',
    remedy: 'Choose another one.',
  },
  USER_PASSWORD_RECENTLY_USED: {
    message: 'This password was used before.',
    remedy: 'Choose one that is new.',
  },
  USER_PASSWORD_PERSONAL_DATA: {
    message: 'The password contains personal data.',
    remedy: 'Choose one without the name, e-mail address, phone number or id.',
  },
  USER_PASSWORD_BREACHED: {
    message: 'The password has appeared in a data breach.',
    remedy: 'Choose another password. Do not use this one anywhere else either.',
  },
  USER_PASSWORD_TOO_COMMON: {
    message: 'The password is too common.',
    remedy: 'Choose one that is not on lists of common passwords.',
  },
  USER_SESSION_NOT_FOUND: {
    message: 'There is no such session.',
    remedy: 'List the sessions; this one has ended. With a JWT there is no current session.',
  },
  USER_IDENTITY_NOT_FOUND: {
    message: 'There is no such identity.',
    remedy: 'List the identities; this one is gone.',
  },
  USER_AUTH_METHOD_UNSUPPORTED: {
    message: 'This way to sign in is switched off.',
    remedy: 'Use another one, or add it to `AUTH_METHODS`.',
  },
  USER_PHONE_NOT_FOUND: {
    message: 'The account has no phone number.',
    remedy: 'Add one with updatePhone.',
  },
  USER_PHONE_NOT_VERIFIED: {
    message: 'The phone number is not verified.',
    remedy: 'Verify it with createPhoneVerification.',
  },
  USER_PHONE_ALREADY_VERIFIED: {
    message: 'The phone number is verified already.',
    remedy: 'Nothing is left to do.',
  },
  USER_EMAIL_NOT_FOUND: {
    message: 'The account has no e-mail address.',
    remedy: 'Add one with updateEmail.',
  },
  USER_EMAIL_NOT_VERIFIED: {
    message: 'The e-mail address is not verified.',
    remedy:
      'Open the link that was sent to it. A signed-in user can request another one with createVerification; where `SIGN_UP_DOMAINS` is set, the ' +
      'server sends another one at each sign-in.',
  },
  USER_EMAIL_ALREADY_VERIFIED: {
    message: 'The e-mail address is verified already.',
    remedy: 'Nothing is left to do.',
  },
  USER_MORE_FACTORS_REQUIRED: {
    message: 'Another factor is required.',
    remedy: 'Prove one of `factors` with createMfaChallenge and updateMfaChallenge.',
  },
  USER_MFA_ENROLMENT_REQUIRED: {
    message: 'This server demands multi-factor authentication (MFA), and the account does not have it.',
    remedy:
      'Let the user add a second factor, and turn MFA on with updateMFA. Until then the session may only read the account, add a factor and sign out.',
  },
  USER_CHALLENGE_REQUIRED: {
    message: 'A recent proof of who you are is required.',
    remedy: 'Pass a challenge on this session, or sign in again, then repeat the call.',
  },
  USER_AUTHENTICATOR_NOT_FOUND: {
    message: 'The account has no such authenticator.',
    remedy: 'Add one with createMfaAuthenticator.',
  },
  USER_AUTHENTICATOR_ALREADY_VERIFIED: {
    message: 'The account has a verified authenticator already.',
    remedy: 'Delete it first to replace it.',
  },
  USER_RECOVERY_CODES_ALREADY_EXISTS: {
    message: 'The account has recovery codes already.',
    remedy: 'Replace them with updateMfaRecoveryCodes.',
  },
  USER_RECOVERY_CODES_NOT_FOUND: {
    message: 'The account has no recovery codes.',
    remedy: 'Make some with createMfaRecoveryCodes.',
  },
  USER_CHANGE_NOT_FOUND: {
    message: 'There is no such security change, or it was already reverted.',
    remedy: 'Load the list of changes again.',
  },
  USER_DEVICE_NOT_FOUND: {
    message: 'The account has no such trusted device.',
    remedy: 'Load the list of trusted devices again. The trust of this device has ended.',
  },
  USER_PASSKEY_NOT_FOUND: {
    message: 'The account has no such passkey.',
    remedy: 'List the passkeys; this one is gone. Add one with createPasskeyRegistration.',
  },
  USER_PASSKEY_INVALID: {
    message: 'The passkey could not be verified.',
    remedy:
      'Begin again: a ceremony is good for one answer, within five minutes, on the site that the passkey is for.',
  },
  USER_PASSKEY_LIMIT_EXCEEDED: {
    message: 'The account has as many passkeys as it may.',
    remedy: 'Delete one first.',
  },
  USER_NOT_FOUND: {
    message: 'There is no such user.',
    remedy: 'Look for the user with listUsers.',
  },
  MESSAGE_NOT_FOUND: {
    message: 'There is no such message.',
    remedy: 'Look for it with listMessages; what was delivered long ago is gone.',
  },
  USER_MISSING_ID: {
    message: 'The provider did not say who signed in.',
    remedy: 'Try again, or use another provider.',
  },
  USER_OAUTH2_BAD_REQUEST: {
    message: 'The provider refused the request.',
    remedy: 'Start the sign-in again; the code may have been used or expired.',
  },
  USER_OAUTH2_UNAUTHORIZED: {
    message: 'The provider refused this server.',
    remedy: 'Check the client id and secret of the provider.',
  },
  USER_ID_TOKEN_INVALID: {
    message: 'The server does not accept this ID token or nonce.',
    remedy:
      'Request a new nonce with createIdTokenNonce, and a new ID token with this nonce from the SDK of the provider. A nonce works for one attempt, for a short time. `OAUTH_<PROVIDER>_AUDIENCES` must list the audience of the token.',
  },
  USER_OAUTH2_PROVIDER_ERROR: {
    message: 'The provider failed or the sign-in was cancelled.',
    remedy: 'Start the sign-in again.',
  },
  PROJECT_PROVIDER_DISABLED: {
    message: 'This provider is not configured.',
    remedy: 'Set its client id and secret.',
  },
  GRAPHQL_PARSE_FAILED: {
    message: 'The document is not valid GraphQL.',
    remedy: 'Correct the syntax at `locations`. Nothing was executed.',
  },
  GRAPHQL_VALIDATION_FAILED: {
    message: 'The document does not fit the schema.',
    remedy: 'Correct what the message names. Nothing was executed.',
  },
  QUERY_TOO_COMPLEX: {
    message: 'The query asks for too much at once.',
    remedy:
      'Ask for less, or in several requests; the message says which limit was met. Nothing was executed.',
  },
  PAYLOAD_TOO_LARGE: {
    message: 'The request is too large.',
    remedy: 'Send at most 256 KiB.',
  },
} as const satisfies Record<string, Entry>;

/** Codes that answer a request before anything of it is executed, whatever it asks for. */
export const requestErrors = [
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'QUERY_TOO_COMPLEX',
  'PAYLOAD_TOO_LARGE',
] as const;

/** A code of the catalogue, as it stands in `extensions.code`. */
export type ErrorCode = keyof typeof catalogue;

/** The codes, in the catalogue's order. */
export const errorCodes = Object.keys(catalogue) as ErrorCode[];
