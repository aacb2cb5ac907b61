import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  CreateEmailTokenDocument,
  CreateMagicUrlTokenDocument,
  CreatePhoneTokenDocument,
  CreateRecoveryDocument,
  CreateSessionDocument,
  RetryMessageDocument,
} from '../../src/client/documents.js';
import { later } from '../../src/clock.js';
import { inTransaction } from '../../src/db/transaction.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { codeOf, dataOf, expectRefusal } from '../support/expect.js';
import { operatorOf, operatorSettings } from '../support/operators.js';
import { newEmail, signUp } from '../support/people.js';

/** A real SMTP server on loopback, and what it has received. */
async function startSmtp(port = 0, answer?: () => Error | null) {
  const mails: (Email & { envelope: { from: string; to: string[] } })[] = [];
  const server = new SMTPServer({
    authOptional: true,
    closeTimeout: 50,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const refusal = answer?.() ?? null;
        if (refusal) return done(refusal);
        void PostalMime.parse(Buffer.concat(chunks)).then((mail) => {
          const from = envelope.mailFrom ? envelope.mailFrom.address : '';
          mails.push({ ...mail, envelope: { from, to: envelope.rcptTo.map(({ address }) => address) } });
          done();
        });
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const { port: actual } = server.server.address() as AddressInfo;
  return { mails, port: actual, stop: () => new Promise<void>((resolve) => server.close(resolve)) };
}

type Smtp = Awaited<ReturnType<typeof startSmtp>>;

describe('mail', () => {
  let smtp: Smtp;
  let test: TestApp;
  let refusal: Error | null = null;
  beforeAll(async () => {
    smtp = await startSmtp(0, () => refusal);
    test = await createTestApp({
      MAIL_URL: `smtp://127.0.0.1:${smtp.port}`,
      MAIL_FROM: 'Gate <gate@example.test>',
      APP_NAME: 'Gate',
      PUBLIC_URL: 'https://gate.example.test',
      REDIRECT_ORIGINS: 'https://app.example.test',
      ...operatorSettings,
    });
  });
  afterAll(async () => {
    await test.close();
    await smtp.stop();
  });
  afterEach(() => {
    refusal = null;
    smtp.mails.length = 0;
    test.clock.advance(3600);
  });

  it('arrives in both forms, with one recipient, a stable id and the base of PUBLIC_URL', async () => {
    const email = newEmail();
    const client = test.client();
    client.headers = { host: 'evil.test', 'x-forwarded-host': 'evil.test' };
    dataOf(await client.run(CreateMagicUrlTokenDocument, { email }));
    await test.app.worker.deliverDue();
    const [mail] = smtp.mails;
    expect(smtp.mails).toHaveLength(1);
    expect(mail).toMatchObject({
      subject: 'Gate login',
      from: { name: 'Gate', address: 'gate@example.test' },
      to: [{ address: email }],
      messageId: expect.stringMatching(/^<[0-9a-f-]{36}@gate\.example\.test>$/),
      envelope: { from: 'gate@example.test', to: [email] },
    });
    const link = /https:\/\/gate\.example\.test\/auth\/magic-url\?\S+/.exec(mail?.text ?? '')?.[0] ?? '-';
    expect(mail?.html).toContain(link.replaceAll('&', '&amp;'));
    expect(`${mail?.text}${mail?.html}`).not.toContain('evil.test');
  });

  it('speaks the language that was asked for, and English where it has none', async () => {
    const subjects: (string | undefined)[] = [];
    for (const language of ['de-AT,de;q=0.9', 'fr', 'xx,nl;q=0.5', '']) {
      const client = test.client();
      client.headers = { 'accept-language': language };
      dataOf(await client.run(CreateEmailTokenDocument, { email: newEmail() }));
      await test.app.worker.deliverDue();
      subjects.push(smtp.mails.at(-1)?.subject);
    }
    expect(subjects).toEqual([
      'Code zur Anmeldung bei Gate',
      'Code de connexion à Gate',
      'OTP for Gate login',
      'OTP for Gate login',
    ]);
  });

  it('greets with a name, but not with one that could be read as an offer', async () => {
    for (const [name, greeting] of [
      ['Ada O’Neil', 'Hello,'],
      ["Ada O'Neil", "Hello Ada O'Neil,"],
      ['Win $$$ http://evil.test', 'Hello,'],
      ['<a href=x>', 'Hello,'],
      ['x\r\nBcc: e@evil.test', 'Hello,'],
    ]) {
      const person = await signUp(test);
      await test.app.deps.db.prisma.user.update({ where: { id: person.userId }, data: { name: name ?? '' } });
      dataOf(
        await test
          .client()
          .run(CreateRecoveryDocument, { email: person.email, url: 'https://app.example.test/' }),
      );
      await test.app.worker.deliverDue();
      expect(smtp.mails.at(-1)?.text?.split('\n')[0]).toBe(greeting);
      expect(smtp.mails.at(-1)?.headers.some(({ key }) => key === 'bcc')).toBe(false);
    }
  });

  it('is tried again with growing waits, under the same id, and the secret stays sealed until it is sent', async () => {
    refusal = Object.assign(new Error('busy'), { responseCode: 451 });
    const email = newEmail();
    const { createEmailToken: token } = dataOf(await test.client().run(CreateEmailTokenDocument, { email }));
    const { prisma } = test.app.deps.db;
    const waits: number[] = [];
    for (let attempt = 0; attempt < 4; attempt += 1) {
      await test.app.worker.deliverDue();
      const row = await prisma.outbox.findFirstOrThrow({
        where: { sentAt: null },
        orderBy: { createdAt: 'desc' },
      });
      expect(row).toMatchObject({
        attempts: attempt + 1,
        lockedUntil: null,
        lastError: expect.stringContaining('busy'),
      });
      expect(row.payloadSealed).toMatch(/^eyJ/);
      waits.push((row.nextAttemptAt.getTime() - test.clock.now().getTime()) / 1000);
      test.clock.advance((waits.at(-1) ?? 0) + 0.01);
    }
    [5, 10, 20, 40].forEach((seconds, index) => {
      expect(waits[index]).toBeGreaterThanOrEqual(seconds * 0.8);
      expect(waits[index]).toBeLessThanOrEqual(seconds * 1.2);
    });
    refusal = null;
    await test.app.worker.deliverDue();
    expect(smtp.mails).toHaveLength(1);
    const sent = await prisma.outbox.findFirstOrThrow({ orderBy: { createdAt: 'desc' } });
    expect(sent).toMatchObject({ payloadSealed: null, lastError: null, failedAt: null });
    expect(smtp.mails[0]?.messageId).toContain(sent.id);
    const code = /\d{6}/.exec(smtp.mails[0]?.text ?? '')?.[0] ?? '';
    dataOf(await test.client().run(CreateSessionDocument, { userId: token.userId, secret: code }));
  });

  it('is given up when its secret has expired, and keeps no secret', async () => {
    refusal = Object.assign(new Error('busy'), { responseCode: 451 });
    dataOf(await test.client().run(CreateEmailTokenDocument, { email: newEmail() }));
    await test.app.worker.deliverDue();
    test.clock.advance(900);
    await test.app.worker.deliverDue();
    const row = await test.app.deps.db.prisma.outbox.findFirstOrThrow({ orderBy: { createdAt: 'desc' } });
    expect(row).toMatchObject({ sentAt: null, payloadSealed: null, failedAt: test.clock.now() });
  });

  it('survives a server that dies between the commit and the delivery, without the caller waiting', async () => {
    const { port } = smtp;
    await smtp.stop();
    const email = newEmail();
    const startedAt = performance.now();
    dataOf(await test.client().run(CreateEmailTokenDocument, { email }));
    expect(performance.now() - startedAt).toBeLessThan(2000);
    await test.app.worker.deliverDue();
    smtp = await startSmtp(port, () => refusal);
    test.clock.advance(60);
    await test.app.worker.deliverDue();
    expect(smtp.mails.map(({ to }) => to?.[0]?.address)).toEqual([email]);
  });

  it('is given up at once where the server will never take it, until an operator has it tried again', async () => {
    refusal = Object.assign(new Error('no such mailbox'), { responseCode: 550 });
    const email = newEmail();
    const asked = await test.client().run(CreateEmailTokenDocument, { email });
    const { userId } = dataOf(asked).createEmailToken;
    await test.app.worker.deliverDue();
    const row = await test.app.deps.db.prisma.outbox.findFirstOrThrow({ orderBy: { createdAt: 'desc' } });
    expect(row).toMatchObject({
      attempts: 1,
      recipient: email,
      kind: 'otpSession',
      failedAt: test.clock.now(),
      // An operator may have it tried again while its code works.
      payloadSealed: expect.any(String),
      lastError: expect.stringContaining('no such mailbox'),
    });
    refusal = null;
    smtp.mails.length = 0;
    const answer = await operatorOf(test).run(RetryMessageDocument, { messageId: row.id });
    expect(dataOf(answer).retryMessage).toMatchObject({ state: 'QUEUED', attempts: 0, failedAt: null });
    await test.app.worker.deliverDue();
    expect(smtp.mails.map(({ to }) => to?.[0]?.address)).toEqual([email]);
    const secret = /\d{6}/.exec(smtp.mails[0]?.text ?? '')?.[0] ?? '';
    dataOf(await test.client().run(CreateSessionDocument, { userId, secret }));
    const again = await operatorOf(test).run(RetryMessageDocument, { messageId: row.id });
    expect(codeOf(again)).toBe('GENERAL_ARGUMENT_INVALID');
  });

  it('is sent while more is queued without pause', async () => {
    const { db, outbox } = test.app.deps;
    const until = performance.now() + 10_000;
    const isSent = (email: string) => smtp.mails.some(({ to }) => to?.[0]?.address === email);
    const queue = (recipient: string) =>
      inTransaction(db, (tx) =>
        outbox.queue(
          tx,
          { kind: 'recovery', recipient, acceptLanguage: null, link: 'http://localhost/', name: '' },
          { expiresAt: later(test.clock.now(), 900), userId: null },
        ),
      );
    const first = newEmail();
    await queue(first);
    while (!isSent(first) && performance.now() < until) await queue(newEmail());
    expect(isSent(first)).toBe(true);
    await test.app.worker.deliverDue();
  });

  it('for nobody takes no place of one for somebody', async () => {
    for (let count = 0; count < 5; count += 1)
      dataOf(await test.client().run(CreateRecoveryDocument, { email: newEmail() }));
    const { prisma } = test.app.deps.db;
    await test.app.worker.deliverDue();
    const rows = await prisma.outbox.findMany({
      where: { channel: 'decoy' },
      take: 5,
      orderBy: { createdAt: 'desc' },
    });
    expect(rows.length).toBe(5);
    for (const row of rows)
      expect(row).toMatchObject({
        attempts: 0,
        recipient: null,
        userId: null,
        payloadSealed: null,
        sentAt: test.clock.now(),
      });
  });

  it('is sent once by four workers at the same time', async () => {
    for (let count = 0; count < 8; count += 1) {
      dataOf(await test.client().run(CreateEmailTokenDocument, { email: newEmail() }));
    }
    await Promise.all(Array.from({ length: 4 }, () => test.app.worker.deliverDue()));
    const ids = smtp.mails.map(({ messageId }) => messageId);
    expect(ids).toHaveLength(8);
    expect(new Set(ids).size).toBe(8);
  });

  it('is freed by its lease when a worker has died with it', async () => {
    const { db, outbox } = test.app.deps;
    const [soon, expiresAt] = [60, 900].map((seconds) => later(test.clock.now(), seconds)) as [Date, Date];
    // In one transaction, or this process's own worker would be faster.
    await inTransaction(db, async (tx) => {
      const link = 'http://localhost/';
      const message = {
        kind: 'recovery',
        recipient: newEmail(),
        acceptLanguage: null,
        link,
        name: '',
      } as const;
      await outbox.queue(tx, message, { expiresAt, userId: null });
      await tx.outbox.updateMany({ where: { sentAt: null, failedAt: null }, data: { lockedUntil: soon } });
    });
    await test.app.worker.deliverDue();
    expect(smtp.mails).toEqual([]);
    test.clock.advance(60);
    await test.app.worker.deliverDue();
    expect(smtp.mails).toHaveLength(1);
  });
});

/** The code, who sends it, and the line that phones fill in from. */
const smsText = /^(\d{6}) is your Accounts code\. It works for 15 minutes, once\. .*\n\n@127\.0\.0\.1 #\1$/;

describe('SMS', () => {
  let gateway: Server;
  const received: { url: string | undefined; headers: Record<string, unknown>; body: string }[] = [];
  let status = 201;
  beforeAll(async () => {
    gateway = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      received.push({ url: request.url, headers: request.headers, body });
      response.writeHead(status).end('{}');
    });
    await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => new Promise((resolve) => gateway.close(resolve)));
  const port = () => (gateway.address() as AddressInfo).port;

  it('goes out as Twilio takes it, and again after a failure', async () => {
    const test = await createTestApp({
      SMS_URL: `twilio://AC1:token@127.0.0.1:${port()}?from=%2B15005550006&insecure=on`,
    });
    status = 500;
    dataOf(await test.client().run(CreatePhoneTokenDocument, { phone: '+14155550123' }));
    await test.app.worker.deliverDue();
    status = 201;
    test.clock.advance(10);
    await test.app.worker.deliverDue();
    const [first, second] = received.splice(0);
    expect(second).toMatchObject({ url: '/2010-04-01/Accounts/AC1/Messages.json', body: first?.body });
    expect(second?.headers['authorization']).toBe(`Basic ${Buffer.from('AC1:token').toString('base64')}`);
    expect(Object.fromEntries(new URLSearchParams(second?.body))).toEqual({
      To: '+14155550123',
      From: '+15005550006',
      Body: expect.stringMatching(smsText),
    });
    await test.close();
  });

  it('goes out signed to a webhook of one’s own', async () => {
    const test = await createTestApp({ SMS_URL: `webhook://:hush@127.0.0.1:${port()}/sms` });
    dataOf(await test.client().run(CreatePhoneTokenDocument, { phone: '+14155550123' }));
    await test.app.worker.deliverDue();
    const [call] = received.splice(0);
    expect(JSON.parse(call?.body ?? '')).toEqual({
      id: expect.any(String),
      to: '+14155550123',
      text: expect.stringMatching(smsText),
    });
    expect(call?.headers['x-signature']).toMatch(/^[0-9a-f]{64}$/);
    expect(call?.headers['authorization']).toBeUndefined();
    await test.close();
  });
});

describe('a server that sends nothing', () => {
  it('says so', async () => {
    const test = await createTestApp({ MAIL_URL: 'none', SMS_URL: 'none' });
    const client = test.client();
    await expectRefusal(test, 'GENERAL_MAIL_DISABLED', () =>
      client.run(CreateEmailTokenDocument, { email: newEmail() }),
    );
    await expectRefusal(test, 'GENERAL_SMS_DISABLED', () =>
      client.run(CreatePhoneTokenDocument, { phone: '+14155550123' }),
    );
    const recovery = { email: newEmail(), url: 'http://localhost/' };
    expect(codeOf(await client.run(CreateRecoveryDocument, recovery))).toBe('GENERAL_MAIL_DISABLED');
    await test.close();
  });
});

describe('a transport that does not respond', () => {
  it('delays neither other mails nor SMS', async () => {
    const held: (() => void)[] = [];
    const received: string[] = [];
    const smtp = new SMTPServer({
      authOptional: true,
      closeTimeout: 50,
      disabledCommands: ['STARTTLS'],
      logger: false,
      onRcptTo: ({ address }, _session, done) =>
        address.startsWith('slow') ? void held.push(() => done()) : done(),
      onData(stream, { envelope }, done) {
        stream.resume();
        stream.on('end', () => {
          received.push(...envelope.rcptTo.map(({ address }) => address));
          done();
        });
      },
    });
    await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
    const { port } = smtp.server.address() as AddressInfo;
    const test = await createTestApp({ MAIL_URL: `smtp://127.0.0.1:${port}`, INBOX: 'on' });
    const { outbox, db } = test.app.deps;
    const queue = (kind: 'email' | 'sms', recipient: string) =>
      inTransaction(db, (tx) =>
        outbox.queue(
          tx,
          kind === 'sms'
            ? { kind: 'smsCode', recipient, acceptLanguage: null, code: '123456' }
            : { kind: 'recovery', recipient, acceptLanguage: null, link: 'http://localhost/', name: '' },
          { expiresAt: later(test.clock.now(), 900), userId: null },
        ),
      );
    for (let count = 0; count < 3; count += 1) await queue('email', `slow-${count}@example.test`);
    await expect.poll(() => held.length, { timeout: 5000 }).toBe(3);
    await queue('email', 'fast@example.test');
    await queue('sms', '+14155550199');
    const sms = async () =>
      (await db.prisma.outbox.findFirst({ where: { channel: 'sms', sentAt: { not: null } } })) !== null;
    await expect.poll(() => received, { timeout: 1500 }).toEqual(['fast@example.test']);
    await expect.poll(sms, { timeout: 1500 }).toBe(true);
    for (const release of held) release();
    await test.app.worker.deliverDue();
    expect(received.length).toBe(4);
    await test.close();
    await new Promise<void>((resolve) => smtp.close(resolve));
  });
});
