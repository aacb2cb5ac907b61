import type { Database } from '../db/database.js';
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
  /** Newest first. */
  list(to: string | null): Promise<InboxMessage[]>;
  /** The HTML of one mail; null where there is none. */
  html(id: string): Promise<string | null>;
  empty(): Promise<void>;
}

const mostShown = 200;

export const createInbox = ({ db, box }: { db: Database; box: SealedBox }): Inbox => ({
  async keep({ id, createdAt, ...content }) {
    const contentSealed = await box.seal(placeOf(id), JSON.stringify(content));
    // Delivered twice, shown once.
    await db.prisma.inboxMessage.upsert({
      where: { id },
      create: { id, createdAt, contentSealed },
      update: {},
    });
  },
  async list(to) {
    const rows = await db.prisma.inboxMessage.findMany({
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      ...(to === null && { take: mostShown }),
    });
    const messages = await Promise.all(
      rows.map(async ({ id, createdAt, contentSealed }) => ({
        id,
        ...(JSON.parse(await box.open(placeOf(id), contentSealed)) as Omit<InboxMessage, 'id' | 'createdAt'>),
        createdAt,
      })),
    );
    return messages.filter((message) => to === null || message.to === to).slice(0, mostShown);
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
