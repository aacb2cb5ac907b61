import { authenticate } from '../access/viewer.js';
import type { ActivitySample } from '../activity.js';
import type { Deps } from '../deps.js';
import { catalogue } from '../errors/catalogue.js';
import { localeFor } from '../messages/locale.js';
import type { ActivityPoint, ConsoleData } from '../pages/console/data.js';
import { consoleStyle } from '../pages/console/style.js';
import { noticePage } from '../pages/landing/landing.js';
import { acceptsHtml, type Call, type Handler, type Route, sendError, sendJson, sendPage } from './reply.js';

type ConsoleDeps = Pick<Deps, 'activity' | 'clock' | 'config' | 'jwt' | 'liveSessions' | 'operators'>;

const activityPath = '/console/activity';

/** The console for operators. The page contains no user data: its script calls the API with the key that the operator enters. */
export const consoleRoutes = (deps: ConsoleDeps): Record<string, Route> => ({
  '/console': { GET: inTheirNetworks(deps, (call) => show(deps, call)) },
  [activityPath]: {
    GET: inTheirNetworks(deps, async (call) => {
      const { kind } = await authenticate(deps, call.exchange.credentials);
      if (kind !== 'operator')
        return sendError(call, 401, 'GENERAL_UNAUTHORIZED_SCOPE', 'Send the key of an operator as a bearer.');
      return sendJson(call, 200, (await deps.activity.history()).map(toActivityPoint));
    }),
  },
});

/** Where there are no operators, the page says how to have some. */
export const consoleOffRoute = ({ config }: Pick<Deps, 'config'>): Route => ({
  GET: (call) => {
    if (!acceptsHtml(call))
      return sendError(call, 404, 'GENERAL_NOT_FOUND', catalogue.GENERAL_NOT_FOUND.message);
    const setting = { locale: localeFor('en'), appName: config.APP_NAME, appUrl: null };
    return sendPage(call, noticePage(setting, 'Console', consoleOffText));
  },
});

const consoleOffText =
  'The console is off, because there are no operators. "npx gatehouse keys" prints a key for an operator. Set OPERATOR_KEYS and start the ' +
  'server again: see docs/operators.md.';

/** Responds with 404 to callers outside the networks of the operators. */
const inTheirNetworks =
  ({ config }: ConsoleDeps, handle: Handler): Handler =>
  (call) =>
    config.OPERATOR_NETWORKS?.(call.exchange.clientAddress) === false
      ? sendError(call, 404, 'GENERAL_NOT_FOUND', catalogue.GENERAL_NOT_FOUND.message)
      : handle(call);

/** Sends the page. Its script renders everything in it. */
function show({ config }: ConsoleDeps, call: Call): void {
  const data: ConsoleData = {
    title: `Console of ${config.APP_NAME}`,
    graphqlPath: '/graphql',
    activityPath,
  };
  sendPage(call, {
    title: data.title,
    script: 'console',
    style: consoleStyle,
    data,
    children: <div id="app" />,
  });
}

const toActivityPoint = ({ at, ...counts }: ActivitySample): ActivityPoint => ({
  at: at.toISOString(),
  ...counts,
});
