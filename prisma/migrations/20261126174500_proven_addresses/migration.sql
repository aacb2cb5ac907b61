-- An address that was verified is the last one its account proved. Whether the one it shows is verified follows from that.
ALTER TABLE "users"
  ADD COLUMN "provenEmail" VARCHAR(320),
  ADD COLUMN "provenPhone" VARCHAR(16),
  ADD COLUMN "passwordByMail" BOOLEAN NOT NULL DEFAULT false;

UPDATE "users" SET
  "provenEmail" = CASE WHEN "emailVerified" THEN "email" END,
  "provenPhone" = CASE WHEN "phoneVerified" THEN "phone" END;

ALTER TABLE "users" DROP COLUMN "emailVerified", DROP COLUMN "phoneVerified";

CREATE UNIQUE INDEX "users_provenEmail_key" ON "users"("provenEmail");
CREATE UNIQUE INDEX "users_provenPhone_key" ON "users"("provenPhone");

-- Whether a provider vouched was not kept. It did where the address is one that its account has proven.
ALTER TABLE "identities" ADD COLUMN "vouched" BOOLEAN NOT NULL DEFAULT false;

UPDATE "identities" i SET "vouched" = true
  FROM "users" u WHERE u."id" = i."userId" AND u."provenEmail" = i."providerEmail";
