// The ceiling of sign-ins: argon2id at the server's default cost, and nothing else, for as many seconds as asked.
import argon2 from 'argon2';
import { readConfig } from '../src/config/config.js';

const [seconds, atOnce] = process.argv.slice(2).map(Number) as [number, number];
const {
  ARGON2_MEMORY_KIB: memoryCost,
  ARGON2_TIME: timeCost,
  ARGON2_PARALLELISM: parallelism,
} = readConfig({});
const hash = await argon2.hash('a password', { memoryCost, timeCost, parallelism });
const startedAt = performance.now();
let checked = 0;
await Promise.all(
  Array.from({ length: atOnce }, async () => {
    while (performance.now() - startedAt < seconds * 1000) {
      if (!(await argon2.verify(hash, 'a password'))) throw new Error('A right password was wrong.');
      checked += 1;
    }
  }),
);
process.stdout.write(`${(checked / (performance.now() - startedAt)) * 1000}\n`);
