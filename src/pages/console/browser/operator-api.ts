import {
  AccountError,
  type Client,
  createClient,
  isAccountError,
  memoryStorage,
  type ServerError,
} from 'gatehouse/client';
import type { ActivityPoint, ConsoleData } from '../data.js';

/** The server's API, called with the key of an operator. The key exists only in the memory of the page. */
export interface OperatorApi {
  readonly client: Client;
  loadActivity(signal: AbortSignal): Promise<readonly ActivityPoint[]>;
}

export function createOperatorApi(key: string, paths: ConsoleData): OperatorApi {
  const headers = { authorization: `Bearer ${key}` };
  return {
    client: createClient({
      url: new URL(paths.graphqlPath, location.href).href,
      storage: memoryStorage(),
      headers,
    }),
    async loadActivity(signal) {
      const response = await fetch(paths.activityPath, { headers, credentials: 'omit', signal });
      if (response.ok) return (await response.json()) as ActivityPoint[];
      const { errors } = (await response.json()) as { errors: readonly ServerError[] };
      throw new AccountError(errors);
    },
  };
}

/** Whether the server rejected the key itself. */
export const isKeyRejected = (error: unknown): boolean =>
  isAccountError(error, 'GENERAL_UNAUTHORIZED_SCOPE', 'USER_JWT_INVALID');

/** Describes an error, with the problem of each argument. */
export function describeError(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const issues = isAccountError(error) ? error.issues : [];
  return [message, ...issues.map(({ argument, message }) => `${argument}: ${message}`)].join(' ');
}
