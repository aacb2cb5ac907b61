import DataLoader from 'dataloader';

/** Keys of one statement. */
const maxKeysPerStatement = 256;

/**
 * Lets what is asked for in one turn of the event loop travel in one statement, and what is asked for while that is under way
 * in the next: the more is asked, the less each costs. Nothing is kept: whoever asks is answered by a statement that is sent
 * later.
 *
 * @param ask Answers the keys, in their order; a key may come twice. If it fails, all who asked fail.
 */
export function batched<Key, Value>(
  ask: (keys: readonly Key[]) => Promise<readonly Value[]>,
): (key: Key) => Promise<Value> {
  let isUnderWay = false;
  const ready: (() => void)[] = [];
  const sendNext = (): void => {
    const send = isUnderWay ? undefined : ready.shift();
    if (!send) return;
    isUnderWay = true;
    // After all that the sockets have received in this turn.
    setImmediate(send);
  };
  const loader = new DataLoader<Key, Value>(
    async (keys) => {
      try {
        return await ask(keys);
      } finally {
        isUnderWay = false;
        sendNext();
      }
    },
    {
      cache: false,
      maxBatchSize: maxKeysPerStatement,
      batchScheduleFn: (send) => {
        ready.push(send);
        sendNext();
      },
    },
  );
  return (key) => loader.load(key);
}
