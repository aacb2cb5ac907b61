import { inTransaction } from '../../../db/transaction.js';
import type { Deps } from '../../../deps.js';
import { newUserId } from '../../../ids.js';
import type { Requester } from '../../../origin/requester.js';
import { issueSession, type SessionView } from '../../sessions/lifecycle.js';
import { withDecisions } from '../../sign-up/decisions/service.js';
import type { WantedAccount } from '../../sign-up/rules/service.js';
import { createUser } from '../../users/service.js';

type AnonymousDeps = Pick<Deps, 'box' | 'clock' | 'keyedDigest' | 'config' | 'db' | 'decisions' | 'outbox'>;

const anonymousAccount: WantedAccount = {
  method: 'anonymous',
  email: null,
  verification: 'none',
};

/**
 * Makes a user without any credential and signs it in. It becomes permanent by updateEmail, updatePhone or OAuth2.
 *
 * @throws {AccountError} USER_SIGN_UP_CLOSED, USER_ADDRESS_NOT_ALLOWED, USER_COUNT_EXCEEDED
 */
export async function signInAnonymously(deps: AnonymousDeps, requester: Requester): Promise<SessionView> {
  const id = newUserId();
  const signIn = (deps: AnonymousDeps) =>
    inTransaction(deps.db, async (tx) => {
      const { id: userId } = await createUser(deps, tx, { id }, anonymousAccount, requester);
      const factors = ['anonymous'] as const;
      return issueSession(deps, tx, {
        userId,
        provider: 'anonymous',
        providerUid: null,
        factors,
        source: null,
        credential: null,
        requester,
      });
    });
  return withDecisions(deps, signIn);
}
