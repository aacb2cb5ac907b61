// Written by npm run codegen.
import type { Operation } from '../operation.js';
import { ceremonyParts, factorParts, identityParts, logParts, originParts, pageParts, passkeyParts, securityChangeParts, sessionParts, tokenParts, trustedDeviceParts, undoneParts, userParts } from './fragments.js';
import type {
  CancelAccountDeletionMutation,
  CancelAccountDeletionMutationVariables,
  CreateIdTokenNonceMutation,
  CreateIdTokenNonceMutationVariables,
  CreateIdTokenSessionMutation,
  CreateIdTokenSessionMutationVariables,
  CreateJwtMutation,
  CreateJwtMutationVariables,
  CreateMfaAuthenticatorMutation,
  CreateMfaAuthenticatorMutationVariables,
  CreateMfaRecoveryCodesMutation,
  CreateMfaRecoveryCodesMutationVariables,
  CreatePasskeyMutation,
  CreatePasskeyMutationVariables,
  CreatePasskeyRegistrationMutation,
  CreatePasskeyRegistrationMutationVariables,
  CreatePhoneVerificationMutation,
  CreatePhoneVerificationMutationVariables,
  CreateRecoveryMutation,
  CreateRecoveryMutationVariables,
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
  DeleteSessionsMutation,
  DeleteSessionsMutationVariables,
  DeleteTrustedDeviceMutation,
  DeleteTrustedDeviceMutationVariables,
  ExportAccountQuery,
  ExportAccountQueryVariables,
  GetMfaRecoveryCodesQuery,
  GetMfaRecoveryCodesQueryVariables,
  GetPrefsQuery,
  GetPrefsQueryVariables,
  ListIdentitiesQuery,
  ListIdentitiesQueryVariables,
  ListLogsQuery,
  ListLogsQueryVariables,
  ListMfaFactorsQuery,
  ListMfaFactorsQueryVariables,
  ListPasskeysQuery,
  ListPasskeysQueryVariables,
  ListSecurityChangesQuery,
  ListSecurityChangesQueryVariables,
  ListSessionsQuery,
  ListSessionsQueryVariables,
  ListTrustedDevicesQuery,
  ListTrustedDevicesQueryVariables,
  SignInOptionsQuery,
  SignInOptionsQueryVariables,
  UndoChangeMutation,
  UndoChangeMutationVariables,
  UpdateEmailMutation,
  UpdateEmailMutationVariables,
  UpdateMfaMutation,
  UpdateMfaMutationVariables,
  UpdateMagicUrlSessionMutation,
  UpdateMagicUrlSessionMutationVariables,
  UpdateMfaAuthenticatorMutation,
  UpdateMfaAuthenticatorMutationVariables,
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
  UpdateVerificationMutation,
  UpdateVerificationMutationVariables,
} from './types.js';

