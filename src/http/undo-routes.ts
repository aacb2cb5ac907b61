import type { Deps } from '../deps.js';
import { releaseAddress } from '../features/addresses/release.js';
import { describeToken } from '../features/tokens/service.js';
import { type LinkSubject, linkSubjectOf } from '../features/tokens/undo.js';
import type { SecurityChangeView } from '../features/undo/perspective.js';
import { listChangesByLink, type UndoDeps } from '../features/undo/service.js';
import { isId } from '../input/ids.js';
import type { Locale } from '../messages/locale.js';
import { originWords, requestedText, timeIn } from '../messages/render.js';
import type { Origin } from '../origin/origin.js';
import { noticePage, type PageSetting } from '../pages/landing/landing.js';
import { type ChangeGroup, releasePage, undoPage } from '../pages/undo/undo.js';
import { handleLinkForm } from './link-form.js';
import { type Call, type Route, sendPage } from './reply.js';

// The pages of the links in security notices. Opening one changes nothing, however often a mail scanner does it.

const releasePath = '/auth/release';

/** The pages by path. */
export const undoRoutes = (
  deps: UndoDeps & Pick<Deps, 'config' | 'publicUrl'>,
  origins: readonly string[],
  settingOf: (call: Call) => PageSetting,
): Record<string, Route> => ({
  '/auth/undo': { GET: (call) => showChanges(deps, settingOf(call), call) },
  [releasePath]: {
    GET: (call) => showRelease(deps, settingOf(call), call),
    POST: (call) =>
      handleLinkForm(deps, origins, settingOf(call), call, async (link, requester) => {
        await releaseAddress(deps, link, requester);
        const { locale } = settingOf(call);
        return noticePage(settingOf(call), locale.text('pages.releaseTitle'), locale.text('pages.released'));
      }),
  },
});

/** What can go wrong on the page, by code. */
const problems = [
  'USER_INVALID_TOKEN',
  'USER_CHANGE_NOT_FOUND',
  'USER_ADDRESS_UNAVAILABLE',
  'GENERAL_RATE_LIMIT_EXCEEDED',
  'unreachable',
  'other',
] as const;

interface OpenedLink {
  readonly link: { readonly userId: string; readonly secret: string };
  readonly about: LinkSubject;
  readonly isRecovery: boolean;
  readonly address: string;
  readonly requested: { readonly at: Date; readonly origin: Origin };
}

async function openLink(deps: UndoDeps, { url }: Call): Promise<OpenedLink | null> {
  const [userId, secret] = [url.searchParams.get('userId') ?? '', url.searchParams.get('secret') ?? ''];
  const token = isId(userId) && secret ? await describeToken(deps, userId, secret.slice(0, 256)) : null;
  const about = token && linkSubjectOf(token);
  if (!token || !about) return null;
  return {
    link: { userId, secret },
    about,
    isRecovery: token.purpose === 'recoveryUsed',
    address: token.address,
    requested: { at: token.createdAt, origin: token.origin as unknown as Origin },
  };
}

async function showChanges(
  deps: UndoDeps & Pick<Deps, 'config'>,
  setting: PageSetting,
  call: Call,
): Promise<void> {
  const { locale, appName: app } = setting;
  const opened = await openLink(deps, call);
  if (!opened) return sendExpired(call, setting);
  const { link, about, isRecovery, requested } = opened;
  const changes = await listChangesByLink(deps, link, call.exchange);
  const title = locale.text(isRecovery ? 'pages.undoRecoveryTitle' : 'pages.undoTitle');
  const isAlert = about.changeId === null && about.usedAt === null;
  if (changes.length === 0 && !isAlert)
    return sendPage(call, noticePage(setting, title, locale.text('pages.undoNothing')));
  const what = locale.text(`${about.notice}.subject`, { app });
  const page = undoPage(setting, {
    title,
    paragraphs: [
      isRecovery
        ? locale.text('pages.undoRecovery')
        : locale.text('pages.undoWarning', { what, requested: requestedText(locale, requested) }),
      ...(changes.length > 0 ? [locale.text('pages.undoSelect')] : []),
      ...(isRecovery ? [] : [locale.text('pages.undoExplain')]),
    ],
    groups: groupsOf(setting, changes),
    data: {
      link,
      suggested: changes.filter(({ suggested }) => suggested).map(({ id }) => id),
      done: locale.text(isRecovery ? 'pages.undoneRecovery' : 'pages.undone'),
      reverted: locale.text('pages.undoReverted'),
      notRestored: locale.text('pages.undoNotRestored'),
      problems: {
        ...Object.fromEntries(problems.map((code) => [code, locale.text(`errors.${code}`)])),
        USER_INVALID_TOKEN: locale.text('errors.undoCode'),
      },
    },
  });
  sendPage(call, page);
}

/** The changes by device, in the order of their newest change. */
function groupsOf(setting: PageSetting, changes: readonly SecurityChangeView[]): ChangeGroup[] {
  const { locale } = setting;
  const groups = new Map<string, SecurityChangeView[]>();
  for (const change of changes) {
    const key = change.actor === 'user' ? (change.deviceId ?? JSON.stringify(change.origin)) : change.actor;
    groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  return [...groups.values()].map((group) => ({
    title: locale.text('pages.undoCount', {
      device: deviceWords(setting, group[0] as SecurityChangeView),
      count: String(group.length),
    }),
    changes: group.map((change) => ({
      id: change.id,
      text: `${locale.text(`changes.${change.notice ?? 'factorsReset'}`)}, ${timeIn(locale, change.createdAt)} UTC`,
      isSelected: change.suggested,
      needsFactor: change.needsFactor,
    })),
  }));
}

function deviceWords({ locale, appName: app }: PageSetting, change: SecurityChangeView): string {
  if (change.actor !== 'user') return locale.text('pages.undoTeam', { app });
  if (change.thisDevice) return locale.text('pages.undoThisDevice');
  return deviceName(locale, change.origin);
}

const deviceName = (locale: Locale, origin: Origin): string =>
  locale.text('pages.undoDevice', originWords(locale, origin));

async function showRelease(deps: UndoDeps, setting: PageSetting, call: Call): Promise<void> {
  const opened = await openLink(deps, call);
  if (!opened || opened.isRecovery) return sendExpired(call, setting);
  sendPage(call, releasePage(setting, opened.address, { path: releasePath, ...opened.link }));
}

const sendExpired = (call: Call, setting: PageSetting): void => {
  const { locale } = setting;
  sendPage(call, noticePage(setting, locale.text('pages.expiredTitle'), locale.text('pages.expired')));
};
