import { createReadStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { locationOf } from '../app.js';
import { systemClock as clock } from '../clock.js';
import { readConfig } from '../config/config.js';
import { openDatabase } from '../db/client.js';
import { readEnvironment } from '../config/environment.js';
import { AccountError, argumentInvalid } from '../errors/account-error.js';
import { importUsers, parseLine } from '../features/operators/import/service.js';
import type { NewUserRow } from '../features/users/import.js';
import { createLogger } from '../logger.js';
import { UsageError } from './usage.js';

/** Lines of one transaction. */
const linesAtOnce = 500;

/** Imports a file of one JSON object a line. What it did not come to, it comes to when it is run again. */
export async function importFile(args: readonly string[]): Promise<void> {
  const { file, skips } = parse(args);
  const config = readConfig({ ...readEnvironment(), NODE_ENV: 'development' });
  const db = await openDatabase(locationOf(config), createLogger('warn'));
  const counts = { lines: 0, made: 0, there: 0, refused: 0 };
  let stopped = false;
  const waiting: { line: number; user: NewUserRow }[] = [];

  const flush = async (): Promise<void> => {
    const batch = waiting.splice(0);
    if (batch.length === 0) return;
    const { made, conflicts } = await importUsers(
      { clock, db },
      batch.map(({ user }) => user),
    );
    const refused = batch.filter(({ user }) => conflicts.has(user.id));
    for (const { line } of refused) report(line, conflict);
    counts.made += made;
    counts.refused += refused.length;
    counts.there += batch.length - made - refused.length;
    showProgress(counts);
  };

  const input = file === '-' ? process.stdin : createReadStream(file);
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  try {
    for await (const line of lines) {
      counts.lines += 1;
      const text = counts.lines === 1 ? line.replace(/^\uFEFF/, '') : line;
      if (text.trim() === '') continue;
      try {
        waiting.push({ line: counts.lines, user: parseLine(text, clock.now()) });
      } catch (error) {
        if (!(error instanceof AccountError)) throw error;
        counts.refused += 1;
        report(counts.lines, error);
        if (skips) continue;
        stopped = true;
        break;
      }
      if (waiting.length >= linesAtOnce) await flush();
    }
    await flush();
  } finally {
    lines.close();
    await db.close();
  }
  process.stdout.write(
    `${clearLine()}${counts.made} made, ${counts.there} there already, ${counts.refused} refused\n`,
  );
  if (counts.refused === 0) return;
  process.exitCode = 1;
  if (stopped)
    process.stderr.write(
      `Stopped at line ${counts.lines}; what stands before it is imported. Mend it and run the same again, or use --skip.\n`,
    );
}

function parse(args: readonly string[]): { file: string; skips: boolean } {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { skip: { type: 'boolean', default: false } },
  });
  const [file, ...rest] = positionals;
  if (file === undefined || rest.length > 0)
    throw new UsageError('import takes one file, or - for what is piped in');
  if (file !== '-' && !existsSync(file)) throw new UsageError(`import: there is no file ${file}`);
  return { file, skips: values.skip };
}

const conflict = argumentInvalid(
  'id',
  'Was the id of a deleted account, or differs from the id of another user only in case or separators.',
);

/** Names fields, and never what they hold. */
function report(line: number, { details, message }: AccountError): void {
  const issues = details.issues?.map(({ argument, message }) => `${argument}: ${message}`) ?? [message];
  process.stderr.write(`${clearLine()}line ${line}: ${issues.join(' ')}\n`);
}

function showProgress({
  lines,
  made,
  there,
  refused,
}: Record<'lines' | 'made' | 'there' | 'refused', number>): void {
  if (!process.stderr.isTTY) return;
  process.stderr.write(
    `${clearLine()}${lines} lines: ${made} made, ${there} there already, ${refused} refused`,
  );
}

const clearLine = (): string => (process.stderr.isTTY ? '\r\u001b[2K' : '');
