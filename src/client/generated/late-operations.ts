// Written by npm run codegen.

export const account = {
  names: 'cancelAccountDeletion createMfaAuthenticator createMfaRecoveryCodes createPasskey createPasskeyRegistration createPhoneVerification deleteAccount deleteIdentity deleteMfaAuthenticator deletePasskey deleteSessions exportAccount getMfaRecoveryCodes getPrefs listIdentities listLogs listMfaFactors listPasskeys listSecurityChanges listSessions signInOptions undoChange updateEmail updateMFA updateMfaAuthenticator updateMfaRecoveryCodes updateName updatePasskey updatePassword updatePhone updatePhoneVerification updatePrefs updateSession updateStatus',
  load: () => import('./account.js'),
};

export const operators = {
  names: 'createInvitation createUser deleteInvitation deleteUser deleteUserFactors deleteUserSessions getUser listInvitations listMessages listUsers retryMessage undoUserChanges updateUserLabels updateUserStatus updateUserVerification',
  load: () => import('./operators.js'),
};
