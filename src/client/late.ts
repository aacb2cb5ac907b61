import { ConnectionError } from './errors.js';

/** Loads a part of the client that few pages need. @throws {ConnectionError} */
export async function loadLate<Part>(load: () => Promise<Part>): Promise<Part> {
  try {
    return await load();
  } catch (cause) {
    throw new ConnectionError('A part of the client did not load.', { cause });
  }
}
