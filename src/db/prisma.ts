import { PrismaClient } from '../generated/prisma/client.js';

type Options = Extract<ConstructorParameters<typeof PrismaClient>[0], { adapter: unknown }>;

/** Prisma over a driver. It compiles its engine in the background, so that the first caller waits less for that. */
export function createPrisma(
  adapter: Options['adapter'],
  transactionOptions: { readonly maxWait: number; readonly timeout: number },
): PrismaClient {
  // Prisma's longer messages print the whole row, password hash included.
  const prisma = new PrismaClient({ adapter, errorFormat: 'minimal', transactionOptions });
  // What fails here fails again where somebody asks.
  prisma.$connect().catch(() => {});
  return prisma;
}
