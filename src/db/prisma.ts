import { PrismaClient } from '../generated/prisma/client.js';

type Options = Extract<ConstructorParameters<typeof PrismaClient>[0], { adapter: unknown }>;

/**
 * Prisma over a driver. Its engine is compiled by the first question: ahead of time that doubles the time from the start
 * to the first answer, which may not need it.
 */
export const createPrisma = (
  adapter: Options['adapter'],
  transactionOptions: { readonly maxWait: number; readonly timeout: number },
): PrismaClient =>
  // Prisma's longer messages print the whole row, password hash included.
  new PrismaClient({ adapter, errorFormat: 'minimal', transactionOptions });
