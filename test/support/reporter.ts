import type { Reporter, TestModule } from 'vitest/node';

/** Says at the very end how many tests ran where. */
export default class PlaceReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const count = { passed: 0, failed: 0, skipped: 0 };
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state !== 'pending') count[state] += 1;
      }
    }
    const place = process.env['TEST_DATABASE_URL'] ? 'postgresql' : 'embedded';
    process.stdout.write(
      `\n${place}: ${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped\n`,
    );
  }
}
