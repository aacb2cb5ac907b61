import { connect } from 'node:net';

/** What is posted to `/graphql`, and what must come back. */
export interface Question {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
  /** What stands in every right answer, and in no wrong one. */
  readonly expect: RegExp;
}

export interface Measured {
  readonly perSecond: number;
  /** In milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

/**
 * Asks over so many connections, each of which sends its next question when the last one is answered.
 *
 * Straight on the socket: a client library would take more of the machine than the server that is measured.
 *
 * @param questionOf The question of a connection.
 * @throws {Error} at the first answer that is not right.
 */
export async function load(
  port: number,
  questionOf: (connection: number) => Question,
  { connections, seconds }: { connections: number; seconds: number },
): Promise<Measured> {
  const startedAt = performance.now();
  const endsAt = startedAt + seconds * 1000;
  const rounds = await Promise.all(
    Array.from({ length: connections }, (_, connection) => ask(port, questionOf(connection), endsAt)),
  );
  const took = (performance.now() - startedAt) / 1000;
  const times = rounds.flat().sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(share * (times.length - 1))] ?? Number.NaN;
  return { perSecond: times.length / took, p50: at(0.5), p99: at(0.99) };
}

/** How long each answer of one connection took, in milliseconds. */
const ask = (port: number, question: Question, endsAt: number): Promise<number[]> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1').setNoDelay();
    const times: number[] = [];
    let received = '';
    let sentAt = 0;
    const send = () => {
      socket.write(requestOf(question));
      sentAt = performance.now();
    };
    socket.once('connect', send);
    socket.once('error', reject);
    socket.once('close', () => reject(new Error(`The server hung up after: ${received}`)));
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
      if (!isComplete(received)) return;
      const now = performance.now();
      times.push(now - sentAt);
      if (!received.startsWith('HTTP/1.1 200 ') || !question.expect.test(received))
        reject(new Error(`A wrong answer to ${question.body}:\n${received}`));
      received = '';
      if (now < endsAt) return send();
      resolve(times);
      socket.destroy();
    });
  });

/** As many clients as no limit on one address meets. */
const addresses = 1024;
let sent = 0;

function requestOf({ headers = {}, body }: Question): string {
  sent = (sent + 1) % addresses;
  return [
    'POST /graphql HTTP/1.1',
    'host: localhost',
    'content-type: application/json',
    `x-forwarded-for: 10.0.${sent >> 8}.${sent & 255}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    `content-length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n');
}

/** Whether all of an answer is there: its head, and a body of known length or in chunks. */
function isComplete(received: string): boolean {
  const headEnd = received.indexOf('\r\n\r\n');
  if (headEnd < 0) return false;
  const [, length] = /\r\ncontent-length: *(\d+)/i.exec(received.slice(0, headEnd)) ?? [];
  return length === undefined
    ? received.endsWith('\r\n0\r\n\r\n')
    : received.length >= headEnd + 4 + Number(length);
}
