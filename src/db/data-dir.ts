import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The directory is in use by another process. */
export class DataDirInUse extends Error {
  override readonly name = 'DataDirInUse';
}

/**
 * Takes a data directory for this process alone: the embedded database has no such guard, and two writers destroy it.
 *
 * The lock names its process by id and start time, so it dies with it: after kill -9 the next start takes over.
 *
 * @returns What gives the directory back.
 * @throws {DataDirInUse} when a living process has it.
 */
export function lockDataDir(directory: string): () => void {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const lock = join(directory, 'lock');
  const claim = join(directory, `lock.${process.pid}`);
  const me = `${process.pid} ${startTimeOf(process.pid)}`;
  writeFileSync(claim, me);
  try {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      if (tryLink(claim, lock)) return () => rmSync(lock, { force: true });
      const holder = read(lock);
      const [pid = '', startTime = ''] = holder.split(' ');
      if (holder !== me && isAlive(Number(pid), startTime)) {
        throw new DataDirInUse(
          `The data directory ${directory} is in use by process ${pid}. Stop it, or set DATA_DIR.`,
        );
      }
      takeAway(lock, holder, `${claim}.stale`);
    }
    throw new DataDirInUse(
      `The data directory ${directory} is being taken by another process. Set DATA_DIR.`,
    );
  } finally {
    rmSync(claim, { force: true });
  }
}

/** Removes the dead holder's lock, but puts back one that a faster process has made since we looked. */
function takeAway(lock: string, holder: string, aside: string): void {
  try {
    renameSync(lock, aside);
    if (read(aside) !== holder) tryLink(aside, lock);
    rmSync(aside, { force: true });
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw error;
  }
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  }
}

function isAlive(pid: number, startTime: string): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return isCode(error, 'EPERM');
  }
  return startTimeOf(pid) === startTime;
}

/** Field 22 of /proc/<pid>/stat, which tells a process from a later one with the same id; "" where there is no /proc. */
function startTimeOf(pid: number): string {
  const stat = read(`/proc/${pid}/stat`);
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;
