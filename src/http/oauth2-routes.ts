import { limits } from '../limits/limits.js';
import type { Deps } from '../deps.js';
import { completeOAuth2Flow } from '../features/oauth2/flows/completion.js';
import { providerNames, slugOf } from '../oauth2-providers/names.js';
import { byNetwork, usesOf } from '../limits/subject.js';
import { isWithinLimits } from './limits.js';
import { type Call, type Route, readBody, redirect, sendError } from './reply.js';

const maxFormBytes = 16 * 1024;

/** Where providers send browsers back to, a path for each: an answer meant for one is not taken by another. */
export const oauth2Routes = (deps: Deps): Record<string, Route> =>
  Object.fromEntries(
    providerNames.map((name) => {
      const slug = slugOf(name);
      const path = `/oauth2/${slug}/callback`;
      return [
        path,
        {
          GET: (call: Call) => complete(deps, slug, call),
          POST: (call: Call) => redirectFormAsQuery(path, call),
        },
      ];
    }),
  );

async function complete(deps: Deps, slug: string, call: Call): Promise<void> {
  const { exchange, url } = call;
  // Without a cookie and a state nothing is looked up: a page full of pictures must not use up what sign-ins need.
  const isCandidate = exchange.browserDigest !== null && url.searchParams.has('state');
  const uses = usesOf(limits.oauth2Callback, byNetwork(exchange.clientAddress));
  if (isCandidate && !(await isWithinLimits(deps, uses, call))) return;
  redirect(call, await completeOAuth2Flow(deps, slug, url.searchParams, await exchange.requester()));
}

/** Apple answers with a form from its own site, to which the browser adds no cookie: it is sent round once more. */
async function redirectFormAsQuery(path: string, call: Call): Promise<void> {
  const body = await readBody(call, maxFormBytes);
  if (body === null) return sendError(call, 413, 'PAYLOAD_TOO_LARGE', 'The request is too large.');
  call.response.writeHead(303, { location: `${path}?${new URLSearchParams(body)}` }).end();
}
