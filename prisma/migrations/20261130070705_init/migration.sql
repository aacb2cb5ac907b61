-- CreateEnum
CREATE TYPE "TokenPurpose" AS ENUM ('email-otp', 'magic-url', 'phone-otp', 'oauth2', 'email-verification', 'phone-verification', 'recovery', 'recovery-used', 'undo', 'invitation', 'user-token');

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
    "signUpLabels" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "email" VARCHAR(320),
    "lastVerifiedEmail" VARCHAR(320),
    "phone" VARCHAR(16),
    "lastVerifiedPhone" VARCHAR(16),
    "passwordHash" TEXT,
    "passwordKeyId" TEXT,
    "passwordUpdatedAt" TIMESTAMPTZ(3),
    "passwordVersion" INTEGER NOT NULL DEFAULT 0,
    "passwordFromRecovery" BOOLEAN NOT NULL DEFAULT false,
    "passwordHistory" JSONB NOT NULL DEFAULT '[]',
    "mfaEnabled" BOOLEAN NOT NULL DEFAULT false,
    "prefs" JSON NOT NULL DEFAULT '{}',
    "emailUnsettledSince" TIMESTAMPTZ(3),
    "phoneUnsettledSince" TIMESTAMPTZ(3),
    "mailboxSuffices" BOOLEAN NOT NULL DEFAULT true,
    "testAccount" BOOLEAN NOT NULL DEFAULT false,
    "mfaRequiredSince" TIMESTAMPTZ(3),
    "deleteAt" TIMESTAMPTZ(3),

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deleted_user_ids" (
    "digest" CHAR(64) NOT NULL,

    CONSTRAINT "deleted_user_ids_pkey" PRIMARY KEY ("digest")
);

