-- CreateEnum
CREATE TYPE "TokenPurpose" AS ENUM ('email-otp', 'magic-url', 'phone-otp', 'oauth2', 'email-verification', 'phone-verification', 'recovery');

-- CreateTable
CREATE TABLE "users" (
    "id" VARCHAR(36) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "registeredAt" TIMESTAMPTZ(3) NOT NULL,
    "accessedAt" TIMESTAMPTZ(3),
    "name" VARCHAR(256) NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "labels" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "email" VARCHAR(320),
    "emailVerified" BOOLEAN NOT NULL DEFAULT false,
    "phone" VARCHAR(16),
    "phoneVerified" BOOLEAN NOT NULL DEFAULT false,
    "passwordHash" TEXT,
    "passwordKeyId" TEXT,
    "passwordUpdatedAt" TIMESTAMPTZ(3),
    "passwordVersion" INTEGER NOT NULL DEFAULT 0,
    "passwordHistory" JSONB NOT NULL DEFAULT '[]',
    "mfaEnabled" BOOLEAN NOT NULL DEFAULT false,
    "prefs" JSON NOT NULL DEFAULT '{}',

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sessions" (
    "id" UUID NOT NULL,
    "userId" VARCHAR(36) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "secretDigest" CHAR(64) NOT NULL,
    "provider" TEXT NOT NULL,
    "providerUid" TEXT,
    "providerAccessTokenSealed" TEXT,
    "providerRefreshTokenSealed" TEXT,
    "providerAccessTokenExpiresAt" TIMESTAMPTZ(3),
    "factors" TEXT[],
    "mfaUpdatedAt" TIMESTAMPTZ(3),
    "origin" JSON NOT NULL,

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tokens" (
    "id" UUID NOT NULL,
    "purpose" "TokenPurpose" NOT NULL,
    "handle" VARCHAR(36) NOT NULL,
    "userId" VARCHAR(36),
    "address" TEXT NOT NULL,
    "secretDigest" CHAR(64) NOT NULL,
    "keyId" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "identityId" UUID,
    "origin" JSON NOT NULL,
    "browserDigest" CHAR(64),

    CONSTRAINT "tokens_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "challenges" (
    "id" UUID NOT NULL,
    "userId" VARCHAR(36) NOT NULL,
    "sessionId" UUID NOT NULL,
    "factor" TEXT NOT NULL,
    "codeDigest" CHAR(64),
    "keyId" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "challenges_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "oauth2_flows" (
    "id" UUID NOT NULL,
    "stateDigest" CHAR(64) NOT NULL,
    "browserDigest" CHAR(64) NOT NULL,
    "provider" TEXT NOT NULL,
    "checksSealed" TEXT NOT NULL,
    "success" TEXT NOT NULL,
    "failure" TEXT NOT NULL,
    "userId" VARCHAR(36),
    "sessionId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "oauth2_flows_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "identities" (
    "id" UUID NOT NULL,
    "userId" VARCHAR(36) NOT NULL,
    "provider" TEXT NOT NULL,
    "providerUid" TEXT NOT NULL,
    "providerEmail" TEXT,
    "providerAccessTokenSealed" TEXT,
    "providerRefreshTokenSealed" TEXT,
    "providerAccessTokenExpiresAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "identities_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "authenticators" (
    "id" UUID NOT NULL,
    "userId" VARCHAR(36) NOT NULL,
    "type" TEXT NOT NULL,
    "secretSealed" TEXT NOT NULL,
    "verified" BOOLEAN NOT NULL DEFAULT false,
    "lastStep" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "authenticators_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "recovery_codes" (
    "id" UUID NOT NULL,
    "userId" VARCHAR(36) NOT NULL,
    "codeDigest" CHAR(64) NOT NULL,
    "keyId" TEXT NOT NULL,
    "codeSealed" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "recovery_codes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outbox" (
    "id" UUID NOT NULL,
    "channel" TEXT NOT NULL,
    "payloadSealed" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "nextAttemptAt" TIMESTAMPTZ(3) NOT NULL,
    "lockedUntil" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "sentAt" TIMESTAMPTZ(3),
    "failedAt" TIMESTAMPTZ(3),
    "lastError" TEXT,

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "inbox_messages" (
    "id" UUID NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "contentSealed" TEXT NOT NULL,

    CONSTRAINT "inbox_messages_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "logs" (
    "id" UUID NOT NULL,
    "userId" VARCHAR(36),
    "event" TEXT NOT NULL,
    "time" TIMESTAMPTZ(3) NOT NULL,
    "origin" JSON NOT NULL,

    CONSTRAINT "logs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rate_limits" (
    "key" VARCHAR(255) NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "rate_limits_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "password_guards" (
    "key" CHAR(64) NOT NULL,
    "failures" INTEGER NOT NULL,
    "recent" INTEGER NOT NULL,
    "blockedUntil" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "password_guards_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

-- CreateIndex
CREATE UNIQUE INDEX "users_phone_key" ON "users"("phone");

-- CreateIndex
CREATE UNIQUE INDEX "sessions_secretDigest_key" ON "sessions"("secretDigest");

-- CreateIndex
CREATE INDEX "sessions_userId_createdAt_id_idx" ON "sessions"("userId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "sessions_expiresAt_idx" ON "sessions"("expiresAt");

-- CreateIndex
CREATE INDEX "tokens_handle_idx" ON "tokens"("handle");

-- CreateIndex
CREATE INDEX "tokens_userId_idx" ON "tokens"("userId");

-- CreateIndex
CREATE INDEX "tokens_expiresAt_idx" ON "tokens"("expiresAt");

-- CreateIndex
CREATE INDEX "challenges_sessionId_idx" ON "challenges"("sessionId");

-- CreateIndex
CREATE INDEX "challenges_expiresAt_idx" ON "challenges"("expiresAt");

-- CreateIndex
CREATE UNIQUE INDEX "oauth2_flows_stateDigest_key" ON "oauth2_flows"("stateDigest");

-- CreateIndex
CREATE INDEX "oauth2_flows_expiresAt_idx" ON "oauth2_flows"("expiresAt");

-- CreateIndex
CREATE INDEX "identities_userId_createdAt_id_idx" ON "identities"("userId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "identities_providerEmail_idx" ON "identities"("providerEmail");

-- CreateIndex
CREATE UNIQUE INDEX "identities_provider_providerUid_key" ON "identities"("provider", "providerUid");

-- CreateIndex
CREATE UNIQUE INDEX "authenticators_userId_type_key" ON "authenticators"("userId", "type");

-- CreateIndex
CREATE INDEX "recovery_codes_userId_idx" ON "recovery_codes"("userId");

-- CreateIndex
CREATE INDEX "outbox_nextAttemptAt_idx" ON "outbox"("nextAttemptAt");

-- CreateIndex
CREATE INDEX "inbox_messages_createdAt_idx" ON "inbox_messages"("createdAt");

-- CreateIndex
CREATE INDEX "logs_userId_time_id_idx" ON "logs"("userId", "time" DESC, "id" DESC);

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_userId_fkey" FOREIGN KEY ("userId") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_userId_fkey" FOREIGN KEY ("userId") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "challenges" ADD CONSTRAINT "challenges_userId_fkey" FOREIGN KEY ("userId") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "challenges" ADD CONSTRAINT "challenges_sessionId_fkey" FOREIGN KEY ("sessionId") REFERENCES "sessions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "identities" ADD CONSTRAINT "identities_userId_fkey" FOREIGN KEY ("userId") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "authenticators" ADD CONSTRAINT "authenticators_userId_fkey" FOREIGN KEY ("userId") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recovery_codes" ADD CONSTRAINT "recovery_codes_userId_fkey" FOREIGN KEY ("userId") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "logs" ADD CONSTRAINT "logs_userId_fkey" FOREIGN KEY ("userId") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;
