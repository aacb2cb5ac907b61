import type { Config } from '../../config/config.js';
import type { Sql } from '../../db/sql.js';
import type { User } from '../../generated/prisma/client.js';
import type { TestRecipients } from '../../outbox/queue.js';

// TEST_ADDRESSES: accounts for end-to-end tests, whose codes are known beforehand.

type TestConfig = Pick<Config, 'TEST_ADDRESSES'>;

/** Whether an account that is made with these addresses is a test account. */
export const isTestAccount = (
  { TEST_ADDRESSES: codes }: TestConfig,
  { email, phone }: { readonly email?: string | null; readonly phone?: string | null },
): boolean => [email, phone].some((address) => address != null && codes.has(address));

/**
 * The code of an address that TEST_ADDRESSES lists.
 *
 * @param owner Null if the address has no account. An account that is not a test account gets random codes (null).
 */
export const testCode = (
  { TEST_ADDRESSES: codes }: TestConfig,
  address: string,
  owner: Pick<User, 'testAccount'> | null,
): string | null => (owner === null || owner.testAccount ? (codes.get(address) ?? null) : null);

/**
 * Whether the server must reject a code that was requested while the address had no account. Such a code is the fixed one of TEST_ADDRESSES,
 * but the address may now belong to an account that is not a test account.
 */
export const isForeignTestCode = (
  config: TestConfig,
  address: string,
  holder: Pick<User, 'testAccount'>,
): boolean => !holder.testAccount && testCode(config, address, null) !== null;

/** Messages to the listed addresses of test accounts are not sent. */
export const createTestRecipients = ({ TEST_ADDRESSES: codes }: TestConfig): TestRecipients => ({
  async includes(db: Sql, address: string, userId: string | null) {
    if (!codes.has(address)) return false;
    if (userId === null) return true;
    const { rows } = await db.query({
      text: 'SELECT 1 FROM users WHERE "id" = $1 AND "testAccount"',
      values: [userId],
    });
    return rows.length > 0;
  },
});
