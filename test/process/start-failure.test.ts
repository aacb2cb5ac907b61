import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { newDataDir } from '../support/data-dir.js';
import { spawnServer } from '../support/server-process.js';

it('a start names the port that another program uses, without a stack', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const { exited, output } = spawnServer({ PORT: String(port), DATA_DIR: newDataDir() });
  expect(await exited).toBe(1);
  expect(output.at(-1)).toBe(
    `Another program already listens on port ${port}. Stop it, or set PORT to another port.`,
  );
  other.close();
}, 30_000);
