import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  type DocumentNode,
  type ExecutionResult,
  getOperationAST,
  GraphQLError,
  type GraphQLSchema,
} from 'graphql';
import { createGraphQLError, createYoga, type Plugin } from 'graphql-yoga';
import Negotiator from 'negotiator';
import type { Deps } from '../deps.js';
import { Context } from './context.js';
import { documentCache } from './document-cache.js';
import { errorFormat, formatResult } from './error-format.js';
import type { Exchange } from './exchange.js';
import { graphiqlOptions, renderGraphiql } from './graphiql.js';
import { guards } from './guards.js';

export const maxBodyBytes = 256 * 1024;

const withContext = (deps: Deps): Plugin => ({
  onExecute({ executeFn, setExecuteFn }) {
    setExecuteFn((args) =>
      executeFn({ ...args, contextValue: new Context(deps, args.contextValue.exchange) }),
    );
  },
  onSubscribe({ subscribeFn, setSubscribeFn }) {
    setSubscribeFn((args) =>
      subscribeFn({ ...args, contextValue: new Context(deps, args.contextValue.exchange) }),
    );
  },
});

export const eventStream = 'text/event-stream';

/** Says why to a client that subscribes without accepting a stream: the engine's own answer has no body. */
const streamsOnly: Plugin = {
  onSubscribe({ args, setResultAndStopExecution }) {
    const { request } = args.contextValue as { request: Request };
    const accept = request.headers.get('accept') ?? '*/*';
    if (new Negotiator({ headers: { accept } }).mediaType([eventStream, `${eventStream};charset=utf-8`]))
      return;
    const message = `A subscription is answered as ${eventStream}: send the header "accept: ${eventStream}".`;
    const extensions = { code: 'GENERAL_BAD_REQUEST', http: { spec: true, status: 406 } };
    setResultAndStopExecution({ errors: [createGraphQLError(message, { extensions })] });
  },
};

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
  readonly maxBodyBytes: number;
}

export function createGraphql(schema: GraphQLSchema, deps: Deps): Graphql {
  const yoga = yogaOf(schema, deps);
  // Once for all: to put the plugins together takes a tenth of the time of a request.
  const engine = yoga.getEnveloped({});
  return {
    handle: async (request, response, context) => void (await yoga.handle(request, response, context)),
    async answer(params, exchange) {
      const result = await execute(engine, params, new Context(deps, exchange));
      return result && formatResult({ log: deps.log, schema }, result, exchange);
    },
    maxBodyBytes,
  };
}

type Engine = ReturnType<ReturnType<typeof yogaOf>['getEnveloped']>;

async function execute(
  { parse, validate, schema, execute }: Engine,
  params: Params,
  contextValue: Context,
): Promise<ExecutionResult | null> {
  const { variables: variableValues, operationName } = params;
  try {
    const document = read(parse, params);
    const errors = validate(schema, document);
    if (errors.length > 0) return { errors };
    if (getOperationAST(document, operationName)?.operation === 'subscription') return null;
    return await execute({ schema, document, contextValue, variableValues, operationName });
  } catch (error) {
    const originalError = error as Error;
    return { errors: [error instanceof GraphQLError ? error : createGraphQLError('', { originalError })] };
  }
}

/** Refuses as Yoga does what it parses itself. */
function read(parse: Engine['parse'], { query, operationName }: Params): DocumentNode {
  try {
    const document = parse(query) as DocumentNode;
    if (getOperationAST(document, operationName)) return document;
  } catch (error) {
    const { extensions } = error as GraphQLError;
    const http = { spec: true, status: 400 };
    throw Object.assign(error as GraphQLError, {
      extensions: { code: 'GRAPHQL_PARSE_FAILED', http, ...extensions },
    });
  }
  throw createGraphQLError('Could not determine what operation to execute.', {
    extensions: { code: 'OPERATION_RESOLUTION_FAILURE', http: { status: 400 } },
  });
}

const yogaOf = (schema: GraphQLSchema, deps: Deps) =>
  createYoga<{ exchange: Exchange }>({
    schema,
    graphiql: deps.config.GRAPHIQL && graphiqlOptions({ appName: deps.config.APP_NAME }),
    renderGraphiQL: (options) => renderGraphiql(options, { inbox: deps.config.INBOX ? '/inbox' : null }),
    plugins: [
      documentCache(),
      // Yoga's own `context` option copies properties, and would leave the getters behind.
      withContext(deps),
      streamsOnly,
      ...guards({ introspection: deps.config.INTROSPECTION }),
      errorFormat({ log: deps.log, schema }),
    ],
    maxRequestBodySize: maxBodyBytes,
    maskedErrors: false,
    batching: false,
    multipart: false,
    cors: false,
    landingPage: false,
    logging: false,
    parserAndValidationCache: false,
  });
