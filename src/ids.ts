import { randomBytes, randomInt, randomUUID } from 'node:crypto';

/** The lowest UUID: sorts before every row id. */
export const nilId = '00000000-0000-0000-0000-000000000000';

/** A new user id: 122 random bits, 36 characters. It is not ordered by time, so it does not reveal the age of an account. */
export const newUserId = (): string => randomUUID();

/** What of an id counts when two are compared: one in other case, or with other separators, looks like the same. */
export const spellingOf = (id: string): string => id.toLowerCase().replace(/[._-]/g, '');

let lastMilliseconds = 0;
let sequence = 0;

/**
 * A new row id: UUID version 7. Rows of one user are stored close together in an index, and rows that one process creates
 * in one millisecond keep their order.
 *
 * @see RFC 9562 §5.7 and §6.2, method 1: a counter in 32 of the bits, the other 42 are random
 */
export function newRowId(now: Date): string {
  const milliseconds = now.getTime();
  sequence = milliseconds === lastMilliseconds ? sequence + 1 : randomInt(2 ** 30);
  lastMilliseconds = milliseconds;
  const bytes = randomBytes(16);
  bytes.writeUIntBE(milliseconds, 0, 6);
  bytes.writeUInt16BE(0x7000 | ((sequence >>> 20) & 0x0fff), 6);
  bytes.writeUInt16BE(0x8000 | ((sequence >>> 6) & 0x3fff), 8);
  bytes[10] = ((sequence & 0x3f) << 2) | ((bytes[10] ?? 0) & 0x03);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** Whether a text is a UUID. The database rejects any other text with an error of its own. */
export const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);

/** An id for one request, in the errors of its response and in the log. */
export const newRequestId = (): string => randomUUID();
