// Written by npm run codegen.
import { operation } from './operation.js';
import type {
  CancelAccountDeletionMutation,
  CancelAccountDeletionMutationVariables,
  CreateAccountMutation,
  CreateAccountMutationVariables,
  CreateAnonymousSessionMutation,
  CreateAnonymousSessionMutationVariables,
  CreateEmailPasswordSessionMutation,
  CreateEmailPasswordSessionMutationVariables,
  CreateEmailTokenMutation,
  CreateEmailTokenMutationVariables,
  CreateJwtMutation,
  CreateJwtMutationVariables,
  CreateMagicUrlTokenMutation,
  CreateMagicUrlTokenMutationVariables,
  CreateMfaAuthenticatorMutation,
  CreateMfaAuthenticatorMutationVariables,
  CreateMfaChallengeMutation,
  CreateMfaChallengeMutationVariables,
  CreateMfaRecoveryCodesMutation,
  CreateMfaRecoveryCodesMutationVariables,
  CreateOAuth2TokenMutation,
  CreateOAuth2TokenMutationVariables,
  CreatePasskeyMutation,
  CreatePasskeyMutationVariables,
  CreatePasskeyRegistrationMutation,
  CreatePasskeyRegistrationMutationVariables,
  CreatePasskeySessionMutation,
  CreatePasskeySessionMutationVariables,
  CreatePasskeySignInMutation,
  CreatePasskeySignInMutationVariables,
  CreatePhoneTokenMutation,
  CreatePhoneTokenMutationVariables,
  CreatePhoneVerificationMutation,
  CreatePhoneVerificationMutationVariables,
  CreateRecoveryMutation,
  CreateRecoveryMutationVariables,
  CreateSessionMutation,
  CreateSessionMutationVariables,
  CreateUserMutation,
  CreateUserMutationVariables,
  CreateVerificationMutation,
  CreateVerificationMutationVariables,
  DeleteAccountMutation,
  DeleteAccountMutationVariables,
  DeleteIdentityMutation,
  DeleteIdentityMutationVariables,
  DeleteMfaAuthenticatorMutation,
  DeleteMfaAuthenticatorMutationVariables,
  DeletePasskeyMutation,
  DeletePasskeyMutationVariables,
  DeleteSessionMutation,
  DeleteSessionMutationVariables,
  DeleteSessionsMutation,
  DeleteSessionsMutationVariables,
  DeleteUserMutation,
  DeleteUserMutationVariables,
  DeleteUserFactorsMutation,
  DeleteUserFactorsMutationVariables,
  DeleteUserSessionsMutation,
  DeleteUserSessionsMutationVariables,
  ExportAccountQuery,
  ExportAccountQueryVariables,
  GetAccountQuery,
  GetAccountQueryVariables,
  GetMfaRecoveryCodesQuery,
  GetMfaRecoveryCodesQueryVariables,
  GetPrefsQuery,
  GetPrefsQueryVariables,
  GetSessionQuery,
  GetSessionQueryVariables,
  GetUserQuery,
  GetUserQueryVariables,
  ListIdentitiesQuery,
  ListIdentitiesQueryVariables,
  ListLogsQuery,
  ListLogsQueryVariables,
  ListMessagesQuery,
  ListMessagesQueryVariables,
  ListMfaFactorsQuery,
  ListMfaFactorsQueryVariables,
  ListPasskeysQuery,
  ListPasskeysQueryVariables,
  ListSecurityChangesQuery,
  ListSecurityChangesQueryVariables,
  ListSessionsQuery,
  ListSessionsQueryVariables,
  ListUsersQuery,
  ListUsersQueryVariables,
  LogCreatedSubscription,
  LogCreatedSubscriptionVariables,
  RetryMessageMutation,
  RetryMessageMutationVariables,
  UndoChangeMutation,
  UndoChangeMutationVariables,
  UndoUserChangesMutation,
  UndoUserChangesMutationVariables,
  UpdateEmailMutation,
  UpdateEmailMutationVariables,
  UpdateMfaMutation,
  UpdateMfaMutationVariables,
  UpdateMagicUrlSessionMutation,
  UpdateMagicUrlSessionMutationVariables,
  UpdateMfaAuthenticatorMutation,
  UpdateMfaAuthenticatorMutationVariables,
  UpdateMfaChallengeMutation,
  UpdateMfaChallengeMutationVariables,
  UpdateMfaPasskeyChallengeMutation,
  UpdateMfaPasskeyChallengeMutationVariables,
  UpdateMfaRecoveryCodesMutation,
  UpdateMfaRecoveryCodesMutationVariables,
  UpdateNameMutation,
  UpdateNameMutationVariables,
  UpdatePasskeyMutation,
  UpdatePasskeyMutationVariables,
  UpdatePasswordMutation,
  UpdatePasswordMutationVariables,
  UpdatePhoneMutation,
  UpdatePhoneMutationVariables,
  UpdatePhoneSessionMutation,
  UpdatePhoneSessionMutationVariables,
  UpdatePhoneVerificationMutation,
  UpdatePhoneVerificationMutationVariables,
  UpdatePrefsMutation,
  UpdatePrefsMutationVariables,
  UpdateRecoveryMutation,
  UpdateRecoveryMutationVariables,
  UpdateSessionMutation,
  UpdateSessionMutationVariables,
  UpdateStatusMutation,
  UpdateStatusMutationVariables,
  UpdateUserLabelsMutation,
  UpdateUserLabelsMutationVariables,
  UpdateUserStatusMutation,
  UpdateUserStatusMutationVariables,
  UpdateUserVerificationMutation,
  UpdateUserVerificationMutationVariables,
  UpdateVerificationMutation,
  UpdateVerificationMutationVariables,
} from './operation-types.js';

