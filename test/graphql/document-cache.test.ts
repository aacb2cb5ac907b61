import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { createTestApp } from '../support/app.js';
import { codeOf } from '../support/expect.js';
import { isLong } from '../support/long.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** As many fields as a document may have, nearly. */
const many = 240;

const heapMebibytes = (): number => {
  collect();
  return process.memoryUsage().heapUsed / 1024 / 1024;
};

it.skipIf(!isLong)('documents of strangers do not grow the heap, whether they are valid or not', async () => {
  const test = await createTestApp();
  const client = test.client();
  const send = async (from: number, to: number) => {
    for (let index = from; index < to; index += 1) {
      const fields = 'id '.repeat(many);
      expect(codeOf(await client.send(`query Q${index} { getAccount { ${fields} } }`))).toBe(
        'GENERAL_UNAUTHORIZED_SCOPE',
      );
      expect(codeOf(await client.send(`query Q${index} { getAccount { ${fields} nothing } }`))).toBe(
        'GRAPHQL_VALIDATION_FAILED',
      );
    }
  };
  await send(0, 120);
  const before = heapMebibytes();
  await send(120, 300);
  // Kept whole, they are some thirty.
  expect(heapMebibytes() - before).toBeLessThan(15);
  await test.close();
});
