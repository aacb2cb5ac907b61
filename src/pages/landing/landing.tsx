import type { ComponentChildren } from 'preact';
import type { Locale } from '../../messages/locale.js';
import type { PageParts } from '../page.js';
import type { LandingData } from './data.js';

/** The settings of every landing page. */
export interface PageSetting {
  readonly locale: Locale;
  readonly appName: string;
  /** The address of the app, for the link back to it; null if it is not configured. */
  readonly appUrl: string | null;
}

/** A page with a button that redeems the one-time token of a link. */
export interface RedeemPage {
  readonly title: string;
  readonly action: string;
  /** The address of the account, for password managers. */
  readonly address: string;
  /** The texts that warn a user who may not have requested the link, or whose account has foreign sign-in methods. */
  readonly warnings: readonly string[];
  /** The account that the link is for, with a masked address; null if unknown. */
  readonly account: string | null;
  /** The password that the page asks for; null if it asks for none. */
  readonly password:
    | { readonly kind: 'new'; readonly minLength: number; readonly maxLength: number }
    | { readonly kind: 'current'; readonly maxLength: number; readonly isStrict: boolean }
    | null;
  /** Whether the page offers to add a passkey after the sign-in. */
  readonly offersPasskey: boolean;
  /** The form for a user who did not request the link. */
  readonly disown: { readonly path: string; readonly userId: string; readonly secret: string } | null;
  /** Whether the caller is allowed to redeem the token in this browser. */
  readonly mayRedeem: boolean;
  /** The data for `landing.client.ts`. */
  readonly data: LandingData;
}

/** A page that contains only a text. */
export const noticePage = (setting: PageSetting, title: string, text: string): PageParts =>
  landingPage(setting, title, null, <p>{text}</p>, <Onward setting={setting} />);

/** A page with a button. */
export function redeemPage(setting: PageSetting, page: RedeemPage): PageParts {
  const { locale } = setting;
  const { title, action, address, warnings, account, password, disown, mayRedeem, data, offersPasskey } =
    page;
  const content = (
    <>
      <div id="warning">
        {warnings.map((warning) => (
          <p class="soft">{warning}</p>
        ))}
      </div>
      {account !== null && <p class="soft">{locale.text('pages.forAccount', { account })}</p>}
      {!mayRedeem && <p>{locale.text('pages.signInToConfirm')}</p>}
      {mayRedeem && (
        <form id="redeem">
          {password && (
            <>
              <label for="username">{locale.text('pages.account')}</label>
              <input id="username" name="username" autocomplete="username" value={address} readOnly />
              <label for="password">
                {password.kind === 'new'
                  ? locale.text('pages.newPassword', { shortest: String(password.minLength) })
                  : locale.text(password.isStrict ? 'pages.currentPasswordStrict' : 'pages.currentPassword')}
              </label>
              <input
                id="password"
                type="password"
                name="password"
                autocomplete={`${password.kind}-password`}
                aria-describedby="problem"
                maxLength={password.maxLength}
                {...(password.kind === 'new' && { minLength: password.minLength, required: true })}
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
  return landingPage(setting, title, data, content, <Onward setting={setting} hidden />);
}

/** The link back to the app, or a text if the address of the app is not configured. */
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

function landingPage(
  { locale }: PageSetting,
  title: string,
  data: LandingData | null,
  content: ComponentChildren,
  onward: ComponentChildren,
): PageParts {
  const children = (
    <main class="narrow">
      <section class="card">
        <h1>{title}</h1>
        {content}
        {onward}
      </section>
    </main>
  );
  return { title, lang: locale.tag, script: 'landing', data, children };
}
