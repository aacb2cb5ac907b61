import { parseArgs } from 'node:util';
import { type Client, type GetUserQuery, isAccountError, type ListUsersQuery } from '../client/client.js';
import { confirm, operatorClient, print, table } from './api.js';
import { UsageError } from './usage.js';

type User = NonNullable<GetUserQuery['getUser']>;
type Listed = NonNullable<ListUsersQuery['listUsers']>['nodes'][number];

/** What is done to one user, and what is said of it. */
interface Action {
  readonly asks?: string;
  readonly done: string;
  run(client: Client, userId: string): Promise<unknown>;
}

const actions: Record<string, Action> = {
  block: {
    done: 'is blocked and signed out everywhere',
    run: (client, userId) => client.updateUserStatus({ userId, enabled: false }),
  },
  unblock: {
    done: 'may sign in again',
    run: (client, userId) => client.updateUserStatus({ userId, enabled: true }),
  },
  'sign-out': {
    done: 'is signed out everywhere',
    run: (client, userId) => client.deleteUserSessions({ userId }),
  },
  'reset-mfa': {
    asks: 'Remove all second factors of',
    done: 'has no second factors any more, and was told',
    run: (client, userId) => client.deleteUserFactors({ userId }),
  },
  delete: {
    asks: 'Delete for good',
    done: 'is deleted',
    run: (client, userId) => client.deleteUser({ userId }),
  },
};

/** `gatehouse users …` */
export async function users(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      yes: { type: 'boolean', default: false },
      first: { type: 'string', default: '25' },
    },
  });
  const [name = '', who, ...rest] = positionals;
  if (name === 'revert' && who !== undefined) return revert(who, rest, values);
  if (rest.length > 0) throw new UsageError(`users ${name} takes one id or address`);
  if (name === 'list') return list(operatorClient(), who ?? null, Number(values.first), values.json);
  const action = actions[name];
  if (!action && name !== 'show') throw new UsageError(`there is no command "users ${name}"`);
  if (who === undefined) throw new UsageError(`users ${name} takes an id or address`);
  const client = operatorClient();
  const user = await find(client, who);
  if (!action) return print(values.json, user, () => described(user));
  const shown = `${user.email ?? user.phone ?? (user.name || 'the user')} (${user.id})`;
  if (action.asks && !values.yes && !(await confirm(`${action.asks} ${shown}?`))) return;
  const answer = await action.run(client, user.id);
  print(values.json, answer, () => `${shown} ${action.done}.`);
}

/** Reverts security changes of a user. */
async function revert(
  who: string,
  changeIds: readonly string[],
  { json, yes }: { readonly json: boolean; readonly yes: boolean },
): Promise<void> {
  if (changeIds.length === 0) throw new UsageError('users revert takes an id or address, and ids of changes');
  const client = operatorClient();
  const { id: userId } = await find(client, who);
  if (!yes && !(await confirm(`Revert ${changeIds.length} security change(s) of ${who}?`))) return;
  const { changes, notRestored } = await client.undoUserChanges({ userId, changeIds: [...changeIds] });
  print(json, { changes, notRestored }, () =>
    [section('REVERTED', changes.map(changeRow)), section('NOT REVERTED', notRestored.map(changeRow))]
      .filter(Boolean)
      .join('\n\n'),
  );
}

type Change = User['securityChanges'][number];

const changeRow = ({ id, createdAt, detail, actor, origin }: Change) => [
  id,
  createdAt,
  detail,
  actor,
  [origin.ip, origin.client.name, origin.os.name].filter(Boolean).join(', '),
];

async function list(client: Client, search: string | null, first: number, isJson: boolean): Promise<void> {
  const { nodes, pageInfo } = await client.listUsers({ search, first });
  print(isJson, nodes, () => {
    const more = pageInfo.hasNextPage ? '\n…and more: say what to look for, or --first 100.' : '';
    return nodes.length === 0 ? 'Nobody.' : table(headings, nodes.map(rowOf)) + more;
  });
}

const headings = ['ID', 'E-MAIL', 'PHONE', 'NAME', 'STATE', 'SINCE'];
const rowOf = ({ id, email, emailVerified, phone, phoneVerified, name, createdAt, ...user }: Listed) => [
  id,
  verified(email, emailVerified),
  verified(phone, phoneVerified),
  name,
  [user.enabled ? '' : 'blocked', mfaDue(user)].filter(Boolean).join(', '),
  createdAt.slice(0, 10),
];

const mfaDue = ({ mfaDueAt }: Pick<Listed, 'mfaDueAt'>): string =>
  mfaDueAt ? `MFA required from ${mfaDueAt.slice(0, 10)}` : '';

const verified = (address: string | null | undefined, isVerified: boolean): string =>
  address ? `${address}${isVerified ? '' : ' (unverified)'}` : '';

/** The user with this id, or with exactly this address. */
async function find(client: Client, who: string): Promise<User> {
  try {
    return await client.getUser({ userId: who });
  } catch (error) {
    if (!isAccountError(error, 'USER_NOT_FOUND')) throw error;
  }
  const { nodes } = await client.listUsers({ search: who, first: 2 });
  const address = who.trim().toLowerCase();
  const found = nodes.find(({ email, phone }) => email === address || phone === address);
  if (!found) throw new UsageError(`there is no user with the id or address ${who}`);
  return client.getUser({ userId: found.id });
}

function described(user: User): string {
  const { id, name, email, emailVerified, phone, phoneVerified, enabled, labels, mfaEnabled, mfaFactors } =
    user;
  const factors = Object.entries(mfaFactors).flatMap(([factor, has]) => (has === true ? [factor] : []));
  return [
    table(
      ['ID', id],
      [
        ['E-MAIL', verified(email, emailVerified)],
        ['PHONE', verified(phone, phoneVerified)],
        ['NAME', name],
        ['STATE', enabled ? 'active' : 'blocked'],
        ['LABELS', labels.join(', ')],
        ['MFA', `${mfaEnabled ? 'on' : 'off'}${factors.length > 0 ? `: ${factors.join(', ')}` : ''}`],
        ...(user.mfaDueAt ? [['MFA DUE', user.mfaDueAt]] : []),
        ...(user.testAccount ? [['TEST ACCOUNT', 'yes (TEST_ADDRESSES)']] : []),
        ['SINCE', user.createdAt],
        ['LAST SEEN', user.accessedAt ?? 'never'],
      ],
    ),
    section(
      'SESSIONS',
      user.sessions.nodes.map(({ createdAt, provider, actor, origin }) => [
        createdAt,
        actor === 'user' ? provider : actor,
        origin.ip,
        origin.client.name,
        origin.os.name,
      ]),
    ),
    section(
      'IDENTITIES',
      user.identities.nodes.map(({ createdAt, provider, providerEmail }) => [
        createdAt,
        provider,
        providerEmail,
      ]),
    ),
    section(
      'PASSKEYS',
      user.passkeys.nodes.map(({ createdAt, name, lastUsedAt }) => [
        createdAt,
        name,
        lastUsedAt ?? 'never used',
      ]),
    ),
    section('CHANGES', user.securityChanges.map(changeRow)),
    section(
      'LOG',
      user.logs.nodes.map(({ time, event, actor, origin }) => [time, event, actor, origin.ip]),
    ),
  ]
    .filter(Boolean)
    .join('\n\n');
}

const section = (title: string, rows: readonly (readonly unknown[])[]): string =>
  rows.length > 0 ? table([title, ...(rows[0]?.slice(1).map(() => '') ?? [])], rows) : '';
