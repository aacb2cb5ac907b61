import { createRequire } from 'node:module';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: join(import.meta.dirname, '..'),
  // The build that Node loads for Yoga and Pothos; a second copy of graphql would not know their classes.
  resolve: { alias: { graphql: createRequire(import.meta.url).resolve('graphql') } },
  test: {
    include: ['test/**/*.test.ts'],
    reporters: ['default', join(import.meta.dirname, 'support/reporter.ts')],
    globalSetup: ['test/support/global-setup.ts'],
    // One process a core; modules are shared between the files of a process, databases never.
    pool: 'forks',
    isolate: false,
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
