/** @jsxImportSource react */
import {
  createClient,
  isAccountError,
  type LogEntry,
  type Session,
  type SessionState,
  type SignInOptions,
} from 'gatehouse-client';
import { GatehouseProvider, useAccount, useClient, useSession, useSignIn } from 'gatehouse-client/react';
import { type FormEvent, useCallback, useEffect, useState } from 'react';

export const createShopClient = (url: string, session?: SessionState) =>
  createClient({ url, ...(session && { session }) });

const client = createShopClient('http://localhost:4000/graphql');

export default function App() {
  return <Shop client={client} />;
}

export function Shop({ client }: { client: ReturnType<typeof createShopClient> }) {
  return (
    <GatehouseProvider client={client}>
      <Page />
    </GatehouseProvider>
  );
}

/** `useSession` is in step with the server and with other tabs. */
function Page() {
  const { status } = useSession();
  if (status === 'unknown') return <p role="status">Loading</p>;
  return status === 'signedIn' ? <Member /> : <SignIn />;
}

/** What the server offers, so that the page never shows a button that cannot work. */
function useOptions(): SignInOptions | null {
  const client = useClient();
  const [options, setOptions] = useState<SignInOptions | null>(null);
  useEffect(() => {
    client.options().then(setOptions, console.error);
  }, [client]);
  return options;
}

/** `useSignIn` keeps the current step. After a reload, it continues if a second factor is missing. */
function SignIn() {
  const client = useClient();
  const options = useOptions();
  const { step, error, isBusy, run, reset } = useSignIn();
  useEffect(() => {
    if (step?.status === 'redirect') location.assign(step.url);
  }, [step]);
  // The page that a provider returns to. Complete only what was begun in this browser.
  useEffect(() => {
    client.handleRedirect(location).then((landing) => {
      if (landing.kind === 'signIn' && landing.expected) void run(() => landing.complete());
    }, console.error);
  }, [client, run]);
  if (!options) return <p role="status">Loading the sign-in page</p>;
  const offers = (method: SignInOptions['methods'][number]) =>
    step === null && options.methods.includes(method);
  const signIn = (form: FormData) => run((flows) => flows.withPassword(personOf(form)));
  const signUp = (form: FormData) =>
    run(async (flows) => {
      await client.createAccount(personOf(form));
      return flows.withPassword(personOf(form));
    });
  return (
    <section aria-busy={isBusy}>
      <p role="alert">{describe(error)}</p>
      {offers('EMAIL_PASSWORD') && (
        <Fields names={['Email', 'Password']} action="Sign in" onSubmit={signIn} />
      )}
      {offers('EMAIL_PASSWORD') && options.signUp === 'OPEN' && (
        <Fields names={['Email', 'Password']} action="Sign up" onSubmit={signUp} />
      )}
      {offers('EMAIL_OTP') && (
        <Fields
          names={['Email']}
          action="Send me a code"
          onSubmit={(form) => run((flows) => flows.withEmailCode({ email: textOf(form, 'Email') }))}
        />
      )}
      {offers('PASSKEY') && (
        <Button action="Sign in with a passkey" onClick={() => run((flows) => flows.withPasskey())} />
      )}
      {offers('OAUTH2') &&
        options.providers.map(({ provider, name }) => (
          <Button
            key={provider}
            action={`Continue with ${name}`}
            onClick={() => run((flows) => flows.withProvider({ provider, success: location.origin }))}
          />
        ))}
      {step?.status === 'factorRequired' && (
        <>
          <p>One more step</p>
          {step.factors.includes('PASSKEY') && (
            <Button action="Use a passkey" onClick={() => run(() => step.askForPasskey())} />
          )}
          {step.codeFactors.map((factor) => (
            <Button key={factor} action={`Use ${factor}`} onClick={() => run(() => step.ask(factor))} />
          ))}
          <Button action="Start again" onClick={() => client.signOut().then(reset)} />
        </>
      )}
      {(step?.status === 'challenge' || step?.status === 'codeSent') && (
        <Fields
          names={['Code']}
          action="Continue"
          onSubmit={(form) => run(() => step.answer(textOf(form, 'Code')))}
        />
      )}
    </section>
  );
}

function Member() {
  const client = useClient();
  const { account, error, reload } = useAccount();
  if (!account) return <p role="status">{error ? describe(error) : 'Loading'}</p>;
  return (
    <section>
      <p>Signed in as {account.email}</p>
      <SecondFactor isOn={account.mfaEnabled} onChange={reload} />
      <Sessions />
      <Log />
      <Button action="Sign out" onClick={() => client.signOut()} />
    </section>
  );
}

function SecondFactor({ isOn, onChange }: { isOn: boolean; onChange: () => Promise<void> }) {
  const client = useClient();
  const [secret, setSecret] = useState('');
  const addApp = async () => setSecret((await client.createMfaAuthenticator({ type: 'TOTP' })).secret);
  const turnOn = async (form: FormData) => {
    await client.updateMfaAuthenticator({ type: 'TOTP', otp: textOf(form, 'Code') });
    await client.updateMFA({ mfa: true });
    await onChange();
  };
  return (
    <>
      <p>Second factor: {isOn ? 'on' : 'off'}</p>
      {!isOn && <Button action="Add an app" onClick={addApp} />}
      {secret && <output>{secret}</output>}
      {secret && !isOn && <Fields names={['Code']} action="Turn it on" onSubmit={turnOn} />}
    </>
  );
}

function Sessions() {
  const client = useClient();
  const [sessions, setSessions] = useState<readonly Session[]>([]);
  const load = useCallback(async () => setSessions((await client.listSessions()).nodes), [client]);
  useEffect(() => {
    load().catch(console.error);
  }, [load]);
  return (
    <ul aria-label="Sessions">
      {sessions.map(({ id, current, origin }) => (
        <li key={id}>
          {origin.client.name ?? 'Unknown'} on {origin.os.name ?? 'unknown'}
          {current ? (
            ' (this one)'
          ) : (
            <Button action="End" onClick={() => client.deleteSession({ sessionId: id }).then(load)} />
          )}
        </li>
      ))}
    </ul>
  );
}

/** The security log as it happens, on all devices. */
function Log() {
  const client = useClient();
  const [lines, setLines] = useState<readonly LogEntry[]>([]);
  useEffect(() => client.onLog((line) => setLines((before) => [line, ...before])), [client]);
  return (
    <ol aria-label="Security log">
      {lines.map(({ id, event, detail }) => (
        <li key={id}>{detail ?? event}</li>
      ))}
    </ol>
  );
}

function Button({ action, onClick }: { action: string; onClick: () => Promise<unknown> }) {
  return (
    <button type="button" onClick={() => void onClick().catch((error: unknown) => alert(describe(error)))}>
      {action}
    </button>
  );
}

function Fields(props: {
  names: readonly string[];
  action: string;
  onSubmit: (form: FormData) => Promise<unknown>;
}) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    props.onSubmit(new FormData(event.currentTarget)).catch((error: unknown) => alert(describe(error)));
  };
  return (
    <form onSubmit={submit}>
      {props.names.map((name) => (
        <label key={name}>
          {name} <input name={name} type={name === 'Password' ? 'password' : 'text'} />
        </label>
      ))}
      <button type="submit">{props.action}</button>
    </form>
  );
}

const textOf = (form: FormData, name: string): string => String(form.get(name) ?? '');
const personOf = (form: FormData) => ({ email: textOf(form, 'Email'), password: textOf(form, 'Password') });
const describe = (error: unknown): string =>
  isAccountError(error) ? error.message : error ? 'The server cannot be reached.' : '';
