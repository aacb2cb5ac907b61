import { existsSync } from 'node:fs';

/** The environment, with what the file `.env` of the working directory adds to it: what is set already stays. */
export function readEnvironment(): NodeJS.ProcessEnv {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return process.env;
}
