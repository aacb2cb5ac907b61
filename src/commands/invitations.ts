import { parseArgs } from 'node:util';
import { confirm, operatorClient, operatorServer, print, table } from './api.js';
import { UsageError } from './usage.js';

/** `gatehouse invite ADDRESS` */
export async function invite(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      name: { type: 'string' },
      label: { type: 'string', multiple: true, default: [] },
      url: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const [email, ...rest] = positionals;
  if (email === undefined || rest.length > 0) throw new UsageError('invite takes one email address');
  const { name = null, label: labels, url = null } = values;
  const invitation = await operatorClient().createInvitation({ email, name, labels, url });
  print(
    values.json,
    invitation,
    () =>
      `${invitation.email} is invited to ${operatorServer()}. The link works until ${invitation.expiresAt}.`,
  );
}

/** `gatehouse invitations …` */
export async function invitations(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      first: { type: 'string', default: '25' },
      json: { type: 'boolean', default: false },
      yes: { type: 'boolean', default: false },
    },
  });
  const [name = '', invitationId, ...rest] = positionals;
  if (name === 'list' && invitationId === undefined) return list(Number(values.first), values.json);
  if (name !== 'delete') throw new UsageError(`there is no command "invitations ${positionals.join(' ')}"`);
  if (invitationId === undefined || rest.length > 0)
    throw new UsageError('invitations delete takes the id of an invitation');
  const client = operatorClient();
  if (!values.yes && !(await confirm(`Delete the invitation ${invitationId}?`))) return;
  const deleted = await client.deleteInvitation({ invitationId });
  print(values.json, deleted, () => `The invitation ${invitationId} is deleted. Its link no longer works.`);
}

async function list(first: number, json: boolean): Promise<void> {
  const { nodes } = await operatorClient().listInvitations({ first });
  print(json, nodes, () =>
    nodes.length === 0
      ? 'There are no invitations.'
      : table(
          ['SENT', 'ADDRESS', 'BY', 'EXPIRES', 'ACCEPTED', 'ID'],
          nodes.map(({ createdAt, email, invitedBy, expiresAt, acceptedAt, id }) => [
            createdAt,
            email,
            invitedBy,
            expiresAt,
            acceptedAt,
            id,
          ]),
        ),
  );
}
