import { inWords, lifetimes } from '../../../clock.js';
import { limits } from '../../../limits/limits.js';
import { builder } from '../../../graphql/builder.js';
import { connectionType, pageArgs, pageComplexity } from '../../../graphql/connection.js';
import { mutation, query } from '../../../graphql/operation.js';
import { labelRule } from '../../../input/labels.js';
import { encodeCursor, parsePage } from '../../../input/page.js';
import {
  createInvitation,
  deleteInvitation,
  invitationRetention,
  type InvitationView,
  listInvitations,
} from './service.js';

const Invitation = builder.objectRef<InvitationView>('Invitation').implement({
  description: `An invitation to create an account. It is deleted ${inWords(invitationRetention)} after it has expired.`,
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id of the invitation.' }),
    createdAt: t.expose('createdAt', {
      type: 'DateTime',
      description: 'Time at which the invitation was sent.',
    }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      description: 'Time at which the link stops working.',
    }),
    email: t.expose('email', {
      type: 'EmailAddress',
      description: 'Address that the invitation was sent to.',
    }),
    name: t.exposeString('name', {
      nullable: true,
      description: 'Name of the account to be created. Null if the user is to choose one.',
    }),
    labels: t.exposeStringList('labels', { description: 'Labels of the account to be created.' }),
    invitedBy: t.exposeString('invitedBy', {
      description: 'Name of the key of the operator who sent the invitation.',
    }),
    acceptedAt: t.expose('acceptedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Time at which the user accepted the invitation. Null before that.',
    }),
    userId: t.exposeID('userId', {
      nullable: true,
      description: 'Id of the user who accepted the invitation. Null before that.',
    }),
  }),
});

const InvitationConnection = connectionType(
  Invitation,
  ({ createdAt: at, id }) => encodeCursor({ at, id }),
  'newest first',
);

const DeleteInvitationPayload = builder
  .objectRef<{ deletedInvitationId: string }>('DeleteInvitationPayload')
  .implement({
    description: 'Result of deleteInvitation.',
    fields: (t) => ({
      deletedInvitationId: t.exposeID('deletedInvitationId', {
        description: 'Id of the deleted invitation.',
      }),
    }),
  });

query('listInvitations', {
  type: InvitationConnection,
  description: 'List invitations, newest first: open, accepted and expired ones.',
  policy: { access: 'operator', limits: limits.operatorRead, errors: ['GENERAL_ARGUMENT_INVALID'] },
  args: () => pageArgs,
  complexity: pageComplexity,
  resolve: (page, { deps }) => listInvitations(deps, parsePage(page)),
});

mutation('createInvitation', {
  type: Invitation,
  description:
    `Send a link by email that creates an account, whatever SIGN_UP, SIGN_UP_DOMAINS and USER_LIMIT say. The link works once, within ${inWords(lifetimes.invitation)}. ` +
    'It leads to `url` with `userId`, `secret` and `expire` in its query, for createSession, which also verifies the address. A second ' +
    'invitation to an address replaces the first one, whose link stops working.',
  policy: {
    access: 'operator',
    limits: limits.invite,
    errors: ['GENERAL_ARGUMENT_INVALID', 'GENERAL_MAIL_DISABLED', 'USER_ALREADY_EXISTS'],
  },
  args: (arg) => ({
    email: arg.string({ description: 'Address to invite. `USER_ALREADY_EXISTS` if it has an account.' }),
    name: arg.string({ required: false, description: 'Name of the account, 1 to 128 characters.' }),
    labels: arg.stringList({ required: false, description: `Labels of the account: ${labelRule}.` }),
    url: arg.string({
      required: false,
      description:
        'Your page that the link leads to; its origin must be on the allow-list. Omit it for a page of this server.',
    }),
  }),
  resolve: (args, { deps, operator, requester }) => createInvitation(deps, operator, args, requester),
});

mutation('deleteInvitation', {
  type: DeleteInvitationPayload,
  description:
    'Delete an invitation. Its link stops working. The account of a user who has accepted it stays.',
  policy: { access: 'operator', limits: limits.operatorWrite, errors: ['INVITATION_NOT_FOUND'] },
  args: (arg) => ({ invitationId: arg.id({ description: 'Id of the invitation.' }) }),
  resolve: async ({ invitationId }, { deps }) => ({
    deletedInvitationId: await deleteInvitation(deps, invitationId),
  }),
});
