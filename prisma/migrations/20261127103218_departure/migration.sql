-- AlterEnum
ALTER TYPE "TokenPurpose" ADD VALUE 'undo';

-- AlterTable
ALTER TABLE "logs" ADD COLUMN     "detail" TEXT,
ADD COLUMN     "sessionId" UUID;

-- AlterTable
ALTER TABLE "tokens" ADD COLUMN     "undo" JSON;

-- AlterTable
ALTER TABLE "users" ADD COLUMN     "deleteAt" TIMESTAMPTZ(3),
ADD COLUMN     "provenEmailSince" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "users_deleteAt_idx" ON "users"("deleteAt");
