/** A part of the server, such as the database or the hash queue, cannot respond now. The client may try again. */
export class ServiceUnavailable extends Error {
  override readonly name = 'ServiceUnavailable';
}
