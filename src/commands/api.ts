import { createInterface } from 'node:readline/promises';
import { type Client, createClient, memoryStorage } from '../client/client.js';
import { readConfig } from '../config/config.js';
import { readEnvironment } from '../config/environment.js';
import { operatorBearer } from '../secrets/operator-keys.js';
import { UsageError } from './usage.js';

/**
 * The API as an operator sees it: at GATEHOUSE_URL with GATEHOUSE_OPERATOR_KEY, or, on the machine of the server, where its own
 * settings say, with the first of OPERATOR_KEYS.
 *
 * @throws {UsageError} where there is no key.
 */
export function operatorClient(): Client {
  const { base, bearer } = readSettings();
  if (!bearer) throw new UsageError('set GATEHOUSE_OPERATOR_KEY to the key of an operator: operator_…');
  return createClient({
    url: new URL('/graphql', base).href,
    storage: memoryStorage(),
    headers: { authorization: `Bearer ${bearer}` },
  });
}

/** The origin of the server that the commands call. */
export const operatorServer = (): string => readSettings().base;

function readSettings(): { readonly base: string; readonly bearer: string | undefined } {
  const { GATEHOUSE_URL, GATEHOUSE_OPERATOR_KEY, ...environment } = readEnvironment();
  // Other settings of the server do not matter here, so a mistake in one must not get in the way.
  const own = Object.entries(environment).filter(([name]) =>
    /^(OPERATOR_KEYS|PUBLIC_URL|PORT)(_FILE)?$/.test(name),
  );
  const { OPERATOR_KEYS, PUBLIC_URL, PORT } = readConfig(Object.fromEntries(own));
  const [key] = OPERATOR_KEYS ?? [];
  const bearer = GATEHOUSE_OPERATOR_KEY || (key && operatorBearer(key));
  const base = (GATEHOUSE_URL || PUBLIC_URL) ?? `http://localhost:${PORT}`;
  if (!/^https?:/.test(base) || !URL.canParse(base))
    throw new UsageError('GATEHOUSE_URL must be a URL that begins with http:// or https://');
  return { base: new URL(base).origin, bearer };
}

/** Prints for programs, or for people. */
export function print(isJson: boolean, value: unknown, text: () => string): void {
  process.stdout.write(`${isJson ? JSON.stringify(value, null, 2) : text()}\n`);
}

/** Rows under their headings; what others wrote can move no cursor. */
export function table(headings: readonly string[], rows: readonly (readonly unknown[])[]): string {
  const lines = [headings, ...rows].map((row) => row.map((cell) => plain(String(cell ?? ''))));
  const widths = headings.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const plain = (text: string): string => text.replaceAll(/\p{Cc}/gu, '\uFFFD');

/**
 * Has a person say yes.
 *
 * @throws {UsageError} where there is none to ask.
 */
export async function confirm(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) throw new UsageError('add --yes, as nobody is there to be asked');
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim());
  } finally {
    terminal.close();
  }
}
