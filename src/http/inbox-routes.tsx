import type { Inbox } from '../outbox/inbox.js';
import { rejectCrossSite } from './graphql-route.js';
import { isLocalRequest } from './local-request.js';
import type { InboxData } from '../pages/inbox/data.js';
import { isUuid } from '../ids.js';
import { isListed } from '../input/allow-list.js';
import { type Call, type Route, sendError, send, sendJson, sendPage } from './reply.js';

/** The messages that the server sent in development: a page for developers and JSON for programs. */
export const inboxRoutes = (deps: InboxDeps): Record<string, Route> =>
  Object.fromEntries(
    Object.entries(routes(deps)).map(([path, route]) => [path, forThisMachine(route, deps)]),
  );

interface InboxDeps {
  readonly inbox: Inbox;
  /** Whether other machines may read it: `INBOX=on`. */
  readonly isOpen: boolean;
  /** The origins of this server, and the origins that are allowed to call it. */
  readonly origins: readonly string[];
  readonly appName: string;
}

/** Rejects requests of other machines, unless the operator has opened the inbox to them. */
const forThisMachine = (route: Route, { isOpen, origins }: InboxDeps): Route =>
  Object.fromEntries(
    Object.entries(route).map(([method, handle]) => [
      method,
      (call: Call) =>
        isLocalRequest(call.request) || (isOpen && isOwnHost(call, origins))
          ? handle?.(call)
          : sendError(
              call,
              403,
              'GENERAL_UNKNOWN_ORIGIN',
              'The inbox is shown only on the machine of the server.',
            ),
    ]),
  );

/** A foreign host name that resolves to this server would make a foreign page same-origin. */
function isOwnHost({ request }: Call, origins: readonly string[]): boolean {
  const here = `http://${request.headers.host}`;
  return (
    URL.canParse(here) &&
    origins.some((origin) => isListed([origin.replace(/^https:/, 'http:')], new URL(here)))
  );
}

const routes = ({ inbox, origins, appName }: InboxDeps): Record<string, Route> => ({
  '/inbox': {
    GET: (call) => {
      const data: InboxData = { appName };
      const title = `Inbox of ${appName}`;
      sendPage(call, { title, script: 'inbox', data, children: <div id="app" /> });
    },
  },
  '/inbox/mail': {
    GET: async (call) => {
      const id = call.url.searchParams.get('id') ?? '';
      const html = isUuid(id) ? await inbox.html(id) : null;
      if (html === null)
        return sendError(call, 404, 'GENERAL_NOT_FOUND', 'There is no message with this id.');
      // The HTML of an e-mail runs no scripts and loads nothing. Only its inline styles apply.
      call.response.setHeader(
        'content-security-policy',
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'",
      );
      send(call, 200, 'text/html; charset=utf-8', html);
    },
  },
  '/inbox/messages': {
    GET: async (call) => {
      const read = (name: string) => call.url.searchParams.get(name);
      const after = read('after') ?? '';
      if (!(await rejectCrossSite(origins, call)))
        sendJson(call, 200, await inbox.list(read('to'), isUuid(after) ? after : null));
    },
    DELETE: async (call) => {
      if (await rejectCrossSite(origins, call)) return;
      await inbox.empty();
      call.response.writeHead(204).end();
    },
  },
});
