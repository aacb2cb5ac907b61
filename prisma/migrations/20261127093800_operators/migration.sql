-- AlterTable
ALTER TABLE "logs" ADD COLUMN     "actor" VARCHAR(64) NOT NULL DEFAULT 'user';

-- AlterTable
ALTER TABLE "outbox" ADD COLUMN     "about" VARCHAR(36);

-- CreateIndex
CREATE INDEX "outbox_about_idx" ON "outbox"("about");

-- CreateIndex
CREATE INDEX "outbox_createdAt_id_idx" ON "outbox"("createdAt" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "users_createdAt_id_idx" ON "users"("createdAt" DESC, "id" DESC);

-- What listUsers finds people by, in the order that it lists them in: what is shown, names in letters of either case, and what
-- is proven beside it. Prisma has no words for such indexes, and leaves them alone.
CREATE INDEX "users_email_prefix" ON "users"("email" COLLATE "C", "id" COLLATE "C") WHERE "email" IS NOT NULL;
CREATE INDEX "users_phone_prefix" ON "users"("phone" COLLATE "C", "id" COLLATE "C") WHERE "phone" IS NOT NULL;
CREATE INDEX "users_name_prefix" ON "users"((lower("name") COLLATE "C"), "id" COLLATE "C");
CREATE INDEX "users_provenEmail_prefix" ON "users"("provenEmail" COLLATE "C", "id" COLLATE "C")
  WHERE "provenEmail" IS DISTINCT FROM "email";
CREATE INDEX "users_provenPhone_prefix" ON "users"("provenPhone" COLLATE "C", "id" COLLATE "C")
  WHERE "provenPhone" IS DISTINCT FROM "phone";
