import type { GraphQLSchema } from 'graphql';
import { createYoga, type Plugin } from 'graphql-yoga';
import type { Deps } from '../deps.js';
import { Context } from './context.js';
import { errorFormat } from './error-format.js';
import type { Exchange } from './exchange.js';
import { guards } from './guards.js';
import { tabs } from './tabs.js';

const mostBodyBytes = 256 * 1024;

const withContext = (deps: Deps): Plugin => ({
  onExecute({ executeFn, setExecuteFn }) {
    setExecuteFn((args) =>
      executeFn({ ...args, contextValue: new Context(deps, args.contextValue.exchange) }),
    );
  },
});

/** The GraphQL endpoint as a Fetch-style handler. Origins, media types and headers are the HTTP layer's. */
export const createGraphql = (schema: GraphQLSchema, deps: Deps) =>
  createYoga<{ exchange: Exchange }>({
    schema,
    graphiql: deps.config.GRAPHIQL && {
      title: deps.config.APP_NAME,
      defaultTabs: tabs(deps.publicUrl),
      defaultEditorToolsVisibility: 'variables',
      credentials: 'same-origin',
      schemaDescription: true,
    },
    // Megabytes of script, loaded when somebody opens the page.
    renderGraphiQL: async (options) =>
      (await import('@graphql-yoga/render-graphiql')).renderGraphiQL(options),
    plugins: [
      // Yoga's own `context` option copies properties, and would leave the getters behind.
      withContext(deps),
      ...guards({ introspection: deps.config.INTROSPECTION }),
      errorFormat({ log: deps.log }),
    ],
    maxRequestBodySize: mostBodyBytes,
    maskedErrors: false,
    batching: false,
    multipart: false,
    cors: false,
    landingPage: false,
    logging: false,
    parserAndValidationCache: true,
  });
