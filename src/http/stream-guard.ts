import type { ServerResponse } from 'node:http';

const checkMilliseconds = 2000;
/** So many looks in a row at which nothing more could be sent. */
const maxStuckChecks = 5;

/**
 * Hangs up on a client that does not read what it has asked to be told. Its kernel takes some before that is noticed, ours as
 * much, and this process no more than one event.
 */
export function disconnectIdleReader(response: ServerResponse): void {
  response.setHeader('x-accel-buffering', 'no');
  if (response.destroyed) return;
  let stuck = 0;
  const checkTimer = setInterval(() => {
    stuck = response.writableNeedDrain ? stuck + 1 : 0;
    if (stuck >= maxStuckChecks) response.destroy();
  }, checkMilliseconds).unref();
  response.once('close', () => clearInterval(checkTimer));
}
