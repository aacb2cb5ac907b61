import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  CreateAccountDocument,
  DeleteAccountDocument,
  DeleteSessionDocument,
  DeleteUserDocument,
  ListMessagesDocument,
  RetryMessageDocument,
  UpdateNameDocument,
} from '../../src/client/documents.js';
import { days } from '../../src/clock.js';
import { createEventSink } from '../../src/transports/standard-webhook.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { codeOf, dataOf } from '../support/expect.js';
import { operatorOf, operatorSettings } from '../support/operators.js';
import { goodPassword as password, newEmail, signedInPerson, signUp } from '../support/people.js';

/** For tests alone. */
const secret = `whsec_${Buffer.from('a webhook secret, for tests alone').toString('base64')}`;

interface Received {
  readonly id: string;
  readonly body: string;
  readonly headers: Record<string, string>;
}

/** An application that listens, and how it answers. */
class Receiver {
  readonly received: Received[] = [];
  answer: (request: IncomingMessage, response: ServerResponse) => void = (_request, response) =>
    void response.writeHead(204).end();
  #server: Server = createServer();

  async start(port = 0): Promise<void> {
    this.#server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const headers = request.headers as Record<string, string>;
      this.received.push({
        id: headers['webhook-id'] ?? '',
        body: Buffer.concat(chunks).toString(),
        headers,
      });
      this.answer(request, response);
    }).listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.port = (this.#server.address() as AddressInfo).port;
  }

  port = 0;

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  get events(): { type: string; data: { userId: string; actor: string; user: { name: string } | null } }[] {
    return this.received.map(({ body }) => JSON.parse(body));
  }
}

let receiver: Receiver;
let test: TestApp;

beforeAll(async () => {
  receiver = new Receiver();
  await receiver.start();
  test = await createTestApp({
    ...operatorSettings,
    WEBHOOK_URL: `http://127.0.0.1:${receiver.port}/events?token=hidden`,
    WEBHOOK_SECRET: secret,
  });
});
afterAll(async () => {
  await test.close();
  await receiver.stop();
});
beforeEach(async () => {
  await deliver();
  await test.app.deps.db.query({ text: 'DELETE FROM outbox' });
  const { port } = receiver;
  await receiver.stop();
  receiver = new Receiver();
  await receiver.start(port);
});

const deliver = () => test.app.webhooks?.deliverDue();
const messages = async () =>
  dataOf(await operatorOf(test).run(ListMessagesDocument, {})).listMessages.nodes.filter(
    ({ channel }) => channel === 'WEBHOOK',
  );

describe('an event', () => {
  it('tells what happened, who did it and how the user is now, signed as Standard Webhooks', async () => {
    const email = newEmail();
    const client = test.client();
    const { createAccount } = dataOf(
      await client.run(CreateAccountDocument, { email, password, name: 'Ada' }),
    );
    await deliver();
    expect(receiver.received).toHaveLength(1);
    const [{ body, headers }] = receiver.received as [Received];
    const instant = test.clock.now().toISOString();
    expect(JSON.parse(body)).toEqual({
      type: 'user.create',
      timestamp: instant,
      data: {
        userId: createAccount.id,
        detail: null,
        actor: 'user',
        origin: expect.objectContaining({ ip: client.address }),
        user: {
          id: createAccount.id,
          createdAt: instant,
          updatedAt: instant,
          name: 'Ada',
          enabled: true,
          labels: [],
          email,
          emailVerified: false,
          phone: null,
          phoneVerified: false,
        },
      },
    });
    expect(headers['content-type']).toBe('application/json');
    expect(headers['webhook-timestamp']).toBe(String(test.clock.now().getTime() / 1000));
    const signer = new Webhook(secret);
    expect(headers['webhook-signature']).toBe(
      signer.sign(headers['webhook-id'] ?? '', test.clock.now(), body),
    );
    expect(await messages()).toMatchObject([
      { kind: 'user.create', state: 'SENT', to: `http://127.0.0.1:${receiver.port}/events`, attempts: 1 },
    ]);
  });

  it('comes for all that the security log records, and for a deletion, in order', async () => {
    const { client, userId } = await signedInPerson(test);
    dataOf(await client.run(UpdateNameDocument, { name: 'Ada' }));
    dataOf(await client.run(DeleteSessionDocument, { sessionId: 'current' }));
    dataOf(await operatorOf(test).run(DeleteUserDocument, { userId }));
    await deliver();
    expect(receiver.events.map(({ type, data }) => [type, data.userId, data.actor])).toEqual([
      ['user.create', userId, 'user'],
      ['session.create', userId, 'user'],
      ['user.update', userId, 'user'],
      ['session.delete', userId, 'user'],
      ['user.delete', userId, 'operator:ada'],
    ]);
    expect(receiver.events.at(-1)?.data.user).toBe(null);
  });

  it('comes when an account goes that its owner has deleted', async () => {
    const { client, userId } = await signedInPerson(test);
    dataOf(await client.run(DeleteAccountDocument));
    await deliver();
    test.clock.advance(days(7));
    await test.app.sweep();
    await deliver();
    expect(receiver.events.map(({ type, data }) => [type, data.actor]).slice(-2)).toEqual([
      ['user.update', 'user'],
      ['user.delete', 'system'],
    ]);
    expect(receiver.events.at(-1)?.data).toMatchObject({ userId, user: null });
  });

  it('is not told where what it tells of did not happen', async () => {
    const { email } = await signUp(test);
    const answer = await test.client().run(CreateAccountDocument, { email, password });
    expect(codeOf(answer)).toBe('USER_ALREADY_EXISTS');
    await deliver();
    expect(receiver.events).toHaveLength(1);
  });

  it('holds no request up while the receiver is slow or away', async () => {
    receiver.answer = () => {};
    const startedAt = performance.now();
    await signUp(test);
    await receiver.stop();
    await signUp(test);
    expect(performance.now() - startedAt).toBeLessThan(3000);
  });
});

