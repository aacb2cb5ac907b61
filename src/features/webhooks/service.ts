import type { Deps } from '../../deps.js';
import type { AccountEvent } from '../../outbox/queue.js';
import { findUser, isVerified, type UserRow } from '../users/service.js';

/**
 * The body of an event: what happened, who made it happen and from where, and the user as it is when the event is sent, which
 * may be later than what happened. `user` is null once it is deleted.
 */
export async function webhookBody(
  { db }: Pick<Deps, 'db'>,
  { event, detail, userId, actor, time, origin }: AccountEvent,
): Promise<string> {
  const user = await findUser(db, userId);
  return JSON.stringify({
    type: event,
    timestamp: time,
    data: { userId, detail, actor, origin, user: user && userPayload(user) },
  });
}

/** What an application keeps of a user. */
const userPayload = (user: UserRow) => ({
  id: user.id,
  createdAt: user.createdAt,
  updatedAt: user.updatedAt,
  name: user.name,
  enabled: user.enabled,
  labels: user.labels,
  email: user.email,
  emailVerified: isVerified(user, 'email'),
  phone: user.phone,
  phoneVerified: isVerified(user, 'phone'),
});
