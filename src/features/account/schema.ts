import { limits } from '../../limits/limits.js';
import { passwordLength } from '../../input/password.js';
import { builder } from '../../graphql/builder.js';
import { Json } from '../../graphql/json.js';
import { mutation, query } from '../../graphql/operation.js';
import { findUser, isVerified, type UserView } from '../users/service.js';
import { blockOwnAccount, changeName, signUp } from './service.js';

/** The signed-in person. Other rooms add their lists to it. */
export const User = builder.objectRef<UserView>('User').implement({
  description: 'A person’s account. Only its owner and operators ever see it.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id of the user, called `userId` everywhere else.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When the record was made.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When the record was last changed.' }),
    name: t.exposeString('name', { description: 'Display name; "" when never given.' }),
    registeredAt: t.expose('registeredAt', { type: 'DateTime', description: 'When the person signed up.' }),
    enabled: t.exposeBoolean('enabled', { description: 'False once the account is blocked.' }),
    labels: t.stringList({
      description: 'Labels that operators gave the account.',
      resolve: ({ labels }) => [...labels],
    }),
    email: t.expose('email', {
      type: 'EmailAddress',
      nullable: true,
      description: 'E-mail address; null for accounts without one.',
    }),
    emailVerified: t.boolean({
      description: 'Whether the owner has proven to read its mail.',
      resolve: (user) => isVerified(user, 'email'),
    }),
    phone: t.expose('phone', {
      type: 'PhoneNumber',
      nullable: true,
      description: 'Phone number; null for accounts without one.',
    }),
    phoneVerified: t.boolean({
      description: 'Whether the owner has proven to receive its SMS.',
      resolve: (user) => isVerified(user, 'phone'),
    }),
    passwordUpdatedAt: t.expose('passwordUpdatedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When a password was last set; null until one ever was.',
    }),
    mfaEnabled: t.exposeBoolean('mfaEnabled', {
      description:
        'Whether the owner wants a second factor asked for. It is asked for while a verified one exists.',
    }),
    testAccount: t.boolean({
      description:
        'Whether the account was created with an address that `TEST_ADDRESSES` lists. Codes to the listed addresses are fixed, and the server sends no messages to them.',
      resolve: async ({ id, testAccount }, _args, { deps }) =>
        testAccount ?? (await findUser(deps.db, id))?.testAccount ?? false,
    }),
    prefs: t.field({
      type: 'JSONObject',
      description: 'Preferences, as the app stored them.',
      resolve: ({ prefs }) => new Json(prefs),
    }),
    deleteAt: t.expose('deleteAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When the account goes, as its owner has asked with deleteAccount; else null.',
    }),
    accessedAt: t.expose('accessedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Last activity, to within 24 hours.',
    }),
  }),
});

query('getAccount', {
  type: User,
  description: 'Get the signed-in user.',
  policy: { access: 'signedIn', limits: [], errors: [] },
  resolve: (_args, { signedIn }) => signedIn.user,
});

mutation('createAccount', {
  type: User,
  description:
    'Sign up with email address and password. Creates no session: continue with createEmailPasswordSession, and with ' +
    'createVerification to verify the address. No email is sent, except where `SIGN_UP_DOMAINS` is set: there the user must verify ' +
    'the address before the first sign-in, and this operation sends the link.',
  policy: {
    access: 'public',
    proof: 'everyone',
    method: 'email-password',
    limits: limits.signUp,
    errors: [
      'GENERAL_ARGUMENT_INVALID',
      'USER_SIGN_UP_CLOSED',
      'USER_REFUSED',
      'USER_ADDRESS_NOT_ALLOWED',
      'USER_PASSWORD_TOO_COMMON',
      'USER_PASSWORD_BREACHED',
      'USER_PASSWORD_PERSONAL_DATA',
      'USER_COUNT_EXCEEDED',
      'USER_ADDRESS_UNAVAILABLE',
      'USER_ALREADY_EXISTS',
    ],
  },
  args: (arg) => ({
    userId: arg.id({
      required: false,
      description:
        'Id for the new user: 1 to 36 letters, digits, ".", "-", "_". Absent or `unique()`: a random one.',
    }),
    email: arg.string({ description: 'E-mail address, at most 320 characters. Stored in lower case.' }),
    password: arg.string({
      description: `Password, ${passwordLength}. Spaces and every script are welcome.`,
    }),
    name: arg.string({ required: false, description: 'Display name, 1 to 128 characters.' }),
    url: arg.string({
      required: false,
      description:
        'Your page that the verification link leads to, as for createVerification. Omit it for a page of this server. Used only where ' +
        '`SIGN_UP_DOMAINS` is set.',
    }),
  }),
  resolve: (args, { deps, requester }) => signUp(deps, args, requester),
});

mutation('updateName', {
  type: User,
  description: 'Change the display name.',
  policy: { access: 'signedIn', limits: limits.write, errors: ['GENERAL_ARGUMENT_INVALID'] },
  args: (arg) => ({ name: arg.string({ description: 'New display name, 1 to 128 characters.' }) }),
  resolve: (args, { deps, requester, signedIn }) => changeName(deps, signedIn, args.name, requester),
});

mutation('updateStatus', {
  type: User,
  description:
    'Block your own account for good. Nothing is deleted, but every session, JWT and token of it answers `USER_BLOCKED` ' +
    'from then on, and only an operator takes it back.',
  policy: { access: 'freshProof', limits: limits.write, errors: [] },
  resolve: async (_args, { deps, exchange, requester, signedIn }) => {
    const user = await blockOwnAccount(deps, signedIn, requester);
    exchange.clearSessionCookie();
    return user;
  },
});