-- CreateTable
CREATE TABLE "sessions" (
    "id" UUID NOT NULL,
    "userId" VARCHAR(36) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "maxExpiresAt" TIMESTAMPTZ(3) NOT NULL,
    "secretDigest" CHAR(64) NOT NULL,
    "provider" TEXT NOT NULL,
    "providerUid" TEXT,
    "providerAccessTokenSealed" TEXT,
    "providerRefreshTokenSealed" TEXT,
    "providerAccessTokenExpiresAt" TIMESTAMPTZ(3),
    "tokensLockedUntil" TIMESTAMPTZ(3),
    "tokensRefreshedAt" TIMESTAMPTZ(3),
    "factors" TEXT[],
    "sources" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "mfaExempt" BOOLEAN NOT NULL DEFAULT false,
    "credential" TEXT,
    "mfaUpdatedAt" TIMESTAMPTZ(3),
    "origin" JSON NOT NULL,
    "pending" BOOLEAN NOT NULL DEFAULT false,
    "network" VARCHAR(45),
    "fromKnownDevice" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "devices" (
    "id" UUID NOT NULL,
    "userId" VARCHAR(36) NOT NULL,
    "deviceDigest" CHAR(64) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "lastSignInAt" TIMESTAMPTZ(3) NOT NULL,
    "current" BOOLEAN NOT NULL DEFAULT true,
    "passkeyIds" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "trustedAt" TIMESTAMPTZ(3),
    "trustUsedAt" TIMESTAMPTZ(3),
    "trustOrigin" JSON,

    CONSTRAINT "devices_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tokens" (
    "id" UUID NOT NULL,
    "purpose" "TokenPurpose" NOT NULL,
    "handle" VARCHAR(36) NOT NULL,
    "handleChosen" BOOLEAN NOT NULL DEFAULT false,
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
    "network" VARCHAR(45),
    "droppedFor" TEXT,
    "codeChallenge" TEXT,
    "about" JSON,

    CONSTRAINT "tokens_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "invitations" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT,
    "labels" TEXT[],
    "invitedBy" TEXT NOT NULL,
    "handle" VARCHAR(36) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "acceptedAt" TIMESTAMPTZ(3),
    "userId" VARCHAR(36),

    CONSTRAINT "invitations_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "challenges" (
    "id" UUID NOT NULL,
    "userId" VARCHAR(36) NOT NULL,
    "sessionId" UUID NOT NULL,
    "factor" TEXT NOT NULL,
    "codeDigest" CHAR(64),
    "keyId" TEXT,
    "nonce" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "challenges_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "oauth2_flows" (
    "id" UUID NOT NULL,
    "stateDigest" CHAR(64) NOT NULL,
    "browserDigest" CHAR(64),
    "codeChallenge" TEXT,
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
    "providerEmailVerified" BOOLEAN NOT NULL DEFAULT false,
    "joinedByAddress" BOOLEAN NOT NULL DEFAULT false,
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
CREATE TABLE "passkeys" (
    "id" UUID NOT NULL,
    "userId" VARCHAR(36) NOT NULL,
    "credentialId" TEXT NOT NULL,
    "publicKey" BYTEA NOT NULL,
    "counter" BIGINT NOT NULL,
    "transports" TEXT[],
    "backedUp" BOOLEAN NOT NULL,
    "model" UUID NOT NULL,
    "name" VARCHAR(256) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,
    "lastUsedAt" TIMESTAMPTZ(3),

    CONSTRAINT "passkeys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "passkey_ceremonies" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "nonce" TEXT NOT NULL,
    "sessionId" UUID,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "passkey_ceremonies_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "id_token_nonces" (
    "nonceDigest" CHAR(64) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "id_token_nonces_pkey" PRIMARY KEY ("nonceDigest")
);

-- CreateTable
CREATE TABLE "security_changes" (
    "id" UUID NOT NULL,
    "userId" VARCHAR(36) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "state" JSON NOT NULL,
    "detail" TEXT NOT NULL,
    "notice" TEXT,
    "notified" BOOLEAN NOT NULL DEFAULT false,
    "actor" VARCHAR(64) NOT NULL,
    "origin" JSON NOT NULL,
    "sessionId" UUID,
    "deviceId" UUID,
    "deviceSince" TIMESTAMPTZ(3),
    "sessionProvider" TEXT,
    "sessionCredential" TEXT,
    "reserved" TEXT,
    "reservedUntil" TIMESTAMPTZ(3),
    "revertedAt" TIMESTAMPTZ(3),
    "revertId" UUID,
    "undoesId" UUID,

    CONSTRAINT "security_changes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "recovery_codes" (
    "id" UUID NOT NULL,
    "userId" VARCHAR(36) NOT NULL,
    "codeSealed" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "recovery_codes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outbox" (
    "id" UUID NOT NULL,
    "channel" TEXT NOT NULL,
    "kind" TEXT NOT NULL DEFAULT '',
    "recipient" TEXT,
    "userId" VARCHAR(36),
    "subjectUserId" VARCHAR(36),
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
    "actor" VARCHAR(64) NOT NULL DEFAULT 'user',
    "detail" TEXT,
    "sessionId" UUID,

    CONSTRAINT "logs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "log_listeners" (
    "id" UUID NOT NULL,
    "seenAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "log_listeners_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "key_checks" (
    "purpose" TEXT NOT NULL,
    "keyId" TEXT NOT NULL,
    "digest" CHAR(64) NOT NULL,

    CONSTRAINT "key_checks_pkey" PRIMARY KEY ("purpose","keyId")
);

-- CreateTable
CREATE TABLE "rate_limit_buckets" (
    "key" CHAR(64) NOT NULL,
    "count" INTEGER NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "rate_limit_buckets_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "password_attempts" (
    "key" CHAR(64) NOT NULL,
    "failures" INTEGER NOT NULL,
    "recent" INTEGER NOT NULL,
    "blockedUntil" TIMESTAMPTZ(3) NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "password_attempts_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "activity" (
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "signIns" INTEGER NOT NULL,
    "failures" INTEGER NOT NULL,
    "waiting" INTEGER NOT NULL,

    CONSTRAINT "activity_pkey" PRIMARY KEY ("startedAt")
);

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

-- CreateIndex
CREATE UNIQUE INDEX "users_lastVerifiedEmail_key" ON "users"("lastVerifiedEmail");

-- CreateIndex
CREATE UNIQUE INDEX "users_phone_key" ON "users"("phone");

-- CreateIndex
CREATE UNIQUE INDEX "users_lastVerifiedPhone_key" ON "users"("lastVerifiedPhone");

-- CreateIndex
CREATE INDEX "users_createdAt_id_idx" ON "users"("createdAt" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "users_deleteAt_idx" ON "users"("deleteAt");

-- CreateIndex
CREATE UNIQUE INDEX "sessions_secretDigest_key" ON "sessions"("secretDigest");

-- CreateIndex
CREATE INDEX "sessions_userId_createdAt_id_idx" ON "sessions"("userId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "sessions_expiresAt_idx" ON "sessions"("expiresAt");

-- CreateIndex
CREATE INDEX "id_token_nonces_expiresAt_idx" ON "id_token_nonces"("expiresAt");

-- CreateIndex
CREATE INDEX "devices_lastSignInAt_idx" ON "devices"("lastSignInAt");

-- CreateIndex
CREATE UNIQUE INDEX "devices_userId_deviceDigest_key" ON "devices"("userId", "deviceDigest");

-- CreateIndex
CREATE UNIQUE INDEX "invitations_handle_key" ON "invitations"("handle");

-- CreateIndex
CREATE INDEX "invitations_createdAt_id_idx" ON "invitations"("createdAt" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "invitations_email_idx" ON "invitations"("email");

-- CreateIndex
CREATE INDEX "invitations_userId_idx" ON "invitations"("userId");

-- CreateIndex
CREATE INDEX "tokens_handle_idx" ON "tokens"("handle");

-- CreateIndex
CREATE INDEX "tokens_userId_idx" ON "tokens"("userId");

-- CreateIndex
CREATE INDEX "tokens_address_createdAt_idx" ON "tokens"("address", "createdAt");

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
CREATE UNIQUE INDEX "passkeys_credentialId_key" ON "passkeys"("credentialId");

-- CreateIndex
CREATE INDEX "passkeys_userId_createdAt_id_idx" ON "passkeys"("userId", "createdAt", "id");

-- CreateIndex
CREATE INDEX "passkey_ceremonies_sessionId_idx" ON "passkey_ceremonies"("sessionId");

-- CreateIndex
CREATE INDEX "passkey_ceremonies_expiresAt_idx" ON "passkey_ceremonies"("expiresAt");

-- CreateIndex
CREATE INDEX "security_changes_userId_createdAt_idx" ON "security_changes"("userId", "createdAt" DESC);

-- CreateIndex
CREATE INDEX "security_changes_reserved_idx" ON "security_changes"("reserved");

-- CreateIndex
CREATE INDEX "security_changes_createdAt_idx" ON "security_changes"("createdAt");

-- CreateIndex
CREATE INDEX "recovery_codes_userId_idx" ON "recovery_codes"("userId");

-- CreateIndex
CREATE INDEX "outbox_nextAttemptAt_idx" ON "outbox"("nextAttemptAt");

-- CreateIndex
CREATE INDEX "outbox_recipient_kind_createdAt_idx" ON "outbox"("recipient", "kind", "createdAt");

-- CreateIndex
CREATE INDEX "outbox_userId_idx" ON "outbox"("userId");

-- CreateIndex
CREATE INDEX "outbox_subjectUserId_idx" ON "outbox"("subjectUserId");

-- CreateIndex
CREATE INDEX "outbox_createdAt_id_idx" ON "outbox"("createdAt" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "inbox_messages_createdAt_idx" ON "inbox_messages"("createdAt");

-- CreateIndex
CREATE INDEX "logs_userId_time_id_idx" ON "logs"("userId", "time" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "logs_time_idx" ON "logs"("time");

-- CreateIndex
CREATE INDEX "rate_limit_buckets_expiresAt_idx" ON "rate_limit_buckets"("expiresAt");

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_userId_fkey" FOREIGN KEY ("userId") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "devices" ADD CONSTRAINT "devices_userId_fkey" FOREIGN KEY ("userId") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_userId_fkey" FOREIGN KEY ("userId") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

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
ALTER TABLE "passkeys" ADD CONSTRAINT "passkeys_userId_fkey" FOREIGN KEY ("userId") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "passkey_ceremonies" ADD CONSTRAINT "passkey_ceremonies_sessionId_fkey" FOREIGN KEY ("sessionId") REFERENCES "sessions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "security_changes" ADD CONSTRAINT "security_changes_userId_fkey" FOREIGN KEY ("userId") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recovery_codes" ADD CONSTRAINT "recovery_codes_userId_fkey" FOREIGN KEY ("userId") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_userId_fkey" FOREIGN KEY ("userId") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "logs" ADD CONSTRAINT "logs_userId_fkey" FOREIGN KEY ("userId") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The indexes of listUsers, each in the order of its results. Prisma's schema cannot describe them and ignores them.
-- Ids are unique without regard to case, hyphens, underscores and dots: see spellingOf in src/ids.ts.
CREATE UNIQUE INDEX "users_id_spelling" ON "users"(lower(translate("id", '-_.', '')));
CREATE INDEX "users_email_prefix" ON "users"("email" COLLATE "C", "id" COLLATE "C") WHERE "email" IS NOT NULL;
CREATE INDEX "users_phone_prefix" ON "users"("phone" COLLATE "C", "id" COLLATE "C") WHERE "phone" IS NOT NULL;
CREATE INDEX "users_name_prefix" ON "users"((lower("name") COLLATE "C"), "id" COLLATE "C");
CREATE INDEX "users_lastVerifiedEmail_prefix" ON "users"("lastVerifiedEmail" COLLATE "C", "id" COLLATE "C")
  WHERE "lastVerifiedEmail" IS DISTINCT FROM "email";
CREATE INDEX "users_lastVerifiedPhone_prefix" ON "users"("lastVerifiedPhone" COLLATE "C", "id" COLLATE "C")
  WHERE "lastVerifiedPhone" IS DISTINCT FROM "phone";

-- Counts calls against rate limits. `call_numbers`, `bucket_keys`, `maxima` and `ends` are parallel: one entry for each bucket of
-- each call. A call is counted in all of its buckets, or in none if one of them is full. Returns the positions of full buckets.
CREATE FUNCTION charge_rate_limits(
    call_numbers INTEGER[], bucket_keys TEXT[], maxima INTEGER[], ends TIMESTAMPTZ[]
) RETURNS TABLE ("position" INTEGER) LANGUAGE plpgsql AS $$
DECLARE
    call_number INTEGER;
BEGIN
    INSERT INTO rate_limit_buckets ("key", "count", "expiresAt")
        SELECT DISTINCT ON (k) k, 0, e FROM unnest(bucket_keys, ends) AS a(k, e) ORDER BY k
        ON CONFLICT ("key") DO NOTHING;
    -- In one order, so that two calls of this function do not deadlock.
    PERFORM 1 FROM rate_limit_buckets b WHERE b."key" = ANY (bucket_keys::bpchar[]) ORDER BY b."key" FOR UPDATE;
    FOR call_number IN SELECT DISTINCT unnest(call_numbers) ORDER BY 1 LOOP
        RETURN QUERY
            SELECT a.i::integer FROM unnest(call_numbers, bucket_keys, maxima) WITH ORDINALITY AS a(n, k, m, i)
            JOIN rate_limit_buckets b ON b."key" = a.k::bpchar
            WHERE a.n = call_number AND b."count" >= a.m;
        IF NOT FOUND THEN
            UPDATE rate_limit_buckets b SET "count" = b."count" + 1
            FROM unnest(call_numbers, bucket_keys) AS a(n, k)
            WHERE a.n = call_number AND b."key" = a.k::bpchar;
        END IF;
    END LOOP;
END
$$;
