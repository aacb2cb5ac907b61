import type { ComponentChildren } from 'preact';
import type { PageParts } from '../page.js';
import type { UndoData } from './data.js';
import type { PageSetting } from '../landing/landing.js';

/** One change that the user can select. */
export interface ListedChange {
  readonly id: string;
  /** What was changed, and when. */
  readonly text: string;
  readonly isSelected: boolean;
  /** Whether a revert from this device needs a factor. */
  readonly needsFactor: boolean;
}

/** The changes that came from one device. */
export interface ChangeGroup {
  /** The device and the number of changes. */
  readonly title: string;
  readonly changes: readonly ListedChange[];
}

/** The page of a link in a security notice. */
export interface UndoPage {
  readonly title: string;
  /** What the link is about, and what a revert does. */
  readonly paragraphs: readonly string[];
  readonly groups: readonly ChangeGroup[];
  readonly data: UndoData;
}

/** A page that lists security changes by device, with check boxes, and reverts the selected ones. */
export function undoPage(setting: PageSetting, { title, paragraphs, groups, data }: UndoPage): PageParts {
  const { locale } = setting;
  const asksFactor = groups.some(({ changes }) => changes.some(({ needsFactor }) => needsFactor));
  const content: ComponentChildren = (
    <>
      {paragraphs.map((text) => (
        <p class="soft">{text}</p>
      ))}
      <form id="undo">
        {groups.map(({ title: heading, changes }) => (
          <fieldset>
            <legend>{heading}</legend>
            {changes.map(({ id, text, isSelected, needsFactor }) => (
              <label class="choice">
                <input type="checkbox" name="change" value={id} checked={isSelected} />
                <span>
                  {text}
                  {needsFactor && ` (${locale.text('pages.undoMark')})`} <output data-change={id} />
                </span>
              </label>
            ))}
          </fieldset>
        ))}
        <div id="undo-actions">
          {asksFactor && (
            <>
              <label for="otp">{locale.text('pages.undoFactor')}</label>
              <input id="otp" name="otp" autocomplete="one-time-code" aria-describedby="otp-hint" />
              <p id="otp-hint" class="soft">
                {locale.text('pages.undoFactorHint')}
              </p>
              <p>
                <button id="undo-passkey" type="button" class="plain" hidden>
                  {locale.text('pages.undoPasskey')}
                </button>
              </p>
            </>
          )}
          <p id="problem" class="problem" role="alert" />
          <button type="submit">{locale.text('pages.undo')}</button>
        </div>
      </form>
      <p id="message" role="status" />
    </>
  );
  return cardPage(locale.tag, title, content, data);
}

/** The page that asks whether to release a former address of an account. */
export function releasePage(
  { locale }: PageSetting,
  address: string,
  { path, userId, secret }: { readonly path: string; readonly userId: string; readonly secret: string },
): PageParts {
  const content = (
    <>
      <p>{locale.text('pages.releaseWarning', { address })}</p>
      <form method="post" action={path}>
        <input type="hidden" name="userId" value={userId} />
        <input type="hidden" name="secret" value={secret} />
        <button type="submit">{locale.text('pages.release')}</button>
      </form>
    </>
  );
  return cardPage(locale.tag, locale.text('pages.releaseTitle'), content, null);
}

const style = `
  fieldset { border: 1px solid var(--line); border-radius: 6px; margin: 0 0 16px; }
  legend { font-weight: 600; padding: 0 4px; }
  .choice { display: flex; gap: 8px; align-items: baseline; padding: 4px 0; }
  .choice input { width: auto; margin: 0; }
  output { color: var(--soft); }
`;

const cardPage = (
  lang: string,
  title: string,
  content: ComponentChildren,
  data: UndoData | null,
): PageParts => ({
  title,
  lang,
  script: 'undo',
  style,
  data,
  children: (
    <main class="narrow">
      <section class="card">
        <h1>{title}</h1>
        {content}
      </section>
    </main>
  ),
});
