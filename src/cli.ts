#!/usr/bin/env node
const help = `Gatehouse, a GraphQL account API over your own PostgreSQL.

  gatehouse start     serve the API; PORT, DATABASE_URL and the rest come from the environment or from ./.env
  gatehouse keys      print fresh keys, in the form of a .env file
  gatehouse migrate   bring the tables of DATABASE_URL (or of DATA_DIR) up to date, and end
  gatehouse --help    this text
  gatehouse --version

Without DATABASE_URL it runs on an embedded database in ./.data. Every setting: docs/configuration.md`;

/** What each command does; loaded when it is asked for. */
const commands: Record<string, () => Promise<unknown>> = {
  start: () => import('./main.js'),
  keys: async () => print((await import('./commands/keys.js')).freshKeys()),
  migrate: async () => (await import('./commands/migrate.js')).migrate(),
  '--help': async () => print(help),
  '--version': async () => print((await import('./commands/version.js')).version()),
};

const print = (text: string): void => void process.stdout.write(`${text}\n`);

const [name = '--help', ...rest] = process.argv.slice(2);
const command = commands[name === '-h' || name === 'help' ? '--help' : name === '-v' ? '--version' : name];
if (!command || rest.length > 0) {
  process.stderr.write(`gatehouse: there is no command "${[name, ...rest].join(' ')}"\n\n${help}\n`);
  process.exitCode = 2;
} else {
  command().catch(async (error: Error) => {
    const { isExpected } = await import('./start-failure.js');
    process.stderr.write(`${isExpected(error) ? error.message : error.stack}\n`);
    process.exitCode = 1;
  });
}