const userParts = 'fragment UserParts on User{id createdAt updatedAt name registeredAt enabled labels email emailVerified phone phoneVerified passwordUpdatedAt mfaEnabled prefs accessedAt deleteAt}';
const originParts = 'fragment OriginParts on Origin{ip os{code name version}client{type code name version engine engineVersion}device{name brand model}country{code name}}';
const sessionParts = 'fragment SessionParts on Session{id createdAt updatedAt userId expiresAt provider providerUid providerAccessToken providerAccessTokenExpiresAt providerRefreshToken origin{...OriginParts}current factors missingFactors mfaUpdatedAt secret}';
const tokenParts = 'fragment TokenParts on Token{id createdAt userId expiresAt phrase}';
const passkeyParts = 'fragment PasskeyParts on Passkey{id createdAt updatedAt userId name lastUsedAt backedUp transports}';
const ceremonyParts = 'fragment CeremonyParts on PasskeyCeremony{id options expiresAt}';
const factorParts = 'fragment FactorParts on MfaFactors{totp phone email recoveryCode passkey}';
const identityParts = 'fragment IdentityParts on Identity{id createdAt updatedAt userId provider providerUid providerEmail providerAccessToken providerAccessTokenExpiresAt providerRefreshToken}';
const securityChangeParts = 'fragment SecurityChangeParts on SecurityChange{id createdAt kind detail actor origin{...OriginParts}sessionId deviceId thisDevice suggested needsFactor}';
const logParts = 'fragment LogParts on Log{id event detail sessionId actor userId time origin{...OriginParts}}';
const pageParts = 'fragment PageParts on PageInfo{hasNextPage hasPreviousPage startCursor endCursor}';
const messageParts = 'fragment MessageParts on Message{id createdAt channel kind to state attempts nextAttemptAt sentAt failedAt lastError}';
const undoneParts = 'fragment UndoneParts on UndoneChange{event undoneAt changes{...SecurityChangeParts}notRestored{...SecurityChangeParts}}';

