-- Who a message is for stands beside its sealed content, for caps and for whoever asks what became of it.
ALTER TABLE "outbox"
  ADD COLUMN "kind" TEXT NOT NULL DEFAULT '',
  ADD COLUMN "recipient" TEXT,
  ADD COLUMN "userId" VARCHAR(36);

CREATE INDEX "outbox_recipient_kind_createdAt_idx" ON "outbox"("recipient", "kind", "createdAt");
CREATE INDEX "outbox_userId_idx" ON "outbox"("userId");
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_userId_fkey"
  FOREIGN KEY ("userId") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;
