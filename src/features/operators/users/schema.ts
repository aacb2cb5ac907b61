import { limits } from '../../../limits/limits.js';
import { builder } from '../../../graphql/builder.js';
import { connectionType, pageArgs } from '../../../graphql/connection.js';
import { mutation, query } from '../../../graphql/operation.js';
import { labelRule } from '../../../input/labels.js';
import { defaultPageSize, maxPageSize, parsePageOf } from '../../../input/page.js';
import { passwordLength } from '../../../input/password.js';
import { User } from '../../account/schema.js';
import { DeleteSessionsPayload } from '../../sessions/schema.js';
import type { FoundUser, UserPlace } from '../../users/search.js';
import { createUserAsOperator, hashFormatRule } from './creation.js';
import {
  findUsers,
  getUser,
  removeUser,
  resetFactors,
  setEnabled,
  setLabels,
  setVerification,
  endUserSessions,
} from './service.js';

// What operators do with users. None of it takes a user's session, and nobody with a session may do it.

const encodePlace = ({ way, value, id }: UserPlace): string =>
  Buffer.from(JSON.stringify([way, value, id])).toString('base64url');

function decodePlace(cursor: string): UserPlace | null {
  try {
    const [way, value, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
    const isSound = (text: unknown): text is string => typeof text === 'string' && !text.includes('\0');
    return Number.isInteger(way) && isSound(value) && isSound(id) ? { way: way as number, value, id } : null;
  } catch {
    return null;
  }
}

/** Its rows are users that know where they were found. */
const UserConnection = connectionType(
  User,
  (user) => encodePlace((user as FoundUser).place),
  'newest first, or as `search` finds them',
);

const DeleteUserPayload = builder.objectRef<{ deletedUserId: string }>('DeleteUserPayload').implement({
  description: 'Answer of deleteUser.',
  fields: (t) => ({
    deletedUserId: t.exposeID('deletedUserId', { description: 'Id of the user that was deleted.' }),
  }),
});

const userIdDescription = 'Id of the user.';

query('listUsers', {
  type: UserConnection,
  description:
    'List all users, newest first, or find some. `totalCount` is counted when it is asked for, which takes long where there are ' +
    'millions.',
  policy: { access: 'operator', limits: limits.operatorRead, errors: ['GENERAL_ARGUMENT_INVALID'] },
  args: (arg) => ({
    ...pageArgs,
    search: arg.string({
      required: false,
      description:
        'A whole user id, or the beginning of an e-mail address, phone number, name, or address that is proven though another ' +
        'is shown. Found in this order, each in alphabetical order.',
    }),
  }),
  // Each user may be asked for lists of its own.
  complexity: ({ first }) => {
    const rows = Math.min(Math.max(first ?? defaultPageSize, 1), maxPageSize);
    return { field: Math.ceil(rows / 2), multiplier: rows };
  },
  resolve: ({ search, ...page }, { deps }) => findUsers(deps, parsePageOf(page, decodePlace), search),
});

query('getUser', {
  type: User,
  description: 'Get a user, with everything about them but secrets and what providers handed out.',
  policy: { access: 'operator', limits: limits.operatorRead, errors: ['USER_NOT_FOUND'] },
  args: (arg) => ({ userId: arg.id({ description: userIdDescription }) }),
  resolve: ({ userId }, { deps }) => getUser(deps, userId),
});

mutation('createUser', {
  type: User,
  description:
    'Make a user, as for moving in from another system. Nothing is sent. A password hash is taken as it is, and replaced by one ' +
    'of ours when its owner signs in.',
  policy: {
    access: 'operator',
    limits: limits.operatorWrite,
    errors: [
      'GENERAL_ARGUMENT_INVALID',
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
      description: 'Id for the new user, as for createAccount. Absent or `unique()`: a random one.',
    }),
    email: arg.string({ required: false, description: 'E-mail address, at most 320 characters.' }),
    phone: arg.string({ required: false, description: 'Phone number in E.164, such as +14155550100.' }),
    password: arg.string({ required: false, description: `Password, ${passwordLength}.` }),
    passwordHash: arg.string({ required: false, description: `A password’s hash. ${hashFormatRule}` }),
    name: arg.string({ required: false, description: 'Display name, 1 to 128 characters.' }),
    emailVerified: arg.boolean({ required: false, description: 'Whether the address is proven.' }),
    phoneVerified: arg.boolean({ required: false, description: 'Whether the number is proven.' }),
    labels: arg.stringList({ required: false, description: `Labels, ${labelRule}.` }),
  }),
  resolve: (args, { deps, operator, requester }) => createUserAsOperator(deps, operator, args, requester),
});

