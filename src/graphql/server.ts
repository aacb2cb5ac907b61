import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ExecutionResult, getOperationAST, GraphQLError, type GraphQLSchema } from 'graphql';
import { createGraphQLError, createYoga, type Plugin } from 'graphql-yoga';
import type { Deps } from '../deps.js';
import { Context } from './context.js';
import { documentCache } from './document-cache.js';
import { errorFormat, formatResult } from './error-format.js';
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

/** A sound request, as GraphQL over HTTP names its parts. */
export interface Params {
  readonly query: string;
  readonly variables?: Record<string, unknown> | null;
  readonly operationName?: string | null;
}

/** The GraphQL engine. Origins, media types and headers are the HTTP layer's. */
export interface Graphql {
  /** Answers any request, by way of Fetch. */
  handle(request: IncomingMessage, response: ServerResponse, context: { exchange: Exchange }): Promise<void>;
  /** Answers a query or mutation that was posted; null for a subscription, whose answer is a stream. */
  answer(params: Params, exchange: Exchange): Promise<ExecutionResult | null>;
  readonly mostBodyBytes: number;
}

export function createGraphql(schema: GraphQLSchema, deps: Deps): Graphql {
  const yoga = yogaOf(schema, deps);
  return {
    handle: async (request, response, context) => void (await yoga.handle(request, response, context)),
    async answer(params, exchange) {
      const engine = yoga.getEnveloped({ params, request: { method: 'POST' } });
      const result = await execute(engine, params, new Context(deps, exchange));
      return result && formatResult(deps, result, exchange);
    },
    mostBodyBytes,
  };
}

type Engine = ReturnType<ReturnType<typeof yogaOf>['getEnveloped']>;

async function execute(
  { parse, validate, schema, execute }: Engine,
  { query, variables, operationName }: Params,
  contextValue: Context,
): Promise<ExecutionResult | null> {
  try {
    const document = parse(query);
    const errors = validate(schema, document);
    if (errors.length > 0) return { errors };
    if (getOperationAST(document, operationName)?.operation === 'subscription') return null;
    return await execute({ schema, document, contextValue, variableValues: variables, operationName });
  } catch (error) {
    const originalError = error as Error;
    return { errors: [error instanceof GraphQLError ? error : createGraphQLError('', { originalError })] };
  }
}

const yogaOf = (schema: GraphQLSchema, deps: Deps) =>
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
      documentCache(),
      // Yoga's own `context` option copies properties, and would leave the getters behind.
      withContext(deps),
      ...guards({ introspection: deps.config.INTROSPECTION }),
      errorFormat(deps),
    ],
    maxRequestBodySize: mostBodyBytes,
    maskedErrors: false,
    batching: false,
    multipart: false,
    cors: false,
    landingPage: false,
    logging: false,
    parserAndValidationCache: false,
  });
