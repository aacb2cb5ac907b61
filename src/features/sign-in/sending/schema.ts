import { budgets } from '../../../access/budget.js';
import { inWords, lifetimes } from '../../../clock.js';
import { builder } from '../../../graphql/builder.js';
import { askerOf, Token } from '../../tokens/schema.js';
import { sendEmailCode, sendMagicUrl, sendPhoneCode } from './service.js';

const userIdDescription =
  'Id for the user if there is none with this address yet: 1 to 36 letters, digits, ".", "-", "_". Absent or `unique()`: ' +
  'a random one. The answer repeats it either way.';
const uniform = 'The answer is the same for an address somebody has, nobody has, or a blocked user has.';

builder.mutationField('createEmailToken', (t) =>
  t.field({
    type: Token,
    nullable: true,
    description:
      `Mail a six-digit code to sign in with, by createSession, within ${inWords(lifetimes.emailOtp)}. Whoever has no ` +
      `account gets one when the code is redeemed. ${uniform}`,
    policy: {
      access: 'public',
      method: 'email-otp',
      budgets: budgets.mail,
      errors: ['GENERAL_ARGUMENT_INVALID', 'GENERAL_MAIL_DISABLED'],
    },
    args: {
      userId: t.arg.id({ required: false, description: userIdDescription }),
      email: t.arg.string({ description: 'E-mail address, at most 320 characters.' }),
      phrase: t.arg.boolean({
        required: false,
        description: 'Put a security phrase into the mail and the answer.',
      }),
    },
    resolve: async (_root, args, { deps, exchange }) => sendEmailCode(deps, args, await askerOf(exchange)),
  }),
);

builder.mutationField('createMagicURLToken', (t) =>
  t.field({
    type: Token,
    nullable: true,
    description:
      `Mail a link to sign in with within ${inWords(lifetimes.magicUrl)}. It leads to \`url\` with \`userId\`, \`secret\` and ` +
      '`expire` in its query, for createSession; without `url`, to a page of this server. Whoever has no account gets ' +
      `one when the link is used. Opening the link uses nothing up. ${uniform}`,
    policy: {
      access: 'public',
      method: 'magic-url',
      budgets: budgets.mail,
      errors: ['GENERAL_ARGUMENT_INVALID', 'GENERAL_MAIL_DISABLED'],
    },
    args: {
      userId: t.arg.id({ required: false, description: userIdDescription }),
      email: t.arg.string({ description: 'E-mail address, at most 320 characters.' }),
      url: t.arg.string({
        required: false,
        description:
          'Page of yours to land on; its origin must be on the allow-list. Its query and fragment are kept.',
      }),
      phrase: t.arg.boolean({
        required: false,
        description: 'Put a security phrase into the mail and the answer.',
      }),
    },
    resolve: async (_root, args, { deps, exchange }) => sendMagicUrl(deps, args, await askerOf(exchange)),
  }),
);

builder.mutationField('createPhoneToken', (t) =>
  t.field({
    type: Token,
    nullable: true,
    description:
      `Send a six-digit code by SMS to sign in with, by createSession, within ${inWords(lifetimes.phoneOtp)}. Whoever has no ` +
      `account gets one when the code is redeemed. ${uniform}`,
    policy: {
      access: 'public',
      method: 'phone',
      budgets: budgets.sms,
      errors: ['GENERAL_ARGUMENT_INVALID', 'GENERAL_SMS_DISABLED'],
    },
    args: {
      userId: t.arg.id({ required: false, description: userIdDescription }),
      phone: t.arg.string({ description: 'Phone number in E.164, for example +14155550100.' }),
    },
    resolve: async (_root, args, { deps, exchange }) => sendPhoneCode(deps, args, await askerOf(exchange)),
  }),
);
