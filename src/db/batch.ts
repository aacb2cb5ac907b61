import DataLoader from 'dataloader';

/** Keys of one statement. */
const mostKeys = 256;

/**
 * Lets what is asked for in one turn of the event loop travel in one statement. Nothing is kept: whoever asks later is
 * answered by a statement that is sent later.
 *
 * @param ask Answers the keys, in their order; a key may come twice. If it fails, all who asked fail.
 */
export function batched<Key, Value>(
  ask: (keys: readonly Key[]) => Promise<readonly Value[]>,
): (key: Key) => Promise<Value> {
  const loader = new DataLoader<Key, Value>(ask, {
    cache: false,
    maxBatchSize: mostKeys,
    // After all that the sockets have received in this turn.
    batchScheduleFn: (send) => setImmediate(send),
  });
  return (key) => loader.load(key);
}
