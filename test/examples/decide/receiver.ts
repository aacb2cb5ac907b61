import { createServer } from 'node:http';
import type { Decision, DecisionRequest } from 'gatehouse/server';
import { Webhook } from 'standardwebhooks';

/** Decides. Keep it fast: a person waits for it. */
function decide({ type, email, origin }: DecisionRequest): Decision {
  if (origin.country?.code === 'XX') return { allow: false, reason: 'country' };
  if (type !== 'user.create') return { allow: true };
  if (email?.endsWith('@competitor.example')) return { allow: false, reason: 'competitor' };
  return { allow: true, labels: ['trial'] };
}

/** Answers the questions that the server sends to DECIDE_URL. */
export const createReceiver = (secret: string) =>
  createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    try {
      // Anyone can send a question. Only the server can sign it.
      new Webhook(secret).verify(body, request.headers as Record<string, string>);
    } catch {
      response.writeHead(401).end();
      return;
    }
    const decision = decide(JSON.parse(body) as DecisionRequest);
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(decision));
  });