mutation('updateUserStatus', {
  type: User,
  description:
    'Block a user, or let a blocked one in again. Blocking ends all sessions, JWTs, codes and links at once, everywhere.',
  policy: { access: 'operator', limits: limits.operatorWrite, errors: ['USER_NOT_FOUND'] },
  args: (arg) => ({
    userId: arg.id({ description: userIdDescription }),
    enabled: arg.boolean({ description: 'False to block.' }),
  }),
  resolve: (args, { deps, operator, requester }) => setEnabled(deps, operator, args, requester),
});

mutation('updateUserLabels', {
  type: User,
  description: 'Replace the labels of a user. They stand in every JWT that is made from then on.',
  policy: {
    access: 'operator',
    limits: limits.operatorWrite,
    errors: ['GENERAL_ARGUMENT_INVALID', 'USER_NOT_FOUND'],
  },
  args: (arg) => ({
    userId: arg.id({ description: userIdDescription }),
    labels: arg.stringList({ description: `Labels, ${labelRule}.` }),
  }),
  resolve: (args, { deps, operator, requester }) => setLabels(deps, operator, args, requester),
});

mutation('updateUserVerification', {
  type: User,
  description:
    'Mark the e-mail address or phone number of a user as verified or unverified. Omit both arguments of an address to leave it ' +
    'unchanged. If another address was verified before, it no longer belongs to the account.',
  policy: {
    access: 'operator',
    limits: limits.operatorWrite,
    errors: [
      'USER_NOT_FOUND',
      'USER_EMAIL_NOT_FOUND',
      'USER_PHONE_NOT_FOUND',
      'USER_ALREADY_EXISTS',
      'GENERAL_ARGUMENT_INVALID',
    ],
  },
  args: (arg) => ({
    userId: arg.id({ description: userIdDescription }),
    email: arg.string({
      required: false,
      description:
        'E-mail address that you mark as verified. Required with `emailVerified: true`. Must be the displayed address of the user.',
    }),
    emailVerified: arg.boolean({
      required: false,
      description: 'Whether to mark the e-mail address as verified or unverified.',
    }),
    phone: arg.string({
      required: false,
      description:
        'Phone number that you mark as verified. Required with `phoneVerified: true`. Must be the displayed number of the user.',
    }),
    phoneVerified: arg.boolean({
      required: false,
      description: 'Whether to mark the phone number as verified or unverified.',
    }),
  }),
  resolve: (args, { deps, operator, requester }) => setVerification(deps, operator, args, requester),
});

mutation('deleteUserFactors', {
  type: User,
  description:
    'Reset the second factors of a user who has lost them. Removes authenticators, recovery codes and passkeys, and turns MFA ' +
    'off. Verify the identity of the user first. Complete sessions continue, and sessions that lack a factor end. The server ' +
    'notifies the owner.',
  policy: { access: 'operator', limits: limits.operatorWrite, errors: ['USER_NOT_FOUND'] },
  args: (arg) => ({ userId: arg.id({ description: userIdDescription }) }),
  resolve: ({ userId }, { deps, operator, requester }) => resetFactors(deps, operator, userId, requester),
});

mutation('deleteUserSessions', {
  type: DeleteSessionsPayload,
  description: 'Sign a user out on all devices, or on one.',
  policy: {
    access: 'operator',
    limits: limits.operatorWrite,
    errors: ['USER_NOT_FOUND', 'USER_SESSION_NOT_FOUND'],
  },
  args: (arg) => ({
    userId: arg.id({ description: userIdDescription }),
    sessionId: arg.id({ required: false, description: 'Only this session of the user.' }),
  }),
  resolve: (args, { deps, operator, requester }) => endUserSessions(deps, operator, args, requester),
});

mutation('deleteUser', {
  type: DeleteUserPayload,
  description:
    'Delete a user with all that is theirs, security log included, at once and for good. Their addresses are free from then on.',
  policy: { access: 'operator', limits: limits.operatorWrite, errors: ['USER_NOT_FOUND'] },
  args: (arg) => ({ userId: arg.id({ description: userIdDescription }) }),
  resolve: ({ userId }, { deps, operator, requester }) => removeUser(deps, operator, userId, requester),
});
