import { AccountError } from '../errors/account-error.js';
import { limits } from '../limits/limits.js';
import { byNetwork, byNetworkAndUserId, usesOf } from '../limits/subject.js';
import type { Deps } from '../deps.js';
import type { Requester } from '../origin/requester.js';
import { noticePage, type PageSetting } from '../pages/landing/landing.js';
import type { PageParts } from '../pages/page.js';
import { rejectCrossSite } from './graphql-route.js';
import { isWithinLimits } from './limits.js';
import { type Call, readBody, sendPage } from './reply.js';

const maxFormBytes = 4096;

/** Handles a form of our own pages that posts the `userId` and `secret` of a link. Answers with a page. */
export async function handleLinkForm(
  deps: Pick<Deps, 'limiter'>,
  origins: readonly string[],
  setting: PageSetting,
  call: Call,
  redeem: (link: { userId: string; secret: string }, requester: Requester) => Promise<PageParts>,
): Promise<void> {
  if (await rejectCrossSite(origins, call)) return;
  const form = new URLSearchParams((await readBody(call, maxFormBytes)) ?? '');
  const link = { userId: form.get('userId') ?? '', secret: form.get('secret') ?? '' };
  const { clientAddress } = call.exchange;
  const [perUserId, perNetwork] = limits.confirm;
  const uses = [
    ...usesOf([perUserId], byNetworkAndUserId(clientAddress, link.userId)),
    ...usesOf([perNetwork], byNetwork(clientAddress)),
  ];
  if (!(await isWithinLimits(deps, uses, call))) return;
  const { locale } = setting;
  try {
    sendPage(call, await redeem(link, await call.exchange.requester()));
  } catch (error) {
    if (!(error instanceof AccountError)) throw error;
    sendPage(call, noticePage(setting, locale.text('pages.expiredTitle'), locale.text('pages.expired')));
  }
}
