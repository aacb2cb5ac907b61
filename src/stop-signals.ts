import type { Logger } from './logger.js';

/**
 * Stops the server on SIGTERM or SIGINT with exit code 0, and after an error that nothing caught with exit code 1. A second
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
  for (const event of ['uncaughtException', 'unhandledRejection'] as const)
    process.on(event, (error: unknown) => {
      log.error({ error }, 'stopping after an uncaught error');
      begin(1);
    });
}
