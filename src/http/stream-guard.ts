import type { ServerResponse } from 'node:http';

const lookMilliseconds = 2000;
/** So many looks in a row at which nothing more could be sent. */
const patience = 5;

/**
 * Hangs up on a client that does not read what it has asked to be told. Its kernel takes some before that is noticed, ours as
 * much, and this process no more than one event.
 */
export function disconnectIdleReader(response: ServerResponse): void {
  response.setHeader('x-accel-buffering', 'no');
  if (response.destroyed) return;
  let stuck = 0;
  const looking = setInterval(() => {
    stuck = response.writableNeedDrain ? stuck + 1 : 0;
    if (stuck >= patience) response.destroy();
  }, lookMilliseconds).unref();
  response.once('close', () => clearInterval(looking));
}
