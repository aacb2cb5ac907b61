import { createRequire } from 'node:module';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take more than ten seconds, the longest first: one that starts last would leave the other process idle. */
const longFiles = [
  'features/undo-sequences',
  'browser/pages',
  'browser/example',
  'contracts/access',
  'devices/known-devices',
  'commands/import',
  'browser/console',
  'browser/passkeys',
  'process/server',
  'commands/operators',
  'features/log-stream',
  'package/tarball',
  'contracts/timing',
  'limits/renewal-walk',
  'features/oauth2',
  'features/mfa',
  'db/stall',
  'process/metrics',
  'features/operators',
];

class LongFilesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const index = longFiles.findIndex((name) => moduleId.endsWith(`/test/${name}.test.ts`));
      return index < 0 ? longFiles.length : index;
    };
    return (await super.sort(files)).sort((left, right) => rank(left) - rank(right));
  }
}

export default defineConfig({
  root: join(import.meta.dirname, '..'),
  resolve: {
    alias: {
      // The build of graphql that Node loads for Yoga and Pothos: a second copy would not know their classes.
      graphql: createRequire(import.meta.url).resolve('graphql'),
      'gatehouse-client/react': join(import.meta.dirname, '../src/client/react.ts'),
      'gatehouse-client/apollo': join(import.meta.dirname, '../src/client/apollo.ts'),
      'gatehouse-client/urql': join(import.meta.dirname, '../src/client/urql.ts'),
      'gatehouse-client/server': join(import.meta.dirname, '../src/client/server.ts'),
      'gatehouse-client': join(import.meta.dirname, '../src/client/client.ts'),
    },
  },
  test: {
    include: ['test/**/*.test.ts'],
    reporters: ['default', join(import.meta.dirname, 'support/reporter.ts')],
    globalSetup: ['test/support/global-setup.ts'],
    // One process for each core. The files of a process share modules and databases, which are emptied in between.
    pool: 'forks',
    isolate: false,
    maxWorkers: 2,
    sequence: { sequencer: LongFilesFirst },
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
