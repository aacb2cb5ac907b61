/** What was typed is no command: said with the help, and exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
