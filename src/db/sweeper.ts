import { type Clock, days, later, minutes } from '../clock.js';
import type { Logger } from '../logger.js';
import type { Database } from './client.js';

const intervalSeconds = minutes(5);
/** Delivered and given-up messages are kept this long, without their content, for whoever asks what became of one. */
const outboxRetention = days(7);
/** Failed sign-ins at addresses nobody has. */
const nobodysLogRetention = days(1);
/** A row of wrong passwords that nobody has added to for this long is forgotten. */
const guardRetention = days(30);

/** Removes what has expired: it no longer counts, and only takes room. */
export function createSweeper({ clock, db, log }: { clock: Clock; db: Database; log: Logger }) {
  const sweep = async (): Promise<void> => {
    const now = clock.now();
    const { prisma } = db;
    const expired = { where: { expiresAt: { lte: now } } };
    await prisma.token.deleteMany(expired);
    await prisma.challenge.deleteMany(expired);
    await prisma.session.deleteMany(expired);
    await prisma.oAuth2Flow.deleteMany(expired);
    await prisma.rateLimit.deleteMany({ where: { expire: { lte: BigInt(now.getTime()) } } });
    await prisma.passwordGuard.deleteMany({ where: { updatedAt: { lte: later(now, -guardRetention) } } });
    await prisma.log.deleteMany({ where: { userId: null, time: { lte: later(now, -nobodysLogRetention) } } });
    const long = { lte: later(now, -outboxRetention) };
    await prisma.outbox.deleteMany({ where: { OR: [{ sentAt: long }, { failedAt: long }] } });
  };
  let timer: NodeJS.Timeout | undefined;
  return {
    sweep,
    start(): void {
      timer = setInterval(
        () => void sweep().catch((error: unknown) => log.warn({ error }, 'what has expired was not removed')),
        intervalSeconds * 1000,
      ).unref();
    },
    stop: (): void => clearInterval(timer),
  };
}
