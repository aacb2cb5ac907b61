import { budgets } from '../../access/budget.js';
import { inWords, lifetimes } from '../../clock.js';
import { builder } from '../../graphql/builder.js';
import { requester } from '../addresses/schema.js';
import { askerOf, Token } from '../tokens/schema.js';
import { completeVerification, startEmailVerification, startPhoneVerification } from './service.js';

builder.mutationField('createVerification', (t) =>
  t.field({
    type: Token,
    nullable: true,
    description:
      `Mail yourself a link that proves your address is yours, within ${inWords(lifetimes.emailVerification)}. It leads to ` +
      '`url` with `userId`, `secret` and `expire` in its query, for updateVerification. Changing the address kills the link.',
    policy: {
      access: 'signedIn',
      budgets: budgets.verificationMail,
      errors: [
        'GENERAL_ARGUMENT_INVALID',
        'GENERAL_MAIL_DISABLED',
        'USER_EMAIL_NOT_FOUND',
        'USER_EMAIL_ALREADY_VERIFIED',
      ],
    },
    args: {
      url: t.arg.string({
        description:
          'Page of yours to land on; its origin must be on the allow-list. Its query and fragment are kept.',
      }),
    },
    resolve: async (_root, args, { deps, exchange, signedIn }) =>
      startEmailVerification(deps, signedIn, args.url, await askerOf(exchange)),
  }),
);

builder.mutationField('updateVerification', (t) =>
  t.field({
    type: Token,
    nullable: true,
    description:
      'Verify an e-mail address with the secret of the link that was mailed to it. Needs no session. Works once.',
    policy: {
      access: 'public',
      guessesSecret: true,
      budgets: budgets.confirm,
      errors: ['GENERAL_ARGUMENT_INVALID', 'USER_INVALID_TOKEN'],
    },
    args: {
      userId: t.arg.id({ description: '`userId` of the link.' }),
      secret: t.arg.string({ description: '`secret` of the link.' }),
    },
    resolve: async (_root, args, { deps, exchange }) =>
      completeVerification(deps, 'emailVerification', args, await requester({ exchange })),
  }),
);

builder.mutationField('createPhoneVerification', (t) =>
  t.field({
    type: Token,
    nullable: true,
    description:
      `Send yourself a six-digit code by SMS that proves your number is yours, within ${inWords(lifetimes.phoneVerification)}, ` +
      'for updatePhoneVerification. It does not sign in.',
    policy: {
      access: 'signedIn',
      method: 'phone',
      budgets: budgets.verificationSms,
      errors: ['GENERAL_SMS_DISABLED', 'USER_PHONE_NOT_FOUND', 'USER_PHONE_ALREADY_VERIFIED'],
    },
    resolve: async (_root, _args, { deps, exchange, signedIn }) =>
      startPhoneVerification(deps, signedIn, await askerOf(exchange)),
  }),
);

builder.mutationField('updatePhoneVerification', (t) =>
  t.field({
    type: Token,
    nullable: true,
    description:
      'Verify a phone number with the code that was sent to it. Needs no session. Works once, for five guesses.',
    policy: {
      access: 'public',
      guessesSecret: true,
      budgets: budgets.confirm,
      errors: ['GENERAL_ARGUMENT_INVALID', 'USER_INVALID_TOKEN'],
    },
    args: {
      userId: t.arg.id({ description: 'Your user id.' }),
      secret: t.arg.string({ description: 'The six digits.' }),
    },
    resolve: async (_root, args, { deps, exchange }) =>
      completeVerification(deps, 'phoneVerification', args, await requester({ exchange })),
  }),
);
