-- AlterTable
ALTER TABLE "oauth2_flows" ADD COLUMN     "codeChallenge" TEXT,
ALTER COLUMN "browserDigest" DROP NOT NULL;

-- AlterTable
ALTER TABLE "tokens" ADD COLUMN     "codeChallenge" TEXT;
