import type { UserPartsFragment } from 'gatehouse/client';
import { useCallback, useLayoutEffect, useRef } from 'preact/hooks';
import { useConsole } from './context.js';
import { typingPauseMilliseconds, useDebouncedValue } from './debounce.js';
import { Badge, Card, joinPresent, userLabel } from './elements.js';
import { type LoadPage, PagedList } from './paged-list.js';

const emptyText =
  'No users found. The search compares the start of the e-mail address, phone number or name, or the whole ID.';

interface UsersProps {
  readonly search: string;
  readonly onChange: (search: string) => void;
}

/** The users, with a search. */
export function Users({ search, onChange }: UsersProps) {
  const { client } = useConsole().api;
  const input = useRef<HTMLInputElement>(null);
  // Focuses the field before the list is loaded, so that the operator can type immediately.
  useLayoutEffect(() => input.current?.focus(), []);
  const sentSearch = useDebouncedValue(search, typingPauseMilliseconds);
  const load = useCallback<LoadPage<UserPartsFragment>>(
    (after, signal) => client.listUsers({ first: 25, after, search: sentSearch || null }, { signal }),
    [client, sentSearch],
  );
  return (
    <Card title="Users">
      <input
        id="search"
        ref={input}
        type="search"
        value={search}
        onInput={({ currentTarget }) => onChange(currentTarget.value)}
        placeholder="E-mail, phone, name or ID"
        aria-label="Search users"
        autocomplete="off"
        maxLength={320}
      />
      <PagedList load={load} emptyText={emptyText} renderItem={(user) => <UserSummary user={user} />} />
    </Card>
  );
}

const UserSummary = ({ user }: { readonly user: UserPartsFragment }) => (
  <>
    <a href={`#/users/${encodeURIComponent(user.id)}`}>{userLabel(user)}</a>
    {!user.enabled && <Badge isBad>blocked</Badge>}
    {user.mfaDueAt && <Badge>MFA due</Badge>}
    <p class="soft">{joinPresent(user.name, user.email ? user.phone : null, user.id)}</p>
  </>
);
