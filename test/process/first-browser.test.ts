import { expect, it } from 'vitest';
import { CreateAccountDocument, CreateEmailPasswordSessionDocument } from '../../src/client/documents.js';
import { newDataDir } from '../support/data-dir.js';
import { chrome } from '../support/client.js';
import { dataOf } from '../support/expect.js';
import { goodPassword as password } from '../support/people.js';
import { spawnServer } from '../support/server-process.js';

it('the first browser after a start is recognised, although the tables are loaded for it', async () => {
  const { client, child, exited } = await spawnServer({ DATA_DIR: newDataDir() }).ready;
  client.headers = { 'user-agent': chrome };
  const person = { email: 'ada@example.test', password };
  dataOf(await client.run(CreateAccountDocument, person));
  const { createEmailPasswordSession: session } = dataOf(
    await client.run(CreateEmailPasswordSessionDocument, person),
  );
  expect(session.origin.client.name).toBe('Chrome');
  child.kill('SIGTERM');
  expect(await exited).toBe(0);
}, 60_000);
