import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';

/** A data directory of its own, with an empty, migrated database in it: to make one takes seconds, to copy it does not. */
export function newDataDir(): string {
  const directory = mkdtempSync(join(tmpdir(), 'gatehouse-data-'));
  const template = inject('dataDir');
  if (template) cpSync(template, directory, { recursive: true });
  return directory;
}
