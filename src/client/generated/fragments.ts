// Written by npm run codegen.
export const userParts = 'fragment UserParts on User{id createdAt updatedAt name registeredAt enabled labels email emailVerified phone phoneVerified passwordUpdatedAt mfaEnabled mfaDueAt prefs accessedAt deleteAt}';
export const originParts = 'fragment OriginParts on Origin{ip os{code name version}client{type code name version engine engineVersion}device{name brand model}country{code name}}';
export const sessionParts = 'fragment SessionParts on Session{id createdAt updatedAt userId expiresAt provider providerUid providerAccessToken providerAccessTokenExpiresAt providerRefreshToken origin{...OriginParts}actor current factors missingFactors enrolmentRequired completedFactors mfaUpdatedAt secret}';
export const identityParts = 'fragment IdentityParts on Identity{id createdAt updatedAt userId provider providerUid providerEmail providerAccessToken providerAccessTokenExpiresAt providerRefreshToken}';
export const logParts = 'fragment LogParts on Log{id event detail sessionId actor userId time origin{...OriginParts}}';
export const pageParts = 'fragment PageParts on PageInfo{hasNextPage hasPreviousPage startCursor endCursor}';
export const tokenParts = 'fragment TokenParts on Token{id createdAt userId expiresAt phrase}';
export const factorParts = 'fragment FactorParts on MfaFactors{totp phone email recoveryCode passkey}';
export const passkeyParts = 'fragment PasskeyParts on Passkey{id createdAt updatedAt userId name lastUsedAt backedUp transports}';
export const ceremonyParts = 'fragment CeremonyParts on PasskeyCeremony{id options expiresAt}';
export const messageParts = 'fragment MessageParts on Message{id createdAt channel kind to state attempts nextAttemptAt sentAt failedAt lastError}';
export const securityChangeParts = 'fragment SecurityChangeParts on SecurityChange{id createdAt kind detail actor origin{...OriginParts}sessionId deviceId thisDevice suggested needsFactor}';
export const undoneParts = 'fragment UndoneParts on UndoneChange{event undoneAt changes{...SecurityChangeParts}notRestored{...SecurityChangeParts}}';
export const invitationParts = 'fragment InvitationParts on Invitation{id createdAt expiresAt email name labels invitedBy acceptedAt userId}';
export const trustedDeviceParts = 'fragment TrustedDeviceParts on TrustedDevice{id createdAt expiresAt lastUsedAt current origin{...OriginParts}}';
