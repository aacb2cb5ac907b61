import { type Client, createClient, memoryStorage } from './client.js';

/** How test accounts are made. */
export interface TestAccountsOptions {
  /** The server in development, such as `http://localhost:4000`. Its inbox must be on. */
  readonly url: string;
  /**
   * The `GATEHOUSE_OPERATOR_KEY` that `npx gatehouse keys` prints. With it, sign-ups do not count towards the limits for public sign-ups, and the
   * address is verified without an email.
   */
  readonly operatorKey?: string;
  /** How long to wait for a message. Default: 10,000. */
  readonly timeoutMilliseconds?: number;
  /** Instead of the global one. */
  readonly fetch?: typeof fetch;
}

/** A user of a test, signed in. */
export interface TestUser {
  readonly userId: string;
  readonly email: string;
  readonly password: string;
  /** Signed in as the user. */
  readonly client: Client;
  /** The same session for a browser: `context.addCookies(user.cookies)` in Playwright. */
  readonly cookies: TestCookie[];
}

/** A cookie as Playwright takes it. */
export interface TestCookie {
  name: string;
  value: string;
  url: string;
  httpOnly: boolean;
  sameSite: 'Lax';
}

/** A message that the server sent. */
export interface TestMessage {
  readonly channel: 'email' | 'sms';
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** The six digits in it, or null. */
  readonly code: string | null;
  /** The first link in it, or null. */
  readonly link: string | null;
}

/** Accounts for the tests of an app. */
export interface TestAccounts {
  /**
   * Creates a user and signs in. Generates the values that you omit.
   *
   * @param person.verified Whether to verify the address. Default: true.
   */
  signUp(person?: {
    email?: string;
    password?: string;
    name?: string;
    verified?: boolean;
  }): Promise<TestUser>;
  /** Signs in. @throws {Error} if a second factor is missing. */
  signIn(person: { email: string; password: string }): Promise<TestUser>;
  /**
   * Waits for the next message to an address or phone number. Each message is returned once, the oldest first.
   *
   * @param matching What its subject or text must contain.
   * @throws {Error} if no matching message arrives in time. The error lists the messages that did arrive.
   */
  waitForMessage(to: string, matching?: string | RegExp): Promise<TestMessage>;
}

const pollMilliseconds = 100;

/**
 * Makes accounts for the tests of an app, on a server in development.
 *
 * @example
 * const accounts = createTestAccounts({ url: 'http://localhost:4000' });
 * const ada = await accounts.signUp();
 * await context.addCookies(ada.cookies);
 */
export function createTestAccounts(options: TestAccountsOptions): TestAccounts {
  const { operatorKey, timeoutMilliseconds = 10_000, fetch: send = fetch } = options;
  const { origin } = new URL(options.url);
  const url = `${origin}/graphql`;
  const newClient = (headers: Record<string, string> = {}) => {
    const storage = memoryStorage();
    return { storage, client: createClient({ url, storage, headers, fetch: send }) };
  };
  const returned = new Set<string>();

  const signIn: TestAccounts['signIn'] = async ({ email, password }) => {
    const { client, storage } = newClient();
    const step = await client.signIn.withPassword({ email, password });
    if (step.status !== 'signedIn')
      throw new Error(`${email} needs more than a password (${step.status}). Use a test user without MFA.`);
    const value = (await storage.getItem('gatehouse.session')) ?? '';
    const cookie = { name: 'session', value, url: origin, httpOnly: true, sameSite: 'Lax' } as const;
    return { userId: step.session.userId, email, password, client, cookies: [cookie] };
  };

  const readInbox = async (to: string): Promise<InboxMessage[]> => {
    const response = await send(`${origin}/inbox/messages?to=${encodeURIComponent(to)}`);
    if (!response.ok)
      throw new Error(`${origin}/inbox/messages answered ${response.status}. Is the inbox on?`);
    return ((await response.json()) as InboxMessage[]).reverse();
  };

  const waitForMessage: TestAccounts['waitForMessage'] = async (to, matching = '') => {
    const isWanted = ({ subject, text }: InboxMessage) =>
      typeof matching === 'string'
        ? `${subject}\n${text}`.includes(matching)
        : matching.test(`${subject}\n${text}`);
    const end = Date.now() + timeoutMilliseconds;
    for (;;) {
      const messages = (await readInbox(to)).filter(({ id }) => !returned.has(id));
      const found = messages.find(isWanted);
      if (found) {
        returned.add(found.id);
        return asTestMessage(found);
      }
      if (Date.now() >= end) {
        const subjects = messages.map(({ subject }) => `"${subject}"`).join(', ') || 'no message';
        throw new Error(`Waited ${timeoutMilliseconds} ms for a message to ${to}; got ${subjects}.`);
      }
      await new Promise((resolve) => setTimeout(resolve, pollMilliseconds));
    }
  };

  return {
    async signUp({
      email = `${crypto.randomUUID()}@example.test`,
      password = crypto.randomUUID(),
      name,
      verified = true,
    } = {}) {
      const person = { email, password, name: name ?? null };
      if (operatorKey !== undefined) {
        const operator = newClient({ authorization: `Bearer ${operatorKey}` }).client;
        await operator.createUser({ ...person, emailVerified: verified });
        return signIn(person);
      }
      await newClient().client.createAccount(person);
      const user = await signIn(person);
      if (verified) await verify(user.client, email);
      return user;
    },
    signIn,
    waitForMessage,
  };

  async function verify(client: Client, email: string): Promise<void> {
    await client.createVerification();
    const { link } = await waitForMessage(email);
    const { searchParams } = new URL(link ?? origin);
    await client.updateVerification({
      userId: searchParams.get('userId') ?? '',
      secret: searchParams.get('secret') ?? '',
    });
  }
}

type InboxMessage = Omit<TestMessage, 'code' | 'link'> & { readonly id: string };

const asTestMessage = ({ channel, to, subject, text, html }: InboxMessage): TestMessage => ({
  channel,
  to,
  subject,
  text,
  html,
  code: /(?<!\d)\d{6}(?!\d)/.exec(text)?.[0] ?? null,
  link: /https?:\/\/[^\s<>"]+/.exec(text)?.[0] ?? null,
});
