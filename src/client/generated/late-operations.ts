// Written by npm run codegen.

export const account = {
  names: 'cancelAccountDeletion createIdTokenNonce createIdTokenSession createJWT createMfaAuthenticator createMfaRecoveryCodes createPasskey createPasskeyRegistration createPhoneVerification createRecovery createVerification deleteAccount deleteIdentity deleteMfaAuthenticator deletePasskey deleteSessions deleteTrustedDevice exportAccount getMfaRecoveryCodes getPrefs listIdentities listLogs listMfaFactors listPasskeys listSecurityChanges listSessions listTrustedDevices signInOptions undoChange updateEmail updateMFA updateMagicURLSession updateMfaAuthenticator updateMfaPasskeyChallenge updateMfaRecoveryCodes updateName updatePasskey updatePassword updatePhone updatePhoneSession updatePhoneVerification updatePrefs updateRecovery updateSession updateStatus updateVerification',
  load: () => import('./account.js'),
};

export const operators = {
  names: 'createInvitation createUser createUserToken deleteInvitation deleteUser deleteUserFactors deleteUserSessions getUser listInvitations listMessages listUsers retryMessage undoUserChanges updateUserLabels updateUserStatus updateUserVerification',
  load: () => import('./operators.js'),
};
