import { budgets } from '../../access/budget.js';
import { inWords, lifetimes } from '../../clock.js';
import type { Context } from '../../graphql/context.js';
import { builder } from '../../graphql/builder.js';
import { User } from '../account/schema.js';
import type { Requester } from '../passwords/service.js';
import { changeEmail, changePassword, changePhone } from './service.js';

/** Who sends this request. */
export const requester = async ({ exchange }: Pick<Context, 'exchange'>): Promise<Requester> => ({
  origin: await exchange.origin(),
  acceptLanguage: exchange.acceptLanguage,
  deviceSecret: exchange.deviceSecret,
});

const firstPassword =
  'An account without a password gets this one, if the session is no older than ' +
  `${inWords(lifetimes.freshSession)} or has passed a challenge since; an anonymous account at any time.`;

builder.mutationField('updateEmail', (t) =>
  t.field({
    type: User,
    nullable: true,
    description:
      'Change the e-mail address, or give an anonymous account one. The new address starts unverified, and is sent nothing: ' +
      'go on with createVerification. The old one is told, and tokens sent to it die.',
    policy: {
      access: 'signedIn',
      budgets: budgets.changeCredential,
      guessesSecret: true,
      errors: [
        'GENERAL_ARGUMENT_INVALID',
        'USER_INVALID_CREDENTIALS',
        'USER_EMAIL_ALREADY_EXISTS',
        'GENERAL_BAD_REQUEST',
        'USER_CHALLENGE_REQUIRED',
        'USER_PASSWORD_TOO_COMMON',
        'USER_PASSWORD_PERSONAL_DATA',
      ],
    },
    args: {
      email: t.arg.string({ description: 'New e-mail address, at most 320 characters.' }),
      password: t.arg.string({ description: `Current password. ${firstPassword}` }),
    },
    resolve: async (_root, args, context) =>
      changeEmail(context.deps, context.signedIn, args, await requester(context)),
  }),
);

builder.mutationField('updatePhone', (t) =>
  t.field({
    type: User,
    nullable: true,
    description:
      'Change the phone number, or give the account one. The new number starts unverified; no SMS is sent: go on with ' +
      'createPhoneVerification. Codes sent to the old number die.',
    policy: {
      access: 'signedIn',
      budgets: budgets.changeCredential,
      guessesSecret: true,
      errors: [
        'GENERAL_ARGUMENT_INVALID',
        'USER_INVALID_CREDENTIALS',
        'USER_PHONE_ALREADY_EXISTS',
        'USER_CHALLENGE_REQUIRED',
        'USER_PASSWORD_TOO_COMMON',
        'USER_PASSWORD_PERSONAL_DATA',
      ],
    },
    args: {
      phone: t.arg.string({ description: 'New phone number in E.164, for example +14155550100.' }),
      password: t.arg.string({ description: `Current password. ${firstPassword}` }),
    },
    resolve: async (_root, args, context) =>
      changePhone(context.deps, context.signedIn, args, await requester(context)),
  }),
);

builder.mutationField('updatePassword', (t) =>
  t.field({
    type: User,
    nullable: true,
    description:
      'Change the password. The user’s other sessions end; this one stays. Recovery links sent before die.',
    policy: {
      access: 'signedIn',
      budgets: budgets.changeCredential,
      guessesSecret: true,
      errors: [
        'GENERAL_ARGUMENT_INVALID',
        'USER_INVALID_CREDENTIALS',
        'USER_CHALLENGE_REQUIRED',
        'USER_PASSWORD_TOO_COMMON',
        'USER_PASSWORD_PERSONAL_DATA',
        'USER_PASSWORD_RECENTLY_USED',
      ],
    },
    args: {
      password: t.arg.string({ description: 'New password, 8 to 256 characters.' }),
      oldPassword: t.arg.string({
        required: false,
        description:
          'Current password. Needed unless the account never had one; then the session must be no older than ' +
          `${inWords(lifetimes.freshSession)} or have passed a challenge since.`,
      }),
    },
    resolve: async (_root, args, context) =>
      changePassword(context.deps, context.signedIn, args, await requester(context)),
  }),
);
