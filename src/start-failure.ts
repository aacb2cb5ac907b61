import { ConfigError } from './config/config.js';
import { DataDirInUse } from './db/data-dir.js';
import { DatabaseUnusable } from './db/errors.js';

/** Whether a start failed for something that its operator can mend, so that the message is all there is to say. */
const isExpected = (error: unknown): boolean =>
  error instanceof ConfigError ||
  error instanceof DataDirInUse ||
  error instanceof DatabaseUnusable ||
  (error as { syscall?: string }).syscall === 'listen';

/** Why a start, or a command, failed. Without a stack if its operator can mend it. */
export function failureText(error: unknown): string {
  const { message, stack, code, port } = error as Error & { code?: unknown; port?: unknown };
  if (!isExpected(error)) return stack ?? message;
  return code === 'EADDRINUSE'
    ? `Another program already listens on port ${port}. Stop it, or set PORT to another port.`
    : message;
}
