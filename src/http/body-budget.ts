import { ServiceUnavailable } from '../errors/unavailable.js';
import { networkOf } from '../limits/subject.js';
import type { Call } from './reply.js';

/** Shorter bodies are not counted, so that a client with little to say is always heard. */
export const smallBodyBytes = 4096;
/** Bytes of larger bodies that one process holds at the same time: of one client network, and of all. */
export const maxHeldBytes = { network: 16 * 1024 * 1024, process: 64 * 1024 * 1024 } as const;

/** Bounds the memory that bodies take while they are read, wait for their turn and are answered. */
export class BodyBudget {
  readonly #held = new Map<string, number>();
  #total = 0;

  /**
   * Reserves memory for the body of a request until its response is complete.
   *
   * @throws {ServiceUnavailable} when the client network or the process holds too much.
   */
  reserve({ request, response, exchange }: Call, maxBytes: number): void {
    const bytes = Math.min(Number(request.headers['content-length'] ?? maxBytes), maxBytes);
    if (bytes <= smallBodyBytes) return;
    const network = networkOf(exchange.clientAddress);
    const held = this.#held.get(network) ?? 0;
    if (held + bytes > maxHeldBytes.network || this.#total + bytes > maxHeldBytes.process)
      throw new ServiceUnavailable('Too many large bodies are in flight.');
    this.#add(network, bytes);
    response.once('close', () => this.#add(network, -bytes));
  }

  #add(network: string, bytes: number): void {
    this.#total += bytes;
    const held = (this.#held.get(network) ?? 0) + bytes;
    if (held > 0) this.#held.set(network, held);
    else this.#held.delete(network);
  }
}
