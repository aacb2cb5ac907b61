import { randomInt, randomUUID } from 'node:crypto';
import { NIL, v7 } from 'uuid';

/** Comes before every row id. */
export const nilId = NIL;

/** A new user id: 122 random bits, 36 characters. Not ordered by time, so it does not tell how old an account is. */
export const newUserId = (): string => randomUUID();

let lastMilliseconds = 0;
let sequence = 0;

/**
 * A new row id: UUID version 7. Rows of one user stay close together in an index, and rows that one process makes in
 * one millisecond stay in order.
 *
 * @see RFC 9562 §5.7 and §6.2
 */
export function newRowId(now: Date): string {
  const msecs = now.getTime();
  sequence = msecs === lastMilliseconds ? sequence + 1 : randomInt(2 ** 30);
  lastMilliseconds = msecs;
  return v7({ msecs, seq: sequence });
}

/** Whether a text is a row id; what is not would be refused by the column with an error of its own. */
export const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

/** An id for one request, in its answer's errors and in the log. */
export const newRequestId = (): string => randomUUID();
