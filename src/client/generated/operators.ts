// Written by npm run codegen.
import type { Operation } from '../operation.js';
import { factorParts, identityParts, invitationParts, logParts, messageParts, originParts, pageParts, passkeyParts, securityChangeParts, sessionParts, undoneParts, userParts } from './fragments.js';
import type {
  CreateInvitationMutation,
  CreateInvitationMutationVariables,
  CreateUserMutation,
  CreateUserMutationVariables,
  CreateUserTokenMutation,
  CreateUserTokenMutationVariables,
  DeleteInvitationMutation,
  DeleteInvitationMutationVariables,
  DeleteUserMutation,
  DeleteUserMutationVariables,
  DeleteUserFactorsMutation,
  DeleteUserFactorsMutationVariables,
  DeleteUserSessionsMutation,
  DeleteUserSessionsMutationVariables,
  GetUserQuery,
  GetUserQueryVariables,
  ListInvitationsQuery,
  ListInvitationsQueryVariables,
  ListMessagesQuery,
  ListMessagesQueryVariables,
  ListUsersQuery,
  ListUsersQueryVariables,
  RetryMessageMutation,
  RetryMessageMutationVariables,
  UndoUserChangesMutation,
  UndoUserChangesMutationVariables,
  UpdateUserLabelsMutation,
  UpdateUserLabelsMutationVariables,
  UpdateUserStatusMutation,
  UpdateUserStatusMutationVariables,
  UpdateUserVerificationMutation,
  UpdateUserVerificationMutationVariables,
} from './types.js';

export const createInvitation = `mutation CreateInvitation($email:String!$name:String$labels:[String!]$url:String){createInvitation(email:$email name:$name labels:$labels url:$url){...InvitationParts}}${invitationParts}` as Operation<CreateInvitationMutation, CreateInvitationMutationVariables>;
export const createUser = `mutation CreateUser($userId:ID$email:String$phone:String$password:String$passwordHash:String$name:String$emailVerified:Boolean$phoneVerified:Boolean$labels:[String!]){createUser(userId:$userId email:$email phone:$phone password:$password passwordHash:$passwordHash name:$name emailVerified:$emailVerified phoneVerified:$phoneVerified labels:$labels){...UserParts}}${userParts}` as Operation<CreateUserMutation, CreateUserMutationVariables>;
export const createUserToken = `mutation CreateUserToken($userId:ID!$expiresIn:Int){createUserToken(userId:$userId expiresIn:$expiresIn){userId secret expiresAt}}` as Operation<CreateUserTokenMutation, CreateUserTokenMutationVariables>;
export const deleteInvitation = `mutation DeleteInvitation($invitationId:ID!){deleteInvitation(invitationId:$invitationId){deletedInvitationId}}` as Operation<DeleteInvitationMutation, DeleteInvitationMutationVariables>;
export const deleteUser = `mutation DeleteUser($userId:ID!){deleteUser(userId:$userId){deletedUserId}}` as Operation<DeleteUserMutation, DeleteUserMutationVariables>;
export const deleteUserFactors = `mutation DeleteUserFactors($userId:ID!){deleteUserFactors(userId:$userId){...UserParts}}${userParts}` as Operation<DeleteUserFactorsMutation, DeleteUserFactorsMutationVariables>;
export const deleteUserSessions = `mutation DeleteUserSessions($userId:ID!$sessionId:ID){deleteUserSessions(userId:$userId sessionId:$sessionId){deletedSessionIds}}` as Operation<DeleteUserSessionsMutation, DeleteUserSessionsMutationVariables>;
export const getUser = `query GetUser($userId:ID!){getUser(userId:$userId){...UserParts testAccount mfaFactors{...FactorParts}sessions{nodes{...SessionParts}}identities{nodes{...IdentityParts}}passkeys{nodes{...PasskeyParts}}securityChanges{...SecurityChangeParts}logs{nodes{...LogParts}}}}${userParts}${factorParts}${originParts}${sessionParts}${identityParts}${passkeyParts}${securityChangeParts}${logParts}` as Operation<GetUserQuery, GetUserQueryVariables>;
export const listInvitations = `query ListInvitations($first:Int$after:String){listInvitations(first:$first after:$after){nodes{...InvitationParts}edges{cursor node{id}}pageInfo{...PageParts}}}${invitationParts}${pageParts}` as Operation<ListInvitationsQuery, ListInvitationsQueryVariables>;
export const listMessages = `query ListMessages($first:Int$after:String$state:MessageState$to:String$channel:MessageChannel){listMessages(first:$first after:$after state:$state to:$to channel:$channel){nodes{...MessageParts}edges{cursor node{id}}pageInfo{...PageParts}}}${messageParts}${pageParts}` as Operation<ListMessagesQuery, ListMessagesQueryVariables>;
export const listUsers = `query ListUsers($first:Int$after:String$search:String){listUsers(first:$first after:$after search:$search){nodes{...UserParts}edges{cursor node{id}}pageInfo{...PageParts}}}${userParts}${pageParts}` as Operation<ListUsersQuery, ListUsersQueryVariables>;
export const retryMessage = `mutation RetryMessage($messageId:ID!){retryMessage(messageId:$messageId){...MessageParts}}${messageParts}` as Operation<RetryMessageMutation, RetryMessageMutationVariables>;
export const undoUserChanges = `mutation UndoUserChanges($userId:ID!$changeIds:[ID!]!){undoUserChanges(userId:$userId changeIds:$changeIds){...UndoneParts}}${originParts}${securityChangeParts}${undoneParts}` as Operation<UndoUserChangesMutation, UndoUserChangesMutationVariables>;
export const updateUserLabels = `mutation UpdateUserLabels($userId:ID!$labels:[String!]!){updateUserLabels(userId:$userId labels:$labels){...UserParts}}${userParts}` as Operation<UpdateUserLabelsMutation, UpdateUserLabelsMutationVariables>;
export const updateUserStatus = `mutation UpdateUserStatus($userId:ID!$enabled:Boolean!){updateUserStatus(userId:$userId enabled:$enabled){...UserParts}}${userParts}` as Operation<UpdateUserStatusMutation, UpdateUserStatusMutationVariables>;
export const updateUserVerification = `mutation UpdateUserVerification($userId:ID!$email:String$emailVerified:Boolean$phone:String$phoneVerified:Boolean){updateUserVerification(userId:$userId email:$email emailVerified:$emailVerified phone:$phone phoneVerified:$phoneVerified){...UserParts}}${userParts}` as Operation<UpdateUserVerificationMutation, UpdateUserVerificationMutationVariables>;
