import { randomUUID } from 'node:crypto';
import { v7 } from 'uuid';

/** A new user id: 122 random bits, 36 characters. Not ordered by time, so it does not tell how old an account is. */
export const newUserId = (): string => randomUUID();

/** A new row id: UUID version 7, so that rows of one user stay close together in an index. @see RFC 9562 §5.7 */
export const newRowId = (now: Date): string => v7({ msecs: now.getTime() });

/** An id for one request, in its answer's errors and in the log. */
export const newRequestId = (): string => randomUUID();