/** The text of each operation that is a method of the client. */
export const operations = {
  cancelAccountDeletion: operation<CancelAccountDeletionMutation, CancelAccountDeletionMutationVariables>(
    `mutation CancelAccountDeletion{cancelAccountDeletion{...UserParts}}${userParts}`,
  ),
  createAccount: operation<CreateAccountMutation, CreateAccountMutationVariables>(
    `mutation CreateAccount($userId:ID$email:String!$password:String!$name:String){createAccount(userId:$userId email:$email password:$password name:$name){...UserParts}}${userParts}`,
  ),
  createAnonymousSession: operation<CreateAnonymousSessionMutation, CreateAnonymousSessionMutationVariables>(
    `mutation CreateAnonymousSession{createAnonymousSession{...SessionParts}}${originParts}${sessionParts}`,
  ),
  createEmailPasswordSession: operation<CreateEmailPasswordSessionMutation, CreateEmailPasswordSessionMutationVariables>(
    `mutation CreateEmailPasswordSession($email:String!$password:String!){createEmailPasswordSession(email:$email password:$password){...SessionParts}}${originParts}${sessionParts}`,
  ),
  createEmailToken: operation<CreateEmailTokenMutation, CreateEmailTokenMutationVariables>(
    `mutation CreateEmailToken($userId:ID$email:String!$phrase:Boolean){createEmailToken(userId:$userId email:$email phrase:$phrase){...TokenParts}}${tokenParts}`,
  ),
  createJWT: operation<CreateJwtMutation, CreateJwtMutationVariables>(
    `mutation CreateJWT{createJWT{jwt expiresAt}}`,
  ),
  createMagicURLToken: operation<CreateMagicUrlTokenMutation, CreateMagicUrlTokenMutationVariables>(
    `mutation CreateMagicURLToken($userId:ID$email:String!$url:String$phrase:Boolean){createMagicURLToken(userId:$userId email:$email url:$url phrase:$phrase){...TokenParts}}${tokenParts}`,
  ),
  createMfaAuthenticator: operation<CreateMfaAuthenticatorMutation, CreateMfaAuthenticatorMutationVariables>(
    `mutation CreateMfaAuthenticator($type:AuthenticatorType!){createMfaAuthenticator(type:$type){secret uri qrCode}}`,
  ),
  createMfaChallenge: operation<CreateMfaChallengeMutation, CreateMfaChallengeMutationVariables>(
    `mutation CreateMfaChallenge($factor:AuthenticationFactor!){createMfaChallenge(factor:$factor){id createdAt userId expiresAt factor options}}`,
  ),
  createMfaRecoveryCodes: operation<CreateMfaRecoveryCodesMutation, CreateMfaRecoveryCodesMutationVariables>(
    `mutation CreateMfaRecoveryCodes{createMfaRecoveryCodes{recoveryCodes}}`,
  ),
  createOAuth2Token: operation<CreateOAuth2TokenMutation, CreateOAuth2TokenMutationVariables>(
    `mutation CreateOAuth2Token($provider:OAuthProvider!$success:String$failure:String$scopes:[String!]$codeChallenge:String){createOAuth2Token(provider:$provider success:$success failure:$failure scopes:$scopes codeChallenge:$codeChallenge){url}}`,
  ),
  createPasskey: operation<CreatePasskeyMutation, CreatePasskeyMutationVariables>(
    `mutation CreatePasskey($ceremonyId:ID!$credential:JSONObject!$name:String){createPasskey(ceremonyId:$ceremonyId credential:$credential name:$name){...PasskeyParts}}${passkeyParts}`,
  ),
  createPasskeyRegistration: operation<CreatePasskeyRegistrationMutation, CreatePasskeyRegistrationMutationVariables>(
    `mutation CreatePasskeyRegistration{createPasskeyRegistration{...CeremonyParts}}${ceremonyParts}`,
  ),
  createPasskeySession: operation<CreatePasskeySessionMutation, CreatePasskeySessionMutationVariables>(
    `mutation CreatePasskeySession($ceremonyId:ID!$credential:JSONObject!){createPasskeySession(ceremonyId:$ceremonyId credential:$credential){...SessionParts}}${originParts}${sessionParts}`,
  ),
  createPasskeySignIn: operation<CreatePasskeySignInMutation, CreatePasskeySignInMutationVariables>(
    `mutation CreatePasskeySignIn{createPasskeySignIn{...CeremonyParts}}${ceremonyParts}`,
  ),
  createPhoneToken: operation<CreatePhoneTokenMutation, CreatePhoneTokenMutationVariables>(
    `mutation CreatePhoneToken($userId:ID$phone:String!){createPhoneToken(userId:$userId phone:$phone){...TokenParts}}${tokenParts}`,
  ),
  createPhoneVerification: operation<CreatePhoneVerificationMutation, CreatePhoneVerificationMutationVariables>(
    `mutation CreatePhoneVerification{createPhoneVerification{...TokenParts}}${tokenParts}`,
  ),
  createRecovery: operation<CreateRecoveryMutation, CreateRecoveryMutationVariables>(
    `mutation CreateRecovery($email:String!$url:String){createRecovery(email:$email url:$url){...TokenParts}}${tokenParts}`,
  ),
  createSession: operation<CreateSessionMutation, CreateSessionMutationVariables>(
    `mutation CreateSession($userId:ID!$secret:String!$codeVerifier:String){createSession(userId:$userId secret:$secret codeVerifier:$codeVerifier){...SessionParts}}${originParts}${sessionParts}`,
  ),
  createUser: operation<CreateUserMutation, CreateUserMutationVariables>(
    `mutation CreateUser($userId:ID$email:String$phone:String$password:String$passwordHash:String$name:String$emailVerified:Boolean$phoneVerified:Boolean$labels:[String!]){createUser(userId:$userId email:$email phone:$phone password:$password passwordHash:$passwordHash name:$name emailVerified:$emailVerified phoneVerified:$phoneVerified labels:$labels){...UserParts}}${userParts}`,
  ),
  createVerification: operation<CreateVerificationMutation, CreateVerificationMutationVariables>(
    `mutation CreateVerification($url:String){createVerification(url:$url){...TokenParts}}${tokenParts}`,
  ),
  deleteAccount: operation<DeleteAccountMutation, DeleteAccountMutationVariables>(
    `mutation DeleteAccount{deleteAccount{...UserParts}}${userParts}`,
  ),
  deleteIdentity: operation<DeleteIdentityMutation, DeleteIdentityMutationVariables>(
    `mutation DeleteIdentity($identityId:ID!){deleteIdentity(identityId:$identityId){deletedIdentityId}}`,
  ),
  deleteMfaAuthenticator: operation<DeleteMfaAuthenticatorMutation, DeleteMfaAuthenticatorMutationVariables>(
    `mutation DeleteMfaAuthenticator($type:AuthenticatorType!){deleteMfaAuthenticator(type:$type){deletedType user{...UserParts}}}${userParts}`,
  ),
  deletePasskey: operation<DeletePasskeyMutation, DeletePasskeyMutationVariables>(
    `mutation DeletePasskey($passkeyId:ID!){deletePasskey(passkeyId:$passkeyId){deletedPasskeyId}}`,
  ),
  deleteSession: operation<DeleteSessionMutation, DeleteSessionMutationVariables>(
    `mutation DeleteSession($sessionId:ID!){deleteSession(sessionId:$sessionId){deletedSessionId}}`,
  ),
  deleteSessions: operation<DeleteSessionsMutation, DeleteSessionsMutationVariables>(
    `mutation DeleteSessions{deleteSessions{deletedSessionIds}}`,
  ),
  deleteUser: operation<DeleteUserMutation, DeleteUserMutationVariables>(
    `mutation DeleteUser($userId:ID!){deleteUser(userId:$userId){deletedUserId}}`,
  ),
  deleteUserFactors: operation<DeleteUserFactorsMutation, DeleteUserFactorsMutationVariables>(
    `mutation DeleteUserFactors($userId:ID!){deleteUserFactors(userId:$userId){...UserParts}}${userParts}`,
  ),
  deleteUserSessions: operation<DeleteUserSessionsMutation, DeleteUserSessionsMutationVariables>(
    `mutation DeleteUserSessions($userId:ID!){deleteUserSessions(userId:$userId){deletedSessionIds}}`,
  ),
  exportAccount: operation<ExportAccountQuery, ExportAccountQueryVariables>(
    `query ExportAccount{exportAccount}`,
  ),
  getAccount: operation<GetAccountQuery, GetAccountQueryVariables>(
    `query GetAccount{getAccount{...UserParts}}${userParts}`,
  ),
  getMfaRecoveryCodes: operation<GetMfaRecoveryCodesQuery, GetMfaRecoveryCodesQueryVariables>(
    `query GetMfaRecoveryCodes{getMfaRecoveryCodes{recoveryCodes}}`,
  ),
  getPrefs: operation<GetPrefsQuery, GetPrefsQueryVariables>(
    `query GetPrefs{getPrefs}`,
  ),
  getSession: operation<GetSessionQuery, GetSessionQueryVariables>(
    `query GetSession($sessionId:ID!){getSession(sessionId:$sessionId){...SessionParts}}${originParts}${sessionParts}`,
  ),
  getUser: operation<GetUserQuery, GetUserQueryVariables>(
    `query GetUser($userId:ID!){getUser(userId:$userId){...UserParts mfaFactors{...FactorParts}sessions{nodes{...SessionParts}}identities{nodes{...IdentityParts}}passkeys{nodes{...PasskeyParts}}securityChanges{...SecurityChangeParts}logs{nodes{...LogParts}}}}${userParts}${factorParts}${originParts}${sessionParts}${identityParts}${passkeyParts}${securityChangeParts}${logParts}`,
  ),
  listIdentities: operation<ListIdentitiesQuery, ListIdentitiesQueryVariables>(
    `query ListIdentities($first:Int$after:String){listIdentities(first:$first after:$after){totalCount nodes{...IdentityParts}edges{cursor node{id}}pageInfo{...PageParts}}}${identityParts}${pageParts}`,
  ),
  listLogs: operation<ListLogsQuery, ListLogsQueryVariables>(
    `query ListLogs($first:Int$after:String){listLogs(first:$first after:$after){totalCount nodes{...LogParts}edges{cursor node{id}}pageInfo{...PageParts}}}${originParts}${logParts}${pageParts}`,
  ),
  listMessages: operation<ListMessagesQuery, ListMessagesQueryVariables>(
    `query ListMessages($first:Int$after:String$state:MessageState$to:String){listMessages(first:$first after:$after state:$state to:$to){nodes{...MessageParts}edges{cursor node{id}}pageInfo{...PageParts}}}${messageParts}${pageParts}`,
  ),
  listMfaFactors: operation<ListMfaFactorsQuery, ListMfaFactorsQueryVariables>(
    `query ListMfaFactors{listMfaFactors{...FactorParts}}${factorParts}`,
  ),
  listPasskeys: operation<ListPasskeysQuery, ListPasskeysQueryVariables>(
    `query ListPasskeys($first:Int$after:String){listPasskeys(first:$first after:$after){totalCount nodes{...PasskeyParts}edges{cursor}pageInfo{...PageParts}}}${passkeyParts}${pageParts}`,
  ),
  listSecurityChanges: operation<ListSecurityChangesQuery, ListSecurityChangesQueryVariables>(
    `query ListSecurityChanges($userId:ID!$secret:String!){listSecurityChanges(userId:$userId secret:$secret){...SecurityChangeParts}}${originParts}${securityChangeParts}`,
  ),
  listSessions: operation<ListSessionsQuery, ListSessionsQueryVariables>(
    `query ListSessions($first:Int$after:String){listSessions(first:$first after:$after){totalCount nodes{...SessionParts}edges{cursor node{id}}pageInfo{...PageParts}}}${originParts}${sessionParts}${pageParts}`,
  ),
  listUsers: operation<ListUsersQuery, ListUsersQueryVariables>(
    `query ListUsers($first:Int$after:String$search:String){listUsers(first:$first after:$after search:$search){nodes{...UserParts}edges{cursor node{id}}pageInfo{...PageParts}}}${userParts}${pageParts}`,
  ),
  retryMessage: operation<RetryMessageMutation, RetryMessageMutationVariables>(
    `mutation RetryMessage($messageId:ID!){retryMessage(messageId:$messageId){...MessageParts}}${messageParts}`,
  ),
  undoChange: operation<UndoChangeMutation, UndoChangeMutationVariables>(
    `mutation UndoChange($userId:ID$secret:String$changeIds:[ID!]$otp:String$ceremonyId:ID$credential:JSONObject){undoChange(userId:$userId secret:$secret changeIds:$changeIds otp:$otp ceremonyId:$ceremonyId credential:$credential){...UndoneParts}}${originParts}${securityChangeParts}${undoneParts}`,
  ),
  undoUserChanges: operation<UndoUserChangesMutation, UndoUserChangesMutationVariables>(
    `mutation UndoUserChanges($userId:ID!$changeIds:[ID!]!){undoUserChanges(userId:$userId changeIds:$changeIds){...UndoneParts}}${originParts}${securityChangeParts}${undoneParts}`,
  ),
  updateEmail: operation<UpdateEmailMutation, UpdateEmailMutationVariables>(
    `mutation UpdateEmail($email:String!$password:String!){updateEmail(email:$email password:$password){...UserParts}}${userParts}`,
  ),
  updateMFA: operation<UpdateMfaMutation, UpdateMfaMutationVariables>(
    `mutation UpdateMFA($mfa:Boolean!){updateMFA(mfa:$mfa){...UserParts mfaFactors{...FactorParts}}}${userParts}${factorParts}`,
  ),
  updateMagicURLSession: operation<UpdateMagicUrlSessionMutation, UpdateMagicUrlSessionMutationVariables>(
    `mutation UpdateMagicURLSession($userId:ID!$secret:String!){updateMagicURLSession(userId:$userId secret:$secret){...SessionParts}}${originParts}${sessionParts}`,
  ),
  updateMfaAuthenticator: operation<UpdateMfaAuthenticatorMutation, UpdateMfaAuthenticatorMutationVariables>(
    `mutation UpdateMfaAuthenticator($type:AuthenticatorType!$otp:String!){updateMfaAuthenticator(type:$type otp:$otp){...UserParts}}${userParts}`,
  ),
  updateMfaChallenge: operation<UpdateMfaChallengeMutation, UpdateMfaChallengeMutationVariables>(
    `mutation UpdateMfaChallenge($challengeId:ID!$otp:String!){updateMfaChallenge(challengeId:$challengeId otp:$otp){...SessionParts}}${originParts}${sessionParts}`,
  ),
  updateMfaPasskeyChallenge: operation<UpdateMfaPasskeyChallengeMutation, UpdateMfaPasskeyChallengeMutationVariables>(
    `mutation UpdateMfaPasskeyChallenge($challengeId:ID!$credential:JSONObject!){updateMfaPasskeyChallenge(challengeId:$challengeId credential:$credential){...SessionParts}}${originParts}${sessionParts}`,
  ),
  updateMfaRecoveryCodes: operation<UpdateMfaRecoveryCodesMutation, UpdateMfaRecoveryCodesMutationVariables>(
    `mutation UpdateMfaRecoveryCodes{updateMfaRecoveryCodes{recoveryCodes}}`,
  ),
  updateName: operation<UpdateNameMutation, UpdateNameMutationVariables>(
    `mutation UpdateName($name:String!){updateName(name:$name){...UserParts}}${userParts}`,
  ),
  updatePasskey: operation<UpdatePasskeyMutation, UpdatePasskeyMutationVariables>(
    `mutation UpdatePasskey($passkeyId:ID!$name:String!){updatePasskey(passkeyId:$passkeyId name:$name){...PasskeyParts}}${passkeyParts}`,
  ),
  updatePassword: operation<UpdatePasswordMutation, UpdatePasswordMutationVariables>(
    `mutation UpdatePassword($password:String!$oldPassword:String){updatePassword(password:$password oldPassword:$oldPassword){...UserParts}}${userParts}`,
  ),
  updatePhone: operation<UpdatePhoneMutation, UpdatePhoneMutationVariables>(
    `mutation UpdatePhone($phone:String!$password:String!){updatePhone(phone:$phone password:$password){...UserParts}}${userParts}`,
  ),
  updatePhoneSession: operation<UpdatePhoneSessionMutation, UpdatePhoneSessionMutationVariables>(
    `mutation UpdatePhoneSession($userId:ID!$secret:String!){updatePhoneSession(userId:$userId secret:$secret){...SessionParts}}${originParts}${sessionParts}`,
  ),
  updatePhoneVerification: operation<UpdatePhoneVerificationMutation, UpdatePhoneVerificationMutationVariables>(
    `mutation UpdatePhoneVerification($userId:ID!$secret:String!){updatePhoneVerification(userId:$userId secret:$secret){...TokenParts}}${tokenParts}`,
  ),
  updatePrefs: operation<UpdatePrefsMutation, UpdatePrefsMutationVariables>(
    `mutation UpdatePrefs($prefs:JSONObject!){updatePrefs(prefs:$prefs){...UserParts}}${userParts}`,
  ),
  updateRecovery: operation<UpdateRecoveryMutation, UpdateRecoveryMutationVariables>(
    `mutation UpdateRecovery($userId:ID!$secret:String!$password:String!){updateRecovery(userId:$userId secret:$secret password:$password){...TokenParts}}${tokenParts}`,
  ),
  updateSession: operation<UpdateSessionMutation, UpdateSessionMutationVariables>(
    `mutation UpdateSession($sessionId:ID!){updateSession(sessionId:$sessionId){...SessionParts}}${originParts}${sessionParts}`,
  ),
  updateStatus: operation<UpdateStatusMutation, UpdateStatusMutationVariables>(
    `mutation UpdateStatus{updateStatus{...UserParts}}${userParts}`,
  ),
  updateUserLabels: operation<UpdateUserLabelsMutation, UpdateUserLabelsMutationVariables>(
    `mutation UpdateUserLabels($userId:ID!$labels:[String!]!){updateUserLabels(userId:$userId labels:$labels){...UserParts}}${userParts}`,
  ),
  updateUserStatus: operation<UpdateUserStatusMutation, UpdateUserStatusMutationVariables>(
    `mutation UpdateUserStatus($userId:ID!$enabled:Boolean!){updateUserStatus(userId:$userId enabled:$enabled){...UserParts}}${userParts}`,
  ),
  updateUserVerification: operation<UpdateUserVerificationMutation, UpdateUserVerificationMutationVariables>(
    `mutation UpdateUserVerification($userId:ID!$email:String$emailVerified:Boolean$phone:String$phoneVerified:Boolean){updateUserVerification(userId:$userId email:$email emailVerified:$emailVerified phone:$phone phoneVerified:$phoneVerified){...UserParts}}${userParts}`,
  ),
  updateVerification: operation<UpdateVerificationMutation, UpdateVerificationMutationVariables>(
    `mutation UpdateVerification($userId:ID!$secret:String!$password:String){updateVerification(userId:$userId secret:$secret password:$password){...TokenParts}}${tokenParts}`,
  ),
};

export const logCreated = operation<LogCreatedSubscription, LogCreatedSubscriptionVariables>(
  `subscription LogCreated{logCreated{...LogParts}}${originParts}${logParts}`,
);
