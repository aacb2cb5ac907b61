import { inWords, lifetimes } from '../../clock.js';
import { builder } from '../../graphql/builder.js';
import { mutation, query } from '../../graphql/operation.js';
import { OriginType } from '../../graphql/origin.js';
import { limits } from '../../limits/limits.js';
import { User } from '../account/schema.js';
import { changeRetention } from '../security-changes/service.js';
import { changeKinds, type ChangeKind } from '../security-changes/states.js';
import { maxListedChanges, type SecurityChangeView } from './perspective.js';
import {
  listChangesByLink,
  listChangesOf,
  undoAsOperator,
  undoAsUser,
  undoByLink,
  type UndoneView,
} from './service.js';

const meanings: Record<ChangeKind, string> = {
  PASSWORD: 'The password was set.',
  EMAIL: 'The email address was changed or verified.',
  PHONE: 'The phone number was changed or verified.',
  AUTHENTICATOR: 'An authenticator app was added or removed.',
  RECOVERY_CODES: 'Recovery codes were created or replaced.',
  PASSKEY: 'A passkey was added, removed or renamed.',
  IDENTITY: 'An identity was linked, joined by its email address, or removed.',
  MFA: 'MFA was turned on or off.',
  BLOCK: 'The user blocked the account.',
  DELETION: 'The deletion of the account was requested or cancelled. A cancellation cannot be reverted.',
  RECOVERY: 'A password was set with a recovery link.',
  REVERT:
    'Other changes were reverted. If you revert this change, the server restores what the revert removed and lists those changes again.',
};

const SecurityChangeKind = builder.enumType('SecurityChangeKind', {
  description: 'What a security change is about.',
  values: Object.fromEntries(changeKinds.map((kind) => [kind, { description: meanings[kind] }])) as Record<
    ChangeKind,
    { description: string }
  >,
});

const SecurityChange = builder.objectRef<SecurityChangeView>('SecurityChange').implement({
  description: `A change of an account that can be reverted. The server keeps it for ${inWords(changeRetention)}.`,
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id of the change, for the argument `changeIds`.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When the change was made.' }),
    kind: t.expose('kind', { type: SecurityChangeKind, description: 'What the change is about.' }),
    detail: t.exposeString('detail', {
      description:
        'What exactly changed, as in `Log.detail`, such as `passkey.create` or `address.update email`.',
    }),
    actor: t.exposeString('actor', {
      description: 'Who made the change: `user`, or `operator:` and the name of the operator key.',
    }),
    origin: t.expose('origin', { type: OriginType, description: 'Where the request came from.' }),
    sessionId: t.exposeID('sessionId', {
      nullable: true,
      description: 'Id of the session that made the change. It may have ended. Null without a session.',
    }),
    deviceId: t.exposeID('deviceId', {
      nullable: true,
      description:
        'Id of the device that made the change. Changes from one device have the same id. Null if unknown.',
    }),
    thisDevice: t.exposeBoolean('thisDevice', {
      description: 'Whether the change was made from the device of this request.',
    }),
    suggested: t.exposeBoolean('suggested', {
      description:
        'Whether `undoChange` reverts the change if `changeIds` is omitted. Always false without a link.',
    }),
    needsFactor: t.exposeBoolean('needsFactor', {
      description:
        'Whether a revert from this device needs a second factor: `otp`, or `ceremonyId` and `credential`.',
    }),
  }),
});

const UndoneChange = builder.objectRef<UndoneView>('UndoneChange').implement({
  description: 'The result of a revert.',
  fields: (t) => ({
    event: t.exposeString('event', {
      description:
        'Name of the security notice that contained the link, such as `passkeyAdded`. Without a link, name of the notice about the newest change.',
    }),
    undoneAt: t.expose('undoneAt', { type: 'DateTime', description: 'When the changes were reverted.' }),
    changes: t.field({
      type: [SecurityChange],
      description: 'The changes that were reverted, newest first. Empty if there was nothing left to revert.',
      resolve: ({ changes }) => [...changes],
    }),
    notRestored: t.field({
      type: [SecurityChange],
      description:
        'The changes that could not be reverted completely. The server may have removed what such a change added, without ' +
        'restoring what it replaced.',
      resolve: ({ notRestored }) => [...notRestored],
    }),
  }),
});

