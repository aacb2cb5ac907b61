import type { ComponentChildren } from 'preact';
import type { Locale } from '../../messages/locale.js';
import type { Call } from '../../http/reply.js';
import { sendPage } from '../page.js';

/** What every landing page needs to know. */
export interface PageSetting {
  readonly locale: Locale;
  readonly appName: string;
  /** Where a page that is done leads; null where no app is known. */
  readonly appUrl: string | null;
}

/** A button that redeems the secret of a link. */
export interface RedeemPage {
  readonly title: string;
  readonly action: string;
  /** Whose account it is, for password managers. */
  readonly address: string;
  /** What a page says that is not surely opened by the one who asked. */
  readonly warning: string | null;
  /** Shortest password, where one is asked for. */
  readonly minPasswordLength: number | null;
  readonly maxPasswordLength: number;
  /** Whether a passkey is offered to whoever is signed in by it. */
  readonly offersPasskey: boolean;
  /** Where somebody who did not ask says so, and with what. */
  readonly disown: { readonly path: string; readonly userId: string; readonly secret: string } | null;
  /** Whether it may be redeemed here. */
  readonly mayRedeem: boolean;
  /** What `landing.client.js` is given. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** Sends a page that only says something. */
export const sendNote = (call: Call, setting: PageSetting, title: string, text: string): void =>
  send(call, setting, title, {}, <p>{text}</p>, <Onward setting={setting} />);

/** Sends a page with a button. */
export function sendRedeemPage(call: Call, setting: PageSetting, redeeming: RedeemPage): void {
  const { locale } = setting;
  const {
    title,
    action,
    address,
    warning,
    minPasswordLength,
    maxPasswordLength,
    disown,
    mayRedeem,
    data,
    offersPasskey,
  } = redeeming;
  const content = (
    <>
      {warning !== null && (
        <p id="warning" class="soft">
          {warning}
        </p>
      )}
      {!mayRedeem && <p>{locale.text('pages.signInToConfirm')}</p>}
      {mayRedeem && (
        <form id="redeem">
          {minPasswordLength !== null && (
            <>
              <label for="username">{locale.text('pages.account')}</label>
              <input id="username" name="username" autocomplete="username" value={address} readOnly />
              <label for="password">
                {locale.text('pages.newPassword', { shortest: String(minPasswordLength) })}
              </label>
              <input
                id="password"
                type="password"
                name="password"
                autocomplete="new-password"
                aria-describedby="problem"
                minLength={minPasswordLength}
                maxLength={maxPasswordLength}
                required
              />
            </>
          )}
          <p id="problem" class="problem" role="alert" />
          <button type="submit">{action}</button>
        </form>
      )}
      {disown && (
        <form id="disown" method="post" action={disown.path}>
          <input type="hidden" name="userId" value={disown.userId} />
          <input type="hidden" name="secret" value={disown.secret} />
          <button type="submit" class="plain">
            {locale.text('pages.disown')}
          </button>
        </form>
      )}
      <p id="message" role="status" />
      {offersPasskey && (
        <p>
          <button id="passkey" type="button" class="plain" hidden>
            {locale.text('pages.addPasskey')}
          </button>
        </p>
      )}
    </>
  );
  send(call, setting, title, data, content, <Onward setting={setting} hidden />);
}

/** The way back to the app, or the end of it. */
const Onward = ({
  setting: { locale, appName, appUrl },
  hidden = false,
}: {
  setting: PageSetting;
  hidden?: boolean;
}) => (
  <p id="onward" hidden={hidden}>
    {appUrl === null ? (
      locale.text('pages.close')
    ) : (
      <a class="button" href={appUrl}>
        {locale.text('pages.backToApp', { app: appName })}
      </a>
    )}
  </p>
);

function send(
  call: Call,
  { locale }: PageSetting,
  title: string,
  data: unknown,
  content: ComponentChildren,
  onward: ComponentChildren,
): void {
  const children = (
    <main class="narrow">
      <section class="card">
        <h1>{title}</h1>
        {content}
        {onward}
      </section>
    </main>
  );
  sendPage(call, 200, { title, lang: locale.tag, script: 'landing', data, children });
}
