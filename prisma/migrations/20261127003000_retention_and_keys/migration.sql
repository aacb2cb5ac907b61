-- CreateTable
CREATE TABLE "key_checks" (
    "purpose" TEXT NOT NULL,
    "keyId" TEXT NOT NULL,
    "digest" CHAR(64) NOT NULL,

    CONSTRAINT "key_checks_pkey" PRIMARY KEY ("purpose","keyId")
);

-- CreateIndex
CREATE INDEX "logs_time_idx" ON "logs"("time");
