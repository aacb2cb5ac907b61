/** A part of the world (database, hash queue) that cannot answer now; the client may try again. */
export class ServiceUnavailable extends Error {
  override readonly name = 'Unavailable';
}
