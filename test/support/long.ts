/**
 * Whether the tests run in full: `LONG_TESTS=on`, as in CI. Otherwise tests that need many repetitions do a part of them, so that
 * `npm test` stays short.
 */
export const isLong = process.env['LONG_TESTS'] === 'on';
