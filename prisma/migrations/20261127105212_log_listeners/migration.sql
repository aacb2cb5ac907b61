-- CreateTable
CREATE TABLE "log_listeners" (
    "id" UUID NOT NULL,
    "seenAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "log_listeners_pkey" PRIMARY KEY ("id")
);