describe('a receiver', () => {
  it('that is down loses nothing, in the order of each user, under the same ids', async () => {
    const { port } = receiver;
    await receiver.stop();
    const { client, userId } = await signedInPerson(test);
    dataOf(await client.run(UpdateNameDocument, { name: 'Ada' }));
    await deliver();
    const before = (await messages()).map(({ id }) => id);
    expect(before).toHaveLength(3);
    const waiting = await messages();
    // What follows waits for the first.
    expect(waiting.map(({ attempts }) => attempts)).toEqual([0, 0, 1]);
    expect(waiting[2]).toMatchObject({ state: 'QUEUED', lastError: expect.stringContaining('ECONNREFUSED') });
    await receiver.start(port);
    test.clock.advance(60);
    await deliver();
    expect(receiver.received.map(({ id }) => id)).toEqual([...before].reverse());
    expect(receiver.events.map(({ type, data }) => [type, data.userId])).toEqual([
      ['user.create', userId],
      ['session.create', userId],
      ['user.update', userId],
    ]);
  });

  it.each([
    ['500', 500],
    ['400', 400],
    ['a redirect, which is not followed', 302],
  ])('that answers %s is asked again, for three days', async (_what, status) => {
    const target = new Receiver();
    await target.start();
    receiver.answer = (_request, response) =>
      void response
        .writeHead(status, { location: `http://127.0.0.1:${target.port}/` })
        .end('x'.repeat(100_000));
    await signUp(test);
    await deliver();
    for (let hour = 0; hour < 70; hour += 1) {
      test.clock.advance(3600);
      await deliver();
    }
    expect(receiver.received).toHaveLength(71);
    expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(1);
    expect(await messages()).toMatchObject([
      { state: 'QUEUED', attempts: 71, lastError: `The webhook answered ${status}.` },
    ]);
    test.clock.advance(3 * 3600);
    await deliver();
    expect(await messages()).toMatchObject([{ state: 'FAILED' }]);
    expect(target.received).toEqual([]);
    await target.stop();
    receiver.answer = (_request, response) => void response.writeHead(200).end();
    const [{ id: messageId } = { id: '' }] = await messages();
    const { retryMessage } = dataOf(await operatorOf(test).run(RetryMessageDocument, { messageId }));
    expect(retryMessage).toMatchObject({ state: 'QUEUED', attempts: 0, failedAt: null });
    await deliver();
    expect(await messages()).toMatchObject([{ state: 'SENT' }]);
    expect(codeOf(await operatorOf(test).run(RetryMessageDocument, { messageId }))).toBe(
      'GENERAL_ARGUMENT_INVALID',
    );
  });

  it('that says it is gone is asked no more, until an operator has it asked', async () => {
    receiver.answer = (_request, response) => void response.writeHead(410).end();
    await signUp(test);
    await deliver();
    test.clock.advance(3600);
    await deliver();
    expect(receiver.received).toHaveLength(1);
    expect(await messages()).toMatchObject([{ state: 'FAILED', lastError: 'The webhook answered 410.' }]);
  });

  it('that hangs up in between, after it has received, receives it again under the same id', async () => {
    receiver.answer = (request) => request.socket.destroy();
    await signUp(test);
    await deliver();
    receiver.answer = (_request, response) => void response.writeHead(200).end();
    test.clock.advance(60);
    await deliver();
    const [first, second] = receiver.received;
    expect(receiver.received).toHaveLength(2);
    expect(second?.id).toBe(first?.id);
    expect(second?.body).toBe(first?.body);
  });

  it('gets each event once from four workers at the same time', async () => {
    for (let n = 0; n < 4; n += 1) await signedInPerson(test);
    await Promise.all([1, 2, 3, 4].map(() => deliver()));
    await deliver();
    const ids = receiver.received.map(({ id }) => id);
    expect(ids).toHaveLength(8);
    expect(new Set(ids).size).toBe(8);
  });
});

describe('the address of a webhook', () => {
  const sink = (url: string, isPrivate: boolean, isLoopback = false) =>
    createEventSink(url, { secret, isLoopback, isPrivate });
  const now = new Date(0);

  it.each([
    'http://127.0.0.1:9/',
    'http://localhost:9/',
    'http://[::1]:9/',
    'http://10.0.0.1/',
    'http://192.168.1.1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://[::ffff:10.0.0.1]/',
    'http://0.0.0.0/',
    'http://2130706433/',
  ])('is refused when it leads into a private network, however it is written: %s', async (url) => {
    await expect(sink(url, false)('id', now, '{}')).rejects.toThrow(/is not allowed/);
  });

  it('may be one of this machine outside production, and no other private one', async () => {
    await sink(`http://127.0.0.1:${receiver.port}/`, false, true)('id', now, '{}');
    await sink(`http://localhost:${receiver.port}/`, false, true)('id', now, '{}');
    await expect(sink('http://10.0.0.1/', false, true)('id', now, '{}')).rejects.toThrow(/is not allowed/);
  });

  it('may be any where that is allowed', async () => {
    await sink(`http://127.0.0.1:${receiver.port}/`, true)('id', now, '{}');
    expect(receiver.received).toHaveLength(1);
  });
});
