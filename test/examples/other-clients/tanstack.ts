import { QueryClient } from '@tanstack/query-core';
import { AccountError, type Client } from 'gatehouse-client';

/** The account as a query. */
export const accountOf = (client: Client) => ({
  queryKey: ['account'],
  queryFn: ({ signal }: { signal: AbortSignal }) => client.getAccount({}, { signal }),
});

export const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      // The server would reject it again.
      queries: { retry: (count, error) => count < 3 && !(error instanceof AccountError) },
    },
  });
