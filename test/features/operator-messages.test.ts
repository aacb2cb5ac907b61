import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CreateEmailTokenDocument,
  CreateRecoveryDocument,
  ListMessagesDocument,
  RetryMessageDocument,
} from '../../src/client/documents.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { freePort } from '../support/cluster.js';
import { codeOf, dataOf } from '../support/expect.js';
import { operatorOf, operatorSettings } from '../support/operators.js';
import { newEmail } from '../support/people.js';

let test: TestApp;
beforeAll(async () => {
  // Nobody listens there: mail waits.
  const port = await freePort();
  test = await createTestApp({ ...operatorSettings, MAIL_URL: `smtp://127.0.0.1:${port}`, INBOX: 'off' });
});
afterAll(() => test.close());

interface Filters {
  state?: 'QUEUED' | 'SENT' | 'FAILED';
  channel?: 'EMAIL' | 'SMS' | 'WEBHOOK';
  to?: string;
  first?: number;
}
const list = async (variables: Filters = {}) =>
  dataOf(await operatorOf(test).run(ListMessagesDocument, variables)).listMessages;
const retry = (messageId: string) => operatorOf(test).run(RetryMessageDocument, { messageId });

describe('listMessages', () => {
  it('shows whole messages, in full but for what they held, by state and by address', async () => {
    const email = newEmail();
    const queuedAt = test.clock.now();
    dataOf(await test.client().run(CreateEmailTokenDocument, { email }));
    await test.app.worker.deliverDue();
    const { nodes } = await list({ to: ` ${email.toUpperCase()} ` });
    expect(nodes).toEqual([
      {
        id: expect.any(String),
        createdAt: queuedAt.toISOString(),
        channel: 'EMAIL',
        kind: 'otpSession',
        to: email,
        state: 'QUEUED',
        attempts: 1,
        nextAttemptAt: expect.any(String),
        sentAt: null,
        failedAt: null,
        lastError: expect.stringContaining('ECONNREFUSED'),
      },
    ]);
    expect((await list({ to: email, state: 'SENT' })).nodes).toEqual([]);
    test.clock.advance(900);
    await test.app.worker.deliverDue();
    expect((await list({ to: email, state: 'FAILED' })).nodes).toMatchObject([
      { failedAt: test.clock.now().toISOString(), nextAttemptAt: null },
    ]);
    expect((await list({ to: 'nobody@example.test' })).nodes).toEqual([]);
  });

  it('shows nothing of messages that nobody gets', async () => {
    const before = (await list()).nodes.length;
    dataOf(await test.client().run(CreateRecoveryDocument, { email: 'nobody@example.test' }));
    expect((await list()).nodes).toHaveLength(before);
    const counted = await operatorOf(test).send('{ listMessages(state: QUEUED) { totalCount } }');
    expect(counted.data).toEqual({
      listMessages: { totalCount: (await list({ state: 'QUEUED' })).nodes.length },
    });
    const channels = (nodes: readonly { channel: string }[]) => [
      ...new Set(nodes.map(({ channel }) => channel)),
    ];
    expect(channels((await list({ channel: 'EMAIL' })).nodes)).toEqual(['EMAIL']);
    expect((await list({ channel: 'WEBHOOK' })).nodes).toEqual([]);
  });

  it('visits every one, newest first', async () => {
    for (let n = 0; n < 3; n += 1) {
      test.clock.advance(1);
      dataOf(await test.client().run(CreateEmailTokenDocument, { email: newEmail() }));
    }
    const whole = (await list()).nodes.map(({ id }) => id);
    const visited: string[] = [];
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof list>> = dataOf(
        await operatorOf(test).run(ListMessagesDocument, { first: 2, after }),
      ).listMessages;
      visited.push(...page.nodes.map(({ id }) => id));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(visited).toEqual(whole);
  });
});

describe('retryMessage', () => {
  it('tries at once what waits for its next attempt', async () => {
    const email = newEmail();
    dataOf(await test.client().run(CreateEmailTokenDocument, { email }));
    await test.app.worker.deliverDue();
    const [{ id } = { id: '' }] = (await list({ to: email })).nodes;
    expect(dataOf(await retry(id)).retryMessage).toMatchObject({
      attempts: 0,
      nextAttemptAt: test.clock.now().toISOString(),
    });
    await test.app.worker.deliverDue();
    expect((await list({ to: email })).nodes).toMatchObject([{ state: 'QUEUED', attempts: 1 }]);
  });

  it('refuses what has expired, and what there is none of', async () => {
    const email = newEmail();
    dataOf(await test.client().run(CreateEmailTokenDocument, { email }));
    test.clock.advance(901);
    await test.app.worker.deliverDue();
    const [{ id } = { id: '' }] = (await list({ to: email })).nodes;
    const { errors } = await retry(id);
    expect(errors[0]?.extensions).toMatchObject({
      code: 'GENERAL_ARGUMENT_INVALID',
      issues: [{ argument: 'messageId', message: 'Has expired: what it held would be of no use.' }],
    });
    for (const none of ['', 'x', '01a20e24-efa1-7fbd-ad20-d034af4fe6f7', '\0'])
      expect(codeOf(await retry(none))).toBe('MESSAGE_NOT_FOUND');
  });
});
