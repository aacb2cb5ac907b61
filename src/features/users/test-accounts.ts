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
 * @param owner Null if the address has no account. Accounts that were made in another way get random codes.
 */
export const testCode = (
  { TEST_ADDRESSES: codes }: TestConfig,
  address: string,
  owner: Pick<User, 'testAccount'> | null,
): string | null => (owner === null || owner.testAccount ? (codes.get(address) ?? null) : null);

/** Whether a code that was requested while the address had no account is known, although the account that has it now is a real one. */
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