export const cancelAccountDeletion = `mutation CancelAccountDeletion{cancelAccountDeletion{...UserParts}}${userParts}` as Operation<CancelAccountDeletionMutation, CancelAccountDeletionMutationVariables>;
export const createIdTokenNonce = `mutation CreateIdTokenNonce{createIdTokenNonce{nonce expiresAt}}` as Operation<CreateIdTokenNonceMutation, CreateIdTokenNonceMutationVariables>;
export const createIdTokenSession = `mutation CreateIdTokenSession($provider:OAuthProvider!$idToken:String!$nonce:String!$name:String){createIdTokenSession(provider:$provider idToken:$idToken nonce:$nonce name:$name){...SessionParts}}${originParts}${sessionParts}` as Operation<CreateIdTokenSessionMutation, CreateIdTokenSessionMutationVariables>;
export const createJWT = `mutation CreateJWT($profile:String){createJWT(profile:$profile){jwt expiresAt}}` as Operation<CreateJwtMutation, CreateJwtMutationVariables>;
export const createMfaAuthenticator = `mutation CreateMfaAuthenticator($type:AuthenticatorType!){createMfaAuthenticator(type:$type){secret uri qrCode}}` as Operation<CreateMfaAuthenticatorMutation, CreateMfaAuthenticatorMutationVariables>;
export const createMfaRecoveryCodes = `mutation CreateMfaRecoveryCodes{createMfaRecoveryCodes{recoveryCodes}}` as Operation<CreateMfaRecoveryCodesMutation, CreateMfaRecoveryCodesMutationVariables>;
export const createPasskey = `mutation CreatePasskey($ceremonyId:ID!$credential:JSONObject!$name:String){createPasskey(ceremonyId:$ceremonyId credential:$credential name:$name){...PasskeyParts}}${passkeyParts}` as Operation<CreatePasskeyMutation, CreatePasskeyMutationVariables>;
export const createPasskeyRegistration = `mutation CreatePasskeyRegistration{createPasskeyRegistration{...CeremonyParts}}${ceremonyParts}` as Operation<CreatePasskeyRegistrationMutation, CreatePasskeyRegistrationMutationVariables>;
export const createPhoneVerification = `mutation CreatePhoneVerification{createPhoneVerification{...TokenParts}}${tokenParts}` as Operation<CreatePhoneVerificationMutation, CreatePhoneVerificationMutationVariables>;
export const createRecovery = `mutation CreateRecovery($email:String!$url:String){createRecovery(email:$email url:$url){...TokenParts}}${tokenParts}` as Operation<CreateRecoveryMutation, CreateRecoveryMutationVariables>;
export const createVerification = `mutation CreateVerification($url:String){createVerification(url:$url){...TokenParts}}${tokenParts}` as Operation<CreateVerificationMutation, CreateVerificationMutationVariables>;
export const deleteAccount = `mutation DeleteAccount{deleteAccount{...UserParts}}${userParts}` as Operation<DeleteAccountMutation, DeleteAccountMutationVariables>;
export const deleteIdentity = `mutation DeleteIdentity($identityId:ID!){deleteIdentity(identityId:$identityId){deletedIdentityId}}` as Operation<DeleteIdentityMutation, DeleteIdentityMutationVariables>;
export const deleteMfaAuthenticator = `mutation DeleteMfaAuthenticator($type:AuthenticatorType!){deleteMfaAuthenticator(type:$type){deletedType user{...UserParts}}}${userParts}` as Operation<DeleteMfaAuthenticatorMutation, DeleteMfaAuthenticatorMutationVariables>;
export const deletePasskey = `mutation DeletePasskey($passkeyId:ID!){deletePasskey(passkeyId:$passkeyId){deletedPasskeyId}}` as Operation<DeletePasskeyMutation, DeletePasskeyMutationVariables>;
export const deleteSessions = `mutation DeleteSessions{deleteSessions{deletedSessionIds}}` as Operation<DeleteSessionsMutation, DeleteSessionsMutationVariables>;
export const deleteTrustedDevice = `mutation DeleteTrustedDevice($deviceId:ID!){deleteTrustedDevice(deviceId:$deviceId){deletedDeviceId}}` as Operation<DeleteTrustedDeviceMutation, DeleteTrustedDeviceMutationVariables>;
export const exportAccount = `query ExportAccount{exportAccount}` as Operation<ExportAccountQuery, ExportAccountQueryVariables>;
export const getMfaRecoveryCodes = `query GetMfaRecoveryCodes{getMfaRecoveryCodes{recoveryCodes}}` as Operation<GetMfaRecoveryCodesQuery, GetMfaRecoveryCodesQueryVariables>;
export const getPrefs = `query GetPrefs{getPrefs}` as Operation<GetPrefsQuery, GetPrefsQueryVariables>;
export const listIdentities = `query ListIdentities($first:Int$after:String){listIdentities(first:$first after:$after){totalCount nodes{...IdentityParts}edges{cursor node{id}}pageInfo{...PageParts}}}${identityParts}${pageParts}` as Operation<ListIdentitiesQuery, ListIdentitiesQueryVariables>;
export const listLogs = `query ListLogs($first:Int$after:String){listLogs(first:$first after:$after){totalCount nodes{...LogParts}edges{cursor node{id}}pageInfo{...PageParts}}}${originParts}${logParts}${pageParts}` as Operation<ListLogsQuery, ListLogsQueryVariables>;
export const listMfaFactors = `query ListMfaFactors{listMfaFactors{...FactorParts}}${factorParts}` as Operation<ListMfaFactorsQuery, ListMfaFactorsQueryVariables>;
export const listPasskeys = `query ListPasskeys($first:Int$after:String){listPasskeys(first:$first after:$after){totalCount nodes{...PasskeyParts}edges{cursor}pageInfo{...PageParts}}}${passkeyParts}${pageParts}` as Operation<ListPasskeysQuery, ListPasskeysQueryVariables>;
export const listSecurityChanges = `query ListSecurityChanges($userId:ID!$secret:String!){listSecurityChanges(userId:$userId secret:$secret){...SecurityChangeParts}}${originParts}${securityChangeParts}` as Operation<ListSecurityChangesQuery, ListSecurityChangesQueryVariables>;
export const listSessions = `query ListSessions($first:Int$after:String){listSessions(first:$first after:$after){totalCount nodes{...SessionParts}edges{cursor node{id}}pageInfo{...PageParts}}}${originParts}${sessionParts}${pageParts}` as Operation<ListSessionsQuery, ListSessionsQueryVariables>;
export const listTrustedDevices = `query ListTrustedDevices{listTrustedDevices{...TrustedDeviceParts}}${originParts}${trustedDeviceParts}` as Operation<ListTrustedDevicesQuery, ListTrustedDevicesQueryVariables>;
export const signInOptions = `query SignInOptions{signInOptions{appName signUp methods providers{provider name}passwordMinLength mfaRequired termsUrl privacyUrl proof{kind siteKey}}}` as Operation<SignInOptionsQuery, SignInOptionsQueryVariables>;
export const undoChange = `mutation UndoChange($userId:ID$secret:String$changeIds:[ID!]$otp:String$ceremonyId:ID$credential:JSONObject){undoChange(userId:$userId secret:$secret changeIds:$changeIds otp:$otp ceremonyId:$ceremonyId credential:$credential){...UndoneParts}}${originParts}${securityChangeParts}${undoneParts}` as Operation<UndoChangeMutation, UndoChangeMutationVariables>;
export const updateEmail = `mutation UpdateEmail($email:String!$password:String!){updateEmail(email:$email password:$password){...UserParts}}${userParts}` as Operation<UpdateEmailMutation, UpdateEmailMutationVariables>;
export const updateMFA = `mutation UpdateMFA($mfa:Boolean!){updateMFA(mfa:$mfa){...UserParts mfaFactors{...FactorParts}}}${userParts}${factorParts}` as Operation<UpdateMfaMutation, UpdateMfaMutationVariables>;
export const updateMagicURLSession = `mutation UpdateMagicURLSession($userId:ID!$secret:String!){updateMagicURLSession(userId:$userId secret:$secret){...SessionParts}}${originParts}${sessionParts}` as Operation<UpdateMagicUrlSessionMutation, UpdateMagicUrlSessionMutationVariables>;
export const updateMfaAuthenticator = `mutation UpdateMfaAuthenticator($type:AuthenticatorType!$otp:String!){updateMfaAuthenticator(type:$type otp:$otp){...UserParts}}${userParts}` as Operation<UpdateMfaAuthenticatorMutation, UpdateMfaAuthenticatorMutationVariables>;
export const updateMfaPasskeyChallenge = `mutation UpdateMfaPasskeyChallenge($challengeId:ID!$credential:JSONObject!$trustDevice:Boolean){updateMfaPasskeyChallenge(challengeId:$challengeId credential:$credential trustDevice:$trustDevice){...SessionParts}}${originParts}${sessionParts}` as Operation<UpdateMfaPasskeyChallengeMutation, UpdateMfaPasskeyChallengeMutationVariables>;
export const updateMfaRecoveryCodes = `mutation UpdateMfaRecoveryCodes{updateMfaRecoveryCodes{recoveryCodes}}` as Operation<UpdateMfaRecoveryCodesMutation, UpdateMfaRecoveryCodesMutationVariables>;
export const updateName = `mutation UpdateName($name:String!){updateName(name:$name){...UserParts}}${userParts}` as Operation<UpdateNameMutation, UpdateNameMutationVariables>;
export const updatePasskey = `mutation UpdatePasskey($passkeyId:ID!$name:String!){updatePasskey(passkeyId:$passkeyId name:$name){...PasskeyParts}}${passkeyParts}` as Operation<UpdatePasskeyMutation, UpdatePasskeyMutationVariables>;
export const updatePassword = `mutation UpdatePassword($password:String!$oldPassword:String){updatePassword(password:$password oldPassword:$oldPassword){...UserParts}}${userParts}` as Operation<UpdatePasswordMutation, UpdatePasswordMutationVariables>;
export const updatePhone = `mutation UpdatePhone($phone:String!$password:String!){updatePhone(phone:$phone password:$password){...UserParts}}${userParts}` as Operation<UpdatePhoneMutation, UpdatePhoneMutationVariables>;
export const updatePhoneSession = `mutation UpdatePhoneSession($userId:ID!$secret:String!){updatePhoneSession(userId:$userId secret:$secret){...SessionParts}}${originParts}${sessionParts}` as Operation<UpdatePhoneSessionMutation, UpdatePhoneSessionMutationVariables>;
export const updatePhoneVerification = `mutation UpdatePhoneVerification($userId:ID!$secret:String!){updatePhoneVerification(userId:$userId secret:$secret){...TokenParts}}${tokenParts}` as Operation<UpdatePhoneVerificationMutation, UpdatePhoneVerificationMutationVariables>;
export const updatePrefs = `mutation UpdatePrefs($prefs:JSONObject!){updatePrefs(prefs:$prefs){...UserParts}}${userParts}` as Operation<UpdatePrefsMutation, UpdatePrefsMutationVariables>;
export const updateRecovery = `mutation UpdateRecovery($userId:ID!$secret:String!$password:String!){updateRecovery(userId:$userId secret:$secret password:$password){...TokenParts}}${tokenParts}` as Operation<UpdateRecoveryMutation, UpdateRecoveryMutationVariables>;
export const updateSession = `mutation UpdateSession($sessionId:ID!){updateSession(sessionId:$sessionId){...SessionParts}}${originParts}${sessionParts}` as Operation<UpdateSessionMutation, UpdateSessionMutationVariables>;
export const updateStatus = `mutation UpdateStatus{updateStatus{...UserParts}}${userParts}` as Operation<UpdateStatusMutation, UpdateStatusMutationVariables>;
export const updateVerification = `mutation UpdateVerification($userId:ID!$secret:String!$password:String){updateVerification(userId:$userId secret:$secret password:$password){...TokenParts}}${tokenParts}` as Operation<UpdateVerificationMutation, UpdateVerificationMutationVariables>;
