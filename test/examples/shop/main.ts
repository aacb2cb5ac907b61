/// <reference lib="dom" />
// A whole app on the client package: sign-up, codes, the second factor, devices and the security log. `?bearer` keeps the
// secret in localStorage instead of the cookie, as an app on another site than the server has to.
import {
  AccountError,
  type CodeSent,
  createClient,
  type Challenge,
  type LogEvent,
  PasskeyError,
  type SignIn,
} from 'gatehouse/client';

declare const API_URL: string;

const client = createClient({
  url: API_URL,
  ...(location.search.includes('bearer') && { storage: localStorage }),
  onSignedIn: () => void attempt(showMember),
  onSignedOut: showGuest,
});

const element = <Kind extends HTMLElement>(id: string): Kind => document.getElementById(id) as Kind;
const field = (form: HTMLFormElement, name: string): string => String(new FormData(form).get(name) ?? '');

/** What is waited for a code for; null while nothing is. */
let waiting: CodeSent | Challenge | null = null;

function show(section: 'guest' | 'code' | 'member'): void {
  for (const id of ['guest', 'code', 'member']) element(id).hidden = id !== section;
}

function showGuest(): void {
  waiting = null;
  show('guest');
  // Where the browser cannot, or another way to sign in is taken, there is nothing to say.
  client.signIn.withPasskey({ autofill: true }).then(follow, () => {});
}

function askForCode(step: CodeSent | Challenge, words: string): void {
  waiting = step;
  element('asks').textContent = words;
  element<HTMLFormElement>('codes').reset();
  show('code');
}

/** Goes on with whatever a sign-in has come to. */
async function follow(step: SignIn): Promise<void> {
  switch (step.status) {
    case 'signedIn':
      return showMember();
    case 'factorRequired': {
      const [factor] = step.codeFactors;
      if (step.factors[0] === 'PASSKEY' || !factor) return follow(await step.askForPasskey());
      const words = factor === 'TOTP' ? 'Code of your app' : 'Code of the second step';
      return askForCode(await step.ask(factor), words);
    }
    case 'enrolmentRequired':
    case 'proofRequired':
      throw new Error(`The shop does not support ${step.status}.`);
  }
}

const eventWords: Partial<Record<LogEvent, string>> = {
  'session.create': 'Signed in',
  'session.create.failed': 'A sign-in failed',
  'session.delete': 'Signed out a device',
  'challenge.update': 'Passed the second step',
};

async function showMember(): Promise<void> {
  // While the second step is due, everything else would be refused.
  if (waiting && 'factor' in waiting) return;
  const [me, passkeys, sessions, logs] = await Promise.all([
    client.getAccount(),
    client.listPasskeys(),
    client.listSessions(),
    client.listLogs({ first: 10 }),
  ]);
  element('me').textContent = me.email ?? me.name;
  element('twoStep').textContent = me.mfaEnabled ? 'On' : 'Off';
  element('setUp').hidden = me.mfaEnabled;
  element('passkeys').replaceChildren(
    ...passkeys.nodes.map(({ id, name }) => {
      const button = Object.assign(document.createElement('button'), { textContent: `Remove ${name}` });
      button.onclick = () => attempt(() => client.deletePasskey({ passkeyId: id }).then(showMember));
      const item = document.createElement('li');
      item.append(button);
      return item;
    }),
  );
  element('devices').replaceChildren(
    ...sessions.nodes.map(({ id, current, origin }) => {
      const item = document.createElement('li');
      item.append(
        `${origin.client.name ?? 'A program'} on ${origin.os.name ?? 'a system'}${current ? ', this one ' : ' '}`,
      );
      if (!current) {
        const button = Object.assign(document.createElement('button'), {
          textContent: 'Sign out this device',
        });
        button.onclick = () => attempt(() => client.deleteSession({ sessionId: id }).then(showMember));
        item.append(button);
      }
      return item;
    }),
  );
  element('events').replaceChildren(
    ...logs.nodes.map(({ event }) =>
      Object.assign(document.createElement('li'), { textContent: eventWords[event] ?? event }),
    ),
  );
  show('member');
}

function inWords(error: unknown): string {
  if (error instanceof PasskeyError)
    return error.reason === 'exists' ? 'This device has a passkey already.' : 'No passkey was used.';
  if (!(error instanceof AccountError)) return 'You seem to be offline. Try again.';
  switch (error.code) {
    case 'USER_INVALID_CREDENTIALS':
      return 'The e-mail address or the password is wrong.';
    case 'USER_ALREADY_EXISTS':
      return 'There is an account with this address. Sign in instead.';
    case 'USER_PASSKEY_INVALID':
      return 'This passkey does not work here any more.';
    case 'USER_INVALID_TOKEN':
      return 'This code is wrong. Look again.';
    case 'GENERAL_ARGUMENT_INVALID':
      return error.issues.map(({ argument, message }) => `${argument}: ${message}`).join(' ');
    case 'GENERAL_RATE_LIMIT_EXCEEDED':
      return `Too many attempts. Wait ${error.retryAfterSeconds ?? 60} seconds.`;
    default:
      return error.message;
  }
}

/** Runs what a person asked for, and says what went wrong. */
async function attempt(work: () => Promise<unknown>): Promise<void> {
  element('problem').textContent = '';
  try {
    await work();
  } catch (error) {
    element('problem').textContent = inWords(error);
  }
}

const onSubmit = (id: string, work: (form: HTMLFormElement, button: string) => Promise<unknown>): void =>
  element<HTMLFormElement>(id).addEventListener('submit', (event) => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    void attempt(() => work(form, (event.submitter as HTMLButtonElement).name));
  });

onSubmit('credentials', async (form, button) => {
  const [email, password] = [field(form, 'email'), field(form, 'password')];
  if (button === 'mailCode')
    return askForCode(await client.signIn.withEmailCode({ email }), 'Code from the mail');
  if (button === 'signUp') await client.createAccount({ email, password });
  return follow(await client.signIn.withPassword({ email, password }));
});

onSubmit('codes', async (form) => {
  const step = await waiting?.answer(field(form, 'code'));
  waiting = null;
  if (step) await follow(step);
});

onSubmit('confirmApp', async (form) => {
  await client.updateMfaAuthenticator({ type: 'TOTP', otp: field(form, 'code') });
  await client.updateMFA({ mfa: true });
  form.hidden = true;
  await showMember();
});

element('setUp').onclick = () =>
  attempt(async () => {
    const { secret, qrCode } = await client.createMfaAuthenticator({ type: 'TOTP' });
    element<HTMLImageElement>('qrCode').src = qrCode;
    element('appSecret').textContent = secret;
    element('confirmApp').hidden = false;
  });

element('askForPasskey').onclick = () => attempt(async () => follow(await client.signIn.withPasskey()));
element('addPasskey').onclick = () => attempt(() => client.passkeys.register('My device').then(showMember));
element('signOut').onclick = () => attempt(() => client.signOut());

// Who comes back may be signed in still; who is not is told by onSignedOut.
void showMember().catch(() => {});
