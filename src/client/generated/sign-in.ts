// Written by npm run codegen.
import type { Operation } from '../operation.js';
import { ceremonyParts, originParts, sessionParts, tokenParts, userParts } from './fragments.js';
import type {
  CreateAccountMutation,
  CreateAccountMutationVariables,
  CreateAnonymousSessionMutation,
  CreateAnonymousSessionMutationVariables,
  CreateEmailPasswordSessionMutation,
  CreateEmailPasswordSessionMutationVariables,
  CreateEmailTokenMutation,
  CreateEmailTokenMutationVariables,
  CreateMagicUrlTokenMutation,
  CreateMagicUrlTokenMutationVariables,
  CreateMfaChallengeMutation,
  CreateMfaChallengeMutationVariables,
  CreateOAuth2TokenMutation,
  CreateOAuth2TokenMutationVariables,
  CreatePasskeySessionMutation,
  CreatePasskeySessionMutationVariables,
  CreatePasskeySignInMutation,
  CreatePasskeySignInMutationVariables,
  CreatePhoneTokenMutation,
  CreatePhoneTokenMutationVariables,
  CreateSessionMutation,
  CreateSessionMutationVariables,
  DeleteSessionMutation,
  DeleteSessionMutationVariables,
  GetAccountQuery,
  GetAccountQueryVariables,
  GetSessionQuery,
  GetSessionQueryVariables,
  UpdateMfaChallengeMutation,
  UpdateMfaChallengeMutationVariables,
} from './types.js';

export const createAccount = `mutation CreateAccount($userId:ID$email:String!$password:String!$name:String$url:String){createAccount(userId:$userId email:$email password:$password name:$name url:$url){...UserParts}}${userParts}` as Operation<CreateAccountMutation, CreateAccountMutationVariables>;
export const createAnonymousSession = `mutation CreateAnonymousSession{createAnonymousSession{...SessionParts}}${originParts}${sessionParts}` as Operation<CreateAnonymousSessionMutation, CreateAnonymousSessionMutationVariables>;
export const createEmailPasswordSession = `mutation CreateEmailPasswordSession($email:String!$password:String!){createEmailPasswordSession(email:$email password:$password){...SessionParts}}${originParts}${sessionParts}` as Operation<CreateEmailPasswordSessionMutation, CreateEmailPasswordSessionMutationVariables>;
export const createEmailToken = `mutation CreateEmailToken($userId:ID$email:String!$phrase:Boolean){createEmailToken(userId:$userId email:$email phrase:$phrase){...TokenParts}}${tokenParts}` as Operation<CreateEmailTokenMutation, CreateEmailTokenMutationVariables>;
export const createMagicURLToken = `mutation CreateMagicURLToken($userId:ID$email:String!$url:String$phrase:Boolean){createMagicURLToken(userId:$userId email:$email url:$url phrase:$phrase){...TokenParts}}${tokenParts}` as Operation<CreateMagicUrlTokenMutation, CreateMagicUrlTokenMutationVariables>;
export const createMfaChallenge = `mutation CreateMfaChallenge($factor:AuthenticationFactor!){createMfaChallenge(factor:$factor){id createdAt userId expiresAt factor options}}` as Operation<CreateMfaChallengeMutation, CreateMfaChallengeMutationVariables>;
export const createOAuth2Token = `mutation CreateOAuth2Token($provider:OAuthProvider!$success:String$failure:String$scopes:[String!]$codeChallenge:String){createOAuth2Token(provider:$provider success:$success failure:$failure scopes:$scopes codeChallenge:$codeChallenge){url}}` as Operation<CreateOAuth2TokenMutation, CreateOAuth2TokenMutationVariables>;
export const createPasskeySession = `mutation CreatePasskeySession($ceremonyId:ID!$credential:JSONObject!){createPasskeySession(ceremonyId:$ceremonyId credential:$credential){...SessionParts}}${originParts}${sessionParts}` as Operation<CreatePasskeySessionMutation, CreatePasskeySessionMutationVariables>;
export const createPasskeySignIn = `mutation CreatePasskeySignIn{createPasskeySignIn{...CeremonyParts}}${ceremonyParts}` as Operation<CreatePasskeySignInMutation, CreatePasskeySignInMutationVariables>;
export const createPhoneToken = `mutation CreatePhoneToken($userId:ID$phone:String!){createPhoneToken(userId:$userId phone:$phone){...TokenParts}}${tokenParts}` as Operation<CreatePhoneTokenMutation, CreatePhoneTokenMutationVariables>;
export const createSession = `mutation CreateSession($userId:ID!$secret:String!$codeVerifier:String){createSession(userId:$userId secret:$secret codeVerifier:$codeVerifier){...SessionParts}}${originParts}${sessionParts}` as Operation<CreateSessionMutation, CreateSessionMutationVariables>;
export const deleteSession = `mutation DeleteSession($sessionId:ID!){deleteSession(sessionId:$sessionId){deletedSessionId}}` as Operation<DeleteSessionMutation, DeleteSessionMutationVariables>;
export const getAccount = `query GetAccount{getAccount{...UserParts}}${userParts}` as Operation<GetAccountQuery, GetAccountQueryVariables>;
export const getSession = `query GetSession($sessionId:ID!){getSession(sessionId:$sessionId){...SessionParts}}${originParts}${sessionParts}` as Operation<GetSessionQuery, GetSessionQueryVariables>;
export const updateMfaChallenge = `mutation UpdateMfaChallenge($challengeId:ID!$otp:String!$trustDevice:Boolean){updateMfaChallenge(challengeId:$challengeId otp:$otp trustDevice:$trustDevice){...SessionParts}}${originParts}${sessionParts}` as Operation<UpdateMfaChallengeMutation, UpdateMfaChallengeMutationVariables>;
