import { setTimeout as pause } from 'node:timers/promises';
import { jitter } from '../secrets/random.js';
import { isRetryable } from './errors.js';

const retries = 3;

/** Runs the work, which is one transaction, again if it lost a race: a serialization failure or a deadlock. */
export async function retrying<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= retries || !isRetryable(error)) throw error;
      await pause(10 * 2 ** attempt * jitter(0.5));
    }
  }
}
