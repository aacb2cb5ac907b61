import { type ComponentChildren, Fragment } from 'preact';
import { useCallback } from 'preact/hooks';
import { type UserDetails, useConsole, useLoadedData } from './context.js';
import { Badge, Card, List, Origin, Time, userLabel } from './elements.js';
import { SecurityChanges } from './security-changes.js';
import { UserActions } from './user-actions.js';

/** One user, with the actions of the operator. */
export function User({ userId }: { readonly userId: string }) {
  const { client } = useConsole().api;
  const load = useCallback((signal: AbortSignal) => client.getUser({ userId }, { signal }), [client, userId]);
  const { data: user, reload } = useLoadedData(load);
  return (
    <>
      <p>
        <a href="#/users" class="back">
          ← Users
        </a>
      </p>
      {user && (
        <>
          <Card title={userLabel(user)}>
            <Facts user={user} />
            <UserActions user={user} onChanged={reload} />
          </Card>
          <Sessions user={user} onChanged={reload} />
          <Credentials user={user} />
          <SecurityChanges user={user} onChanged={reload} />
          <SecurityLog user={user} />
        </>
      )}
    </>
  );
}

interface UserProps {
  readonly user: UserDetails;
}

function Facts({ user }: UserProps) {
  const factors = Object.entries(user.mfaFactors).filter(([, isOn]) => isOn === true);
  const facts: readonly (readonly [term: string, value: ComponentChildren])[] = [
    ['ID', user.id],
    ['E-mail', <Address key="email" address={user.email} isVerified={user.emailVerified} />],
    ['Phone', <Address key="phone" address={user.phone} isVerified={user.phoneVerified} />],
    ['Name', user.name || 'none'],
    ['Status', user.enabled ? 'active' : <Badge isBad>blocked</Badge>],
    ...(user.testAccount ? [['Test account', 'yes'] as const] : []),
    ['Labels', user.labels.join(', ') || 'none'],
    ['Second factor', user.mfaEnabled ? 'on' : 'off'],
    ['MFA required from', <Time key="mfa" at={user.mfaDueAt} />],
    ['Factors', factors.map(([name]) => name).join(', ') || 'none'],
    ['Password set', <Time key="password" at={user.passwordUpdatedAt} />],
    ['Signed up', <Time key="registered" at={user.registeredAt} />],
    ['Last access', <Time key="accessed" at={user.accessedAt} />],
  ];
  return (
    <dl>
      {facts.map(([term, value]) => (
        <Fragment key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}

const Address = (props: { readonly address: string | null; readonly isVerified: boolean }) =>
  props.address === null ? (
    'none'
  ) : (
    <span>
      {props.address}
      <Badge>{props.isVerified ? 'verified' : 'unverified'}</Badge>{' '}
      <a href={`#/messages/${encodeURIComponent(props.address)}`}>messages</a>
    </span>
  );

function Sessions({ user, onChanged }: UserProps & { readonly onChanged: () => Promise<void> }) {
  const { api, attempt } = useConsole();
  const end = (sessionId: string) =>
    attempt(async () => {
      await api.client.deleteUserSessions({ userId: user.id, sessionId });
      await onChanged();
    });
  return (
    <Card title="Sessions">
      <List
        items={user.sessions.nodes}
        emptyText="No sessions."
        renderItem={({ id, provider, actor, createdAt, origin, missingFactors }) => (
          <>
            {actor === 'user' ? provider : actor} since <Time at={createdAt} />
            {missingFactors.length > 0 && <Badge>second factor missing</Badge>}
            <Origin origin={origin} />
            <button type="button" class="plain" onClick={() => void end(id)}>
              End this session
            </button>
          </>
        )}
      />
    </Card>
  );
}

const Credentials = ({ user }: UserProps) => {
  const identities = user.identities.nodes.map(({ id, provider, providerEmail, createdAt }) => ({
    id,
    createdAt,
    name: `${provider} ${providerEmail ?? ''}`,
  }));
  const passkeys = user.passkeys.nodes.map(({ id, name, createdAt }) => ({
    id,
    createdAt,
    name: `Passkey: ${name}`,
  }));
  return (
    <Card title="Identities and passkeys">
      <List
        items={[...identities, ...passkeys]}
        emptyText="No identities or passkeys."
        renderItem={({ name, createdAt }) => (
          <>
            {name} since <Time at={createdAt} />
          </>
        )}
      />
    </Card>
  );
};

const SecurityLog = ({ user }: UserProps) => (
  <Card title="Security log">
    <List
      items={user.logs.nodes}
      emptyText="No log entries."
      renderItem={({ event, detail, actor, time, origin }) => (
        <>
          <strong>{event}</strong> {detail}
          {actor !== 'user' && <Badge>{actor}</Badge>} <Time at={time} />
          <Origin origin={origin} />
        </>
      )}
    />
  </Card>
);
