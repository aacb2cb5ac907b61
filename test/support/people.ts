import {
  CreateAccountDocument,
  CreateAnonymousSessionDocument,
  CreateEmailPasswordSessionDocument,
  CreateJwtDocument,
} from '../../src/client/documents.js';
import type { TestApp } from './app.js';
import type { Client } from './client.js';
import { dataOf } from './expect.js';

/** Somebody with an account and a session. */
export interface Person {
  readonly client: Client;
  readonly userId: string;
  readonly sessionId: string;
  readonly secret: string;
  readonly email: string;
  readonly password: string;
}

export const goodPassword = 'correct horse battery staple';
let count = 0;

/** An address nobody has used yet. */
export function newEmail(): string {
  count += 1;
  return `person-${count}@example.test`;
}

/** Signs somebody up, without a session. */
export async function signUp(test: TestApp, email = newEmail(), password = goodPassword) {
  const client = test.client();
  const { createAccount: user } = dataOf(await client.run(CreateAccountDocument, { email, password }));
  return { client, userId: user.id, email: user.email ?? email, password };
}

/** Signs in with a password; the client carries the bearer afterwards. */
export async function signIn(
  client: Client,
  { email, password }: { email: string; password: string },
): Promise<{ sessionId: string; secret: string; userId: string }> {
  const answer = await client.withBearer(null).run(CreateEmailPasswordSessionDocument, { email, password });
  const { createEmailPasswordSession: session } = dataOf(answer);
  const secret = session.secret ?? '';
  client.bearer = secret;
  return { sessionId: session.id, secret, userId: session.userId };
}

/** Somebody signed up and signed in. */
export async function signedInPerson(test: TestApp): Promise<Person> {
  const person = await signUp(test);
  return { ...person, ...(await signIn(person.client, person)) };
}

/** Somebody signed in without an account of their own. */
export async function anonymousPerson(test: TestApp): Promise<Omit<Person, 'email' | 'password'>> {
  const client = test.client();
  const { createAnonymousSession: session } = dataOf(await client.run(CreateAnonymousSessionDocument));
  client.bearer = session.secret;
  return { client, userId: session.userId, sessionId: session.id, secret: session.secret ?? '' };
}

/** A client that carries a JWT of the person. */
export async function jwtClient(person: Pick<Person, 'client'>): Promise<Client> {
  const { createJWT } = dataOf(await person.client.run(CreateJwtDocument));
  return person.client.withBearer(createJWT.jwt);
}

/** Makes what a user shows what it has proven, as a link from long ago would have. */
export async function proveShown(test: TestApp, userId: string): Promise<void> {
  const text =
    'UPDATE users SET "lastVerifiedEmail" = "email", "lastVerifiedPhone" = "phone" WHERE "id" = $1';
  await test.app.deps.db.query({ text, values: [userId] });
}
