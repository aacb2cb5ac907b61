import { ConfigError } from './config/config.js';
import { DataDirInUse } from './db/data-dir.js';
import { DatabaseUnusable } from './db/errors.js';

/** Whether a start failed for something that its operator can mend, so that the message is all there is to say. */
export const isExpected = (error: unknown): boolean =>
  error instanceof ConfigError ||
  error instanceof DataDirInUse ||
  error instanceof DatabaseUnusable ||
  (error as { syscall?: string }).syscall === 'listen';
