/** @jsxImportSource react */
// A whole React app: sign-up, sign-in with any factor, a reload at each step, and the account.
import { createClient, isAccountError, type SessionState } from 'gatehouse-client';
import { useAccount, useClient, useSession, useSignIn } from 'gatehouse-client/react';
import { type FormEvent, useState } from 'react';

export const createShopClient = (url: string, session?: SessionState) =>
  createClient({ url, ...(session && { session }) });

const textOf = (form: FormData, name: string): string => String(form.get(name) ?? '');

function Fields({
  names,
  action,
  onSubmit,
}: {
  readonly names: readonly string[];
  readonly action: string;
  readonly onSubmit: (form: FormData) => unknown;
}) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onSubmit(new FormData(event.currentTarget));
  };
  return (
    <form onSubmit={submit}>
      {names.map((name) => (
        <label key={name}>
          {name} <input name={name} type={name === 'Password' ? 'password' : 'text'} />
        </label>
      ))}
      <button type="submit">{action}</button>
    </form>
  );
}

const describe = (error: unknown): string =>
  isAccountError(error) ? error.message : error instanceof Error ? error.message : '';

function SignIn() {
  const client = useClient();
  const { step, error, isBusy, run, reset } = useSignIn();
  const signIn = (form: FormData) =>
    run((flows) => flows.withPassword({ email: textOf(form, 'Email'), password: textOf(form, 'Password') }));
  const signUp = (form: FormData) =>
    run(async (flows) => {
      const person = { email: textOf(form, 'Email'), password: textOf(form, 'Password') };
      await client.createAccount(person);
      return flows.withPassword(person);
    });
  return (
    <section aria-busy={isBusy}>
      <p role="alert">{describe(error)}</p>
      {step?.status === 'factorRequired' && (
        <>
          <p>One more step</p>
          {step.codeFactors.map((factor) => (
            <button type="button" key={factor} onClick={() => void run(() => step.ask(factor))}>
              Use {factor}
            </button>
          ))}
          <button type="button" onClick={() => void client.signOut().then(reset)}>
            Start again
          </button>
        </>
      )}
      {step?.status === 'challenge' && (
        <Fields
          names={['Code']}
          action="Continue"
          onSubmit={(form) => run(() => step.answer(textOf(form, 'Code')))}
        />
      )}
      {step === null && (
        <>
          <Fields names={['Email', 'Password']} action="Sign in" onSubmit={signIn} />
          <Fields names={['Email', 'Password']} action="Sign up" onSubmit={signUp} />
        </>
      )}
    </section>
  );
}

function Member() {
  const client = useClient();
  const { account, error, reload } = useAccount();
  const [secret, setSecret] = useState('');
  const addApp = async () => setSecret((await client.createMfaAuthenticator({ type: 'TOTP' })).secret);
  const turnOn = async (form: FormData) => {
    await client.updateMfaAuthenticator({ type: 'TOTP', otp: textOf(form, 'Code') });
    await client.updateMFA({ mfa: true });
    await reload();
  };
  if (!account) return <p role="status">{error ? describe(error) : 'Loading'}</p>;
  return (
    <section>
      <p>Signed in as {account.email}</p>
      <p>Second factor: {account.mfaEnabled ? 'on' : 'off'}</p>
      <button type="button" onClick={() => void addApp()}>
        Add an app
      </button>
      {secret && <output>{secret}</output>}
      {secret && <Fields names={['Code']} action="Turn it on" onSubmit={turnOn} />}
      <button type="button" onClick={() => void client.signOut()}>
        Sign out
      </button>
    </section>
  );
}

export function App() {
  const session = useSession();
  switch (session.status) {
    case 'unknown':
      return <p role="status">Loading</p>;
    case 'signedIn':
      return <Member />;
    case 'signedOut':
    case 'factorRequired':
      return <SignIn />;
  }
}
