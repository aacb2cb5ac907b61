import { existsSync } from 'node:fs';

/** Whether npm or npx has started this process. */
export const isStartedByNpm = (): boolean => process.env['npm_command'] !== undefined;

/** The environment, with what the file `.env` of the working directory adds to it: what is set already stays. */
export function readEnvironment(): NodeJS.ProcessEnv {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return process.env;
}
