#!/usr/bin/env node
const help = `Gatehouse, a GraphQL account API over your own PostgreSQL.

  gatehouse start          serve the API; PORT, DATABASE_URL and the rest come from the environment or from ./.env
  gatehouse keys           print fresh keys, in the form of a .env file
  gatehouse migrate        bring the tables of DATABASE_URL (or of DATA_DIR) up to date, and end
  gatehouse import FILE    make users of a file with one JSON object a line, or of - for what is piped in;
                           --skip goes on behind a line that is wrong
  gatehouse mail test ADDRESS    send one mail by MAIL_URL, and say what came of it

  gatehouse users list [BEGINNING]            users whose address, number or name begins so; --first 100 for more
  gatehouse users show ID|ADDRESS             everything about one
  gatehouse users block|unblock|sign-out ID|ADDRESS
  gatehouse users reset-mfa|delete ID|ADDRESS    asks first, or takes --yes
  gatehouse users revert ID|ADDRESS CHANGE…      reverts security changes that "users show" lists; asks first
  gatehouse invite ADDRESS                    sends an invitation; --name NAME, --label LABEL (repeatable), --url URL
  gatehouse invitations list                  invitations, newest first; --first 100 for more
  gatehouse invitations delete ID             stops the link of an invitation; asks first
  gatehouse mail log ADDRESS                  what was sent there, and what became of it

  gatehouse --help         this text
  gatehouse --version

Without DATABASE_URL it runs on an embedded database in ./.data. Every setting: docs/configuration.md
users, invite, invitations and mail log call the API at GATEHOUSE_URL (default: PUBLIC_URL, or localhost and PORT) with GATEHOUSE_OPERATOR_KEY: docs/operators.md. They print JSON with --json.`;

const print = (text: string): void => void process.stdout.write(`${text}\n`);

/** A command without arguments. */
const bare =
  (run: () => unknown) =>
  async (args: readonly string[]): Promise<void> => {
    if (args.length > 0) {
      const { UsageError } = await import('./commands/usage.js');
      throw new UsageError(`what is "${args.join(' ')}"?`);
    }
    await run();
  };

/** What each command does; loaded when it is asked for. */
const commands: Record<string, (args: readonly string[]) => Promise<void>> = {
  start: bare(() => import('./main.js')),
  keys: bare(async () => print((await import('./commands/keys.js')).newKeyLines())),
  migrate: bare(async () => (await import('./commands/migrate.js')).migrate()),
  import: async (args) => (await import('./commands/import.js')).importFile(args),
  users: async (args) => (await import('./commands/users.js')).users(args),
  invite: async (args) => (await import('./commands/invitations.js')).invite(args),
  invitations: async (args) => (await import('./commands/invitations.js')).invitations(args),
  mail: async (args) => (await import('./commands/mail.js')).mail(args),
  '--help': bare(() => print(help)),
  '--version': bare(async () => print((await import('./commands/version.js')).version())),
};

const [name = '--help', ...rest] = process.argv.slice(2);
const command = commands[name === '-h' || name === 'help' ? '--help' : name === '-v' ? '--version' : name];

/** @returns The exit code. */
async function explain(error: Error & { code?: unknown }): Promise<number> {
  const { UsageError } = await import('./commands/usage.js');
  const isUsage = error instanceof UsageError || String(error.code).startsWith('ERR_PARSE_ARGS');
  if (isUsage) {
    process.stderr.write(`gatehouse: ${error.message}\nHow it is used: gatehouse --help\n`);
    return 2;
  }
  const { failureText } = await import('./start-failure.js');
  const { AccountError, ConnectionError } = await import('./client/errors.js');
  const isAnswer = error instanceof AccountError || error instanceof ConnectionError;
  const text = isAnswer ? error.message : failureText(error);
  const isRejected = error instanceof AccountError;
  if (isRejected && error.code === 'GENERAL_UNAUTHORIZED_SCOPE') {
    const { operatorServer } = await import('./commands/api.js');
    process.stderr.write(
      `The server at ${operatorServer()} does not accept the key of the operator. Check GATEHOUSE_URL and GATEHOUSE_OPERATOR_KEY, and OPERATOR_NETWORKS of the server.\n`,
    );
    return 1;
  }
  const issues = isRejected ? error.issues.map(({ argument, message }) => `  ${argument}: ${message}\n`) : [];
  process.stderr.write(`${text}${isRejected ? ` (${error.code})` : ''}\n${issues.join('')}`);
  return 1;
}

if (!command) {
  process.stderr.write(`gatehouse: there is no command "${name}"\n\n${help}\n`);
  process.exitCode = 2;
} else {
  command(rest).catch(async (error: Error) => {
    process.exitCode = await explain(error);
  });
}
