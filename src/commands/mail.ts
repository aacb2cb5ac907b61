import { parseArgs } from 'node:util';
import { readConfig } from '../config/config.js';
import { readEnvironment } from '../config/environment.js';
import { newRequestId } from '../ids.js';
import { createTransport } from '../transports/schemes.js';
import { operatorClient, print, table } from './api.js';
import { UsageError } from './usage.js';

/** `gatehouse mail …` */
export async function mail(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false } },
  });
  const [name = '', address, ...rest] = positionals;
  if (name !== 'log' && name !== 'test') throw new UsageError(`there is no command "mail ${name}"`);
  if (address === undefined || rest.length > 0) throw new UsageError(`mail ${name} takes one address`);
  if (name === 'test') return sendTest(address);
  const { nodes } = await operatorClient().listMessages({ to: address, first: 100 });
  print(values.json, nodes, () =>
    nodes.length === 0
      ? `Nothing was sent to ${address} in the last days.`
      : table(
          ['QUEUED', 'KIND', 'STATE', 'ATTEMPTS', 'ERROR', 'ID'],
          nodes.map(({ createdAt, kind, state, attempts, lastError, id }) => [
            createdAt,
            kind,
            state,
            attempts,
            lastError,
            id,
          ]),
        ),
  );
}

/** Sends one mail by MAIL_URL at once, beside the queue, and says what came of it. */
async function sendTest(to: string): Promise<void> {
  const config = readConfig({ ...readEnvironment(), NODE_ENV: 'development' });
  const { hostname: host } = new URL(config.PUBLIC_URL ?? 'http://localhost');
  const transport = await createTransport(config.MAIL_URL, { from: config.MAIL_FROM, host });
  if (!transport) throw new UsageError('MAIL_URL is not set: there is no mail server to try');
  const subject = `A test from ${config.APP_NAME}`;
  const text = `${config.APP_NAME} can send mail to this address. Nothing else happened.`;
  try {
    await transport.send({
      id: newRequestId(),
      to,
      subject,
      text,
      html: `<p>${text.replaceAll('<', '&lt;')}</p>`,
    });
    process.stdout.write(`The mail server took a mail from ${config.MAIL_FROM} to ${to}.\n`);
  } catch (error) {
    process.stderr.write(`The mail server did not take it: ${(error as Error).message}\n`);
    process.exitCode = 1;
  } finally {
    transport.close();
  }
}
