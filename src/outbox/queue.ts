import type { Clock } from '../clock.js';
import type { Transaction } from '../db/transaction.js';
import { newRowId } from '../ids.js';
import type { SealedBox } from '../secrets/sealed-box.js';
import { channelOf, type Message } from '../messages/message.js';

/** Takes messages that a transaction promises. */
export interface Outbox {
  /**
   * Queues a message in the transaction that gives rise to it: it is delivered if, and only if, that commits.
   *
   * @param expiresAt After this the message is of no use, and is given up.
   * @param toNobody Writes the same row, which the worker drops.
   */
  queue(tx: Transaction, message: Message, expiresAt: Date, toNobody?: boolean): Promise<void>;
}

/** @param nudge Tells the worker that there may be work, once the transaction has had time to commit. */
export const createOutbox = (
  { clock, box }: { clock: Clock; box: SealedBox },
  nudge: () => void,
): Outbox => ({
  async queue(tx, message, expiresAt, toNobody = false) {
    const now = clock.now();
    const id = newRowId(now);
    await tx.outbox.create({
      data: {
        id,
        channel: toNobody ? 'nobody' : channelOf(message),
        payloadSealed: await box.seal(placeOf(id), JSON.stringify(message)),
        nextAttemptAt: now,
        createdAt: now,
        expiresAt,
      },
    });
    nudge();
  },
});

/** Where the payload of an outbox row is sealed for. */
export const placeOf = (id: string): string => `outbox.payloadSealed:${id}`;
