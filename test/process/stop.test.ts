import { type AddressInfo, createServer, type Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { expect, it, vi } from 'vitest';
import {
  CreateAccountDocument,
  CreateEmailPasswordSessionDocument,
  CreateVerificationDocument,
} from '../../src/client/documents.js';
import { newDataDir } from '../support/data-dir.js';
import { dataOf } from '../support/expect.js';
import { goodPassword as password } from '../support/people.js';
import { spawnServer } from '../support/server-process.js';

/** A mail server that says nothing any more once it knows the recipient. */
function silentMailServer() {
  const recipients: string[] = [];
  const server = createServer((socket: Socket) => {
    socket.on('error', () => {}).write('220 silent\r\n');
    socket.on('data', (data) => {
      const line = String(data);
      if (/^RCPT/i.test(line)) recipients.push(line.trim());
      else socket.write('250 ok\r\n');
    });
  });
  return { server, recipients };
}

it('a server stops in peace while a mail server is silent, and the next one delivers the mail', async () => {
  const email = 'ada@example.test';
  const { server: silent, recipients } = silentMailServer();
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const { port } = silent.address() as AddressInfo;
  const settings = { DATA_DIR: newDataDir(), MAIL_URL: `smtp://127.0.0.1:${port}` };
  const first = await spawnServer(settings).ready;
  dataOf(await first.client.run(CreateAccountDocument, { email, password }));
  const { createEmailPasswordSession: session } = dataOf(
    await first.client.run(CreateEmailPasswordSessionDocument, { email, password }),
  );
  first.client.bearer = session.secret;
  dataOf(await first.client.run(CreateVerificationDocument, {}));
  await vi.waitFor(() => expect(recipients).toHaveLength(1), 10_000);

  const stoppedAt = Date.now();
  first.child.kill('SIGTERM');
  expect(await first.exited).toBe(0);
  expect(Date.now() - stoppedAt).toBeLessThan(10_000);
  silent.close();

  const delivered: string[] = [];
  const working = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: ({ address }, _session, callback) => {
      delivered.push(address);
      callback();
    },
    onData: (stream, _session, callback) => void stream.on('end', () => callback()).resume(),
  });
  await new Promise<void>((resolve) => working.listen(port, '127.0.0.1', () => resolve()));
  const second = await spawnServer(settings).ready;
  // The lease of a minute has been released.
  await vi.waitFor(() => expect(delivered).toEqual([email]), 10_000);
  second.child.kill('SIGTERM');
  expect(await second.exited).toBe(0);
  await new Promise<void>((resolve) => working.close(() => resolve()));
}, 60_000);
