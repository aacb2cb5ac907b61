import { isStartedByNpm } from './config/environment.js';
import type { Logger } from './logger.js';

/** npm ends at SIGTERM, and with it the shell in between, but the signal does not reach what they started. */
const orphanCheckMilliseconds = 250;

/** Calls back when npm or npx, which has started this process, has ended. */
function whenNpmEnds(callback: () => void): void {
  if (!isStartedByNpm()) return;
  const { ppid } = process;
  const timer = setInterval(() => {
    if (process.ppid === ppid) return;
    clearInterval(timer);
    callback();
  }, orphanCheckMilliseconds).unref();
}

/**
 * Stops the server on SIGTERM or SIGINT, and when the npm or npx that started it ends, with exit code 0, and after an error that nothing caught with exit code 1. A second
 * signal, or a stop that takes longer than the limit, ends the process with exit code 1.
 */
export function stopOnSignals(stop: () => Promise<void>, log: Logger, limitMilliseconds: number): void {
  let stopping = false;
  const begin = (exitCode: number): void => {
    if (stopping) process.exit(1);
    stopping = true;
    setTimeout(() => process.exit(1), limitMilliseconds).unref();
    stop().then(
      () => process.exit(exitCode),
      (error: unknown) => {
        log.error({ error }, 'could not stop cleanly');
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      log.info({ signal }, 'draining');
      begin(0);
    });
  whenNpmEnds(() => {
    if (stopping) return;
    log.info('draining: npm has ended');
    begin(0);
  });
  for (const event of ['uncaughtException', 'unhandledRejection'] as const)
    process.on(event, (error: unknown) => {
      log.error({ error }, 'stopping after an uncaught error');
      begin(1);
    });
}
