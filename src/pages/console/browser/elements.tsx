import type { OriginPartsFragment } from 'gatehouse/client';
import type { ComponentChildren } from 'preact';
import { formatTime } from '../../format-time.js';

interface Parent {
  readonly children: ComponentChildren;
}

export const Card = ({ title, children }: Parent & { readonly title: string }) => (
  <section class="card">
    <h2>{title}</h2>
    {children}
  </section>
);

export const Badge = ({ children, isBad = false }: Parent & { readonly isBad?: boolean }) => (
  <span class={isBad ? 'badge bad' : 'badge'}>{children}</span>
);

export const Time = ({ at }: { readonly at: string | null }) =>
  at === null ? 'never' : <time dateTime={at}>{formatTime(at)}</time>;

/** The device, IP address and country of a session or log entry. */
export const Origin = ({ origin: { client, os, ip, country } }: { readonly origin: OriginPartsFragment }) => (
  <p class="soft">{joinPresent(client.name, os.name, ip, country?.name) || 'unknown'}</p>
);

interface ListProps<Item> {
  readonly items: readonly Item[];
  readonly emptyText: string;
  readonly renderItem: (item: Item) => ComponentChildren;
}

/** A list, or a text if it has no items. */
export const List = <Item extends { readonly id: string }>({
  items,
  emptyText,
  renderItem,
}: ListProps<Item>) =>
  items.length === 0 ? (
    <p class="soft">{emptyText}</p>
  ) : (
    <ul class="list">
      {items.map((item) => (
        <li key={item.id}>{renderItem(item)}</li>
      ))}
    </ul>
  );

/** Joins the texts that are not empty. */
export const joinPresent = (...texts: readonly (string | null | undefined)[]): string =>
  texts.filter(Boolean).join(' · ');

/** The text that identifies a user on the page. */
export const userLabel = (user: {
  readonly email: string | null;
  readonly phone: string | null;
  readonly name: string;
  readonly id: string;
}): string => user.email ?? user.phone ?? (user.name || user.id);

/** Reads the field `labels` of a form: labels, separated by commas. */
export const readLabels = (form: FormData): string[] =>
  String(form.get('labels') ?? '')
    .split(',')
    .map((label) => label.trim())
    .filter(Boolean);
