import type { ComponentChildren } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import { useLatestRequest } from './context.js';

/** One page of a list, as the API returns it. */
interface ListPage<Item> {
  readonly nodes: readonly Item[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** Loads the page after a cursor, or the first page. */
export type LoadPage<Item> = (after: string | null, signal: AbortSignal) => Promise<ListPage<Item>>;

interface PagedListProps<Item> {
  /** A new function loads the list again, from the first page. */
  readonly load: LoadPage<Item>;
  readonly emptyText: string;
  readonly renderItem: (item: Item, reload: () => Promise<void>) => ComponentChildren;
}

/** The pages of a list, one below the other. */
export function PagedList<Item extends { readonly id: string }>({
  load,
  emptyText,
  renderItem,
}: PagedListProps<Item>) {
  const [items, setItems] = useState<readonly Item[] | null>(null);
  const [nextCursor, setNextCursor] = useState<string | null>(null);
  const request = useLatestRequest();
  const loadPage = useCallback(
    (after: string | null) =>
      request<ListPage<Item>>(
        (signal) => load(after, signal),
        ({ nodes, pageInfo }) => {
          setItems((previous) => (after === null ? nodes : [...(previous ?? []), ...nodes]));
          setNextCursor(pageInfo.hasNextPage ? pageInfo.endCursor : null);
        },
      ),
    [load, request],
  );
  const reload = useCallback(() => loadPage(null), [loadPage]);
  useEffect(() => void reload(), [reload]);
  return (
    <>
      <ul class="list">
        {items?.map((item) => (
          <li key={item.id}>{renderItem(item, reload)}</li>
        ))}
      </ul>
      <p class="soft" role="status">
        {items?.length === 0 ? emptyText : ''}
      </p>
      {nextCursor !== null && (
        <button type="button" class="plain" onClick={() => void loadPage(nextCursor)}>
          Show more
        </button>
      )}
    </>
  );
}
