import { type Clock, days, later } from '../clock.js';
import type { Database } from '../db/database.js';
import { afterCursor } from '../db/rows.js';
import type { Place, SealedBox } from '../secrets/sealed-box.js';

/** A delivered message as the inbox shows it. */
export interface InboxMessage {
  readonly id: string;
  readonly channel: 'email' | 'sms';
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly createdAt: Date;
}

/** Keeps messages in development, for every process on the database to show. */
export interface Inbox {
  keep(message: InboxMessage): Promise<void>;
  /**
   * Newest first.
   *
   * @param after Only what arrived after that one; all where it is gone.
   */
  list(to: string | null, after: string | null): Promise<InboxMessage[]>;
  /** The HTML of one mail; null where there is none. */
  html(id: string): Promise<string | null>;
  empty(): Promise<void>;
}

const maxShown = 200;

interface InboxDeps {
  readonly clock: Clock;
  readonly db: Database;
  readonly box: SealedBox;
}

export const createInbox = ({ clock, db, box }: InboxDeps): Inbox => ({
  async keep({ id, ...content }) {
    const contentSealed = await box.seal(placeOf(id), JSON.stringify(content));
    // Delivered twice, shown once.
    await db.prisma.inboxMessage.upsert({
      where: { id },
      create: { id, createdAt: clock.now(), contentSealed },
      update: {},
    });
  },
  async list(to, after) {
    const last = after === null ? null : await db.prisma.inboxMessage.findUnique({ where: { id: after } });
    const rows = await db.prisma.inboxMessage.findMany({
      where: last ? afterCursor({ at: last.createdAt, id: last.id }) : {},
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      ...(to === null && { take: maxShown }),
    });
    const messages = await Promise.all(
      rows.map(async ({ id, contentSealed }) => ({
        id,
        ...(JSON.parse(await box.open(placeOf(id), contentSealed)) as Omit<InboxMessage, 'id'>),
      })),
    );
    // By when they were queued, as their ids are: of two messages that are sent together, either may arrive first.
    return messages
      .filter((message) => to === null || message.to === to)
      .toSorted((left, right) => (left.id < right.id ? 1 : -1))
      .slice(0, maxShown);
  },
  async html(id) {
    const row = await db.prisma.inboxMessage.findUnique({ where: { id } });
    if (!row) return null;
    return (JSON.parse(await box.open(placeOf(id), row.contentSealed)) as InboxMessage).html;
  },
  async empty() {
    await db.prisma.inboxMessage.deleteMany();
  },
});

const placeOf = (id: string): Place => ['inbox_messages', 'contentSealed', id];

const retention = days(7);

/** Removes messages that were shown long enough. */
export async function sweepInbox({ prisma }: Database, now: Date): Promise<void> {
  await prisma.inboxMessage.deleteMany({ where: { createdAt: { lte: later(now, -retention) } } });
}
