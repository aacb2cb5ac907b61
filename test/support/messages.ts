import type { InboxMessage } from '../../src/outbox/inbox.js';
import type { TestApp } from './app.js';

/** Delivers what is queued and lists what an address has received, newest first. */
export async function messagesTo(test: TestApp, to: string): Promise<InboxMessage[]> {
  await test.app.worker.deliverDue();
  const response = await fetch(`${test.url}/inbox/messages?to=${encodeURIComponent(to)}`);
  return (await response.json()) as InboxMessage[];
}

/** The newest message to an address. */
export async function lastMessage(test: TestApp, to: string): Promise<InboxMessage> {
  const [message] = await messagesTo(test, to);
  if (!message) throw new Error(`Nothing was sent to ${to}.`);
  return message;
}

/** The six digits of the newest message. */
export async function lastCode(test: TestApp, to: string): Promise<string> {
  const code = /(?<!\d)\d{6}(?!\d)/.exec((await lastMessage(test, to)).text)?.[0];
  if (!code) throw new Error(`The last message to ${to} holds no code.`);
  return code;
}

/** The link of the newest message, and what stands in its query. */
export async function lastLink(
  test: TestApp,
  to: string,
): Promise<{ url: URL; userId: string; secret: string; expire: string }> {
  const text = (await lastMessage(test, to)).text;
  const url = new URL(/\S+:\/\/\S+/.exec(text)?.[0] ?? '');
  const get = (name: string) => url.searchParams.get(name) ?? '';
  return { url, userId: get('userId'), secret: get('secret'), expire: get('expire') };
}