const linkArgument =
  'of the link in a security notice. Within one hour after `updateRecovery`: of the recovery link.';

query('listSecurityChanges', {
  type: [SecurityChange],
  description:
    `List the changes that the holder of a link can revert, newest first, at most ${maxListedChanges}. What one session added and ` +
    'removed again is one entry. The server ignores all other credentials of the request.',
  policy: {
    access: 'public',
    acceptsLink: true,
    guessesSecret: true,
    limits: limits.confirm,
    errors: ['GENERAL_ARGUMENT_INVALID', 'USER_INVALID_TOKEN'],
  },
  args: (arg) => ({
    userId: arg.id({ description: `\`userId\` ${linkArgument}` }),
    secret: arg.string({ description: `\`secret\` ${linkArgument}` }),
  }),
  resolve: (args, { deps, exchange }) => listChangesByLink(deps, args, exchange),
});

mutation('undoChange', {
  type: UndoneChange,
  description:
    'Revert security changes. With a link, the default is the suggested changes: the one that the link is about, and everything that ' +
    'an attacker seems to have added or changed. All sessions and codes end, the password stops working, and the server sends a ' +
    `recovery link to the verified email address. The link stays valid for ${inWords(lifetimes.undo)}, and the server ignores all other ` +
    'credentials of the request. Without a link, `changeIds` is required and the current session continues. Some changes of second ' +
    'factors also need a factor that the account had before, unless the request comes from a device that the account has known for ' +
    'a week.',
  policy: {
    access: 'freshProof',
    acceptsLink: true,
    guessesSecret: true,
    limits: limits.confirm,
    errors: [
      'GENERAL_ARGUMENT_INVALID',
      'USER_INVALID_TOKEN',
      'USER_CHANGE_NOT_FOUND',
      'USER_ADDRESS_UNAVAILABLE',
      'USER_PASSKEY_INVALID',
    ],
  },
  args: (arg) => ({
    userId: arg.id({ required: false, description: `\`userId\` ${linkArgument}` }),
    secret: arg.string({ required: false, description: `\`secret\` ${linkArgument}` }),
    changeIds: arg.idList({ required: false, description: 'Ids of the changes. Required without a link.' }),
    otp: arg.string({
      required: false,
      description: 'Code of an authenticator app, or recovery code, that the account had before the changes.',
    }),
    ceremonyId: arg.id({ required: false, description: 'Id of the response of `createPasskeySignIn`.' }),
    credential: arg({
      type: 'JSONObject',
      required: false,
      description: 'Response of a passkey that the account had before the changes, as `toJSON()` returns it.',
    }),
  }),
  resolve: ({ userId, secret, ...rest }, context) => {
    const { deps, requester } = context;
    return secret == null
      ? undoAsUser(deps, context.signedIn, rest, requester)
      : undoByLink(deps, { ...rest, userId: userId ?? '', secret }, requester);
  },
});

mutation('undoUserChanges', {
  type: UndoneChange,
  description:
    'Revert security changes of a user, second factors included. Verify the identity of the user first. Sessions end only if they ' +
    'made one of these changes.',
  policy: {
    access: 'operator',
    limits: limits.operatorWrite,
    errors: ['USER_NOT_FOUND', 'USER_CHANGE_NOT_FOUND', 'USER_ADDRESS_UNAVAILABLE'],
  },
  args: (arg) => ({
    userId: arg.id({ description: 'Id of the user.' }),
    changeIds: arg.idList({ description: 'Ids of the changes, from `User.securityChanges`.' }),
  }),
  resolve: (args, { deps, operator, requester }) => undoAsOperator(deps, operator, args, requester),
});

builder.objectField(User, 'securityChanges', (t) =>
  t.field({
    type: [SecurityChange],
    description: `The security changes of the last ${inWords(changeRetention)} that can be reverted, newest first, at most ${maxListedChanges}.`,
    resolve: (user, _args, { caller, deps, exchange }) => listChangesOf(deps, user.id, caller, exchange),
  }),
);
