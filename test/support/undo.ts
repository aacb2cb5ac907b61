import {
  CreateEmailPasswordSessionDocument,
  CreateVerificationDocument,
  UndoChangeDocument,
  UpdateEmailDocument,
  UpdateRecoveryDocument,
  UpdateVerificationDocument,
} from '../../src/client/documents.js';
import { days } from '../../src/clock.js';
import type { TestApp } from './app.js';
import type { Client } from './client.js';
import { dataOf } from './expect.js';
import { lastLink, messagesTo } from './messages.js';
import { goodPassword, proveShown, signUp } from './people.js';

/** Somebody with a verified address, signed in from a browser. */
export interface Owner {
  /** The browser, which has a device cookie. */
  readonly client: Client;
  readonly userId: string;
  readonly email: string;
}

/** Signs in with a password from a browser that keeps its cookies. */
export async function browse(
  test: TestApp,
  { email, password = goodPassword }: { email: string; password?: string },
  browser = test.client(),
): Promise<Client> {
  const answer = await browser.browse(CreateEmailPasswordSessionDocument, { email, password });
  browser.bearer = dataOf(answer).createEmailPasswordSession.secret;
  return browser;
}

/** Somebody with a verified address who signed in from a browser just now. */
export async function newOwner(test: TestApp): Promise<Owner> {
  const { userId, email } = await signUp(test);
  await proveShown(test, userId);
  return { client: await browse(test, { email }), userId, email };
}

/** An owner with a verified address who has used a browser for a month. */
export async function oldOwner(test: TestApp): Promise<Owner> {
  const owner = await newOwner(test);
  test.clock.advance(days(31));
  return owner;
}

interface OwnChange {
  readonly id: string;
  readonly kind: string;
}

/** The changes that the client's account lists, newest first. */
export async function listOwn(client: Client, wanted?: string): Promise<readonly OwnChange[]> {
  const answer = await client.send<{
    readonly getAccount: { readonly securityChanges: readonly OwnChange[] };
  }>('{ getAccount { securityChanges { id kind } } }');
  const { securityChanges } = dataOf(answer).getAccount;
  return securityChanges.filter(({ kind }) => wanted === undefined || kind === wanted);
}

/** Reverts changes of the client's account, signed in, with another factor if it is given. */
export const revertAs = (client: Client, changes: readonly OwnChange[], factor: object = {}) =>
  client.run(UndoChangeDocument, { changeIds: changes.map(({ id }) => id), ...factor });

/** The link of the newest notice to an address with this subject. */
export async function undoLink(
  test: TestApp,
  address: string,
  subject: RegExp,
): Promise<{ userId: string; secret: string }> {
  const mail = (await messagesTo(test, address)).find(
    (each) => subject.test(each.subject) && each.text.includes('/auth/undo?'),
  );
  return argumentsOf(/\S+\/auth\/undo\?\S+/, mail?.text ?? '');
}

/** Uses the link of the newest notice with this subject, from a browser without cookies unless given. */
export const undo = async (test: TestApp, address: string, subject: RegExp, browser = test.client()) =>
  dataOf(await browser.run(UndoChangeDocument, await undoLink(test, address, subject))).undoChange;

/** Replaces the verified address of the client's account by another one. */
export async function replaceEmail(test: TestApp, client: Client, email: string, password = goodPassword) {
  dataOf(await client.run(UpdateEmailDocument, { email, password }));
  dataOf(await client.run(CreateVerificationDocument));
  const { userId, secret } = await lastLink(test, email);
  dataOf(await client.run(UpdateVerificationDocument, { userId, secret }));
}

/** Sets a new password with the newest recovery link, and returns the link. */
export async function recover(test: TestApp, email: string, password: string, browser = test.client()) {
  const mail = (await messagesTo(test, email)).find(({ subject }) => subject.startsWith('Password reset'));
  const link = argumentsOf(/\S+\/auth\/recovery\?\S+/, mail?.text ?? '');
  dataOf(await browser.run(UpdateRecoveryDocument, { ...link, password }));
  return link;
}

/** Reads `userId` and `secret` of a link in a text. */
function argumentsOf(pattern: RegExp, text: string): { userId: string; secret: string } {
  const url = new URL(pattern.exec(text)?.[0] ?? 'http://none');
  return { userId: url.searchParams.get('userId') ?? '', secret: url.searchParams.get('secret') ?? '' };
}
