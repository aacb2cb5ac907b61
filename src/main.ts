import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { type App, createApp } from './app.js';
import { type Config, readConfig } from './config/config.js';
import { readEnvironment } from './config/environment.js';
import { createLogger } from './logger.js';
import { failureText } from './start-failure.js';
import { stopOnSignals } from './stop-signals.js';

const stopMilliseconds = 15_000;
const sweepMilliseconds = 50;
const signpostMilliseconds = 100;
/** Time for a load balancer to see that readiness is off before connections are refused. */
const lameDuckMilliseconds = { production: 5000, development: 500 };

async function start(): Promise<void> {
  const config = readConfig(readEnvironment());
  const log = createLogger(config.LOG_LEVEL);
  let handle: App['handle'] = async (_request, response) =>
    void response
      .writeHead(503, { 'retry-after': '1', 'content-type': 'application/json' })
      .end('{"status":"starting"}');
  const server = createServer({
    headersTimeout: 10_000,
    requestTimeout: 15_000,
    keepAliveTimeout: 65_000,
    connectionsCheckingInterval: 1000,
  });
  server.on('request', (request, response) => void handle(request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(config.PORT, config.HOST, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const publicUrl = config.PUBLIC_URL ?? `http://localhost:${port}`;
  const app = await createApp(config, { log, publicUrl: new URL(publicUrl).origin });
  handle = app.handle;
  const metrics = await serveMetrics(app, config);

  const stop = async (): Promise<void> => {
    app.drain();
    await pause(config.production ? lameDuckMilliseconds.production : lameDuckMilliseconds.development);
    const closed = new Promise((resolve) => server.close(resolve));
    // A connection kept alive falls idle only when its last answer is out.
    const sweep = setInterval(() => server.closeIdleConnections(), sweepMilliseconds);
    await closed;
    clearInterval(sweep);
    metrics?.close();
    await app.close();
    log.info('stopped');
  };
  stopOnSignals(stop, log, stopMilliseconds);

  const host = config.HOST.includes(':') ? `[${config.HOST}]` : config.HOST;
  log.info({ url: `http://${host}:${port}/graphql`, publicUrl, graphiql: config.GRAPHIQL }, 'ready');
  // When the log, which is not waited for, has been written.
  if (process.stdout.isTTY)
    setTimeout(() => process.stdout.write(signpost(config, publicUrl)), signpostMilliseconds).unref();
}

/** The metrics on a port of their own, where they have one: who watches need not be let in to the API, nor the other way round. */
async function serveMetrics(
  { deps: { metrics } }: App,
  { METRICS_PORT, HOST }: Config,
): Promise<Server | null> {
  if (!metrics || METRICS_PORT === undefined) return null;
  const server = createServer((request, response) => {
    if (request.url !== '/metrics') return response.writeHead(404).end();
    const send = (text: string) => response.writeHead(200, { 'content-type': metrics.contentType }).end(text);
    return metrics.text().then(send, () => response.writeHead(500).end());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(METRICS_PORT, HOST, resolve);
  });
  return server;
}

/** For a person at a terminal, after the log. The last line is the one to click. */
function signpost({ GRAPHIQL, INBOX, OPERATOR_KEYS }: Config, publicUrl: string): string {
  const lines = [
    ...(INBOX ? [`Inbox    ${publicUrl}/inbox`] : []),
    ...(OPERATOR_KEYS ? [`Console  ${publicUrl}/console`] : []),
    `API      ${publicUrl}/graphql`,
    ...(GRAPHIQL ? ['', publicUrl] : []),
  ];
  return `\n${lines.join('\n')}\n`;
}

start().catch((error: unknown) => {
  process.stderr.write(`${failureText(error)}\n`);
  process.exit(1);
});
