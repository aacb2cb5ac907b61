import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { isUnavailable } from '../db/errors.js';
import { AccountError } from '../errors/account-error.js';
import { catalogue, type ErrorCode } from '../errors/catalogue.js';
import { Unavailable } from '../errors/unavailable.js';
import type { Logger } from '../logger.js';
import type { Exchange } from './exchange.js';

/** What a client is told to wait when the server is overloaded. */
const busySeconds = 1;
/** How many validation errors one answer holds. */
const mostErrors = 5;

interface World {
  readonly log: Logger;
  /** Whether messages may name parts of the schema the client did not name. */
  readonly introspection: boolean;
}

/** Turns whatever went wrong into what a client may read: a code, a constant message and the request's id. */
export const errorFormat = (world: World): Plugin<object, { exchange: Exchange }> => ({
  onResultProcess({ result, setResult, serverContext }) {
    if (!('errors' in result) || !result.errors) return;
    const { requestId } = serverContext.exchange;
    // Every failed field has its error; of a document that was refused, the first few say enough.
    const shown = result.errors.filter(({ path }, index) => path !== undefined || index < mostErrors);
    const errors = shown.map((error) => formatError(world, error, requestId));
    setResult({ ...result, errors });
  },
});

function formatError(world: World, error: GraphQLError, requestId: string): GraphQLError {
  const cause = rootCause(error);
  if (cause instanceof AccountError) {
    const { issues, ...details } = cause.details;
    if (cause.cause) world.log.warn({ requestId, error: cause.cause }, cause.code);
    return make(error, cause.code, {
      requestId,
      ...details,
      ...(issues && { issues, argument: issues[0]?.argument }),
    });
  }
  if (cause instanceof GraphQLError) return formatRequestError(world, error, requestId);
  // The engine parses the parameters of a GET itself, and lets the parser's error through.
  if (cause instanceof SyntaxError && !error.path) return badRequest(error, requestId);
  if (cause instanceof Unavailable || isUnavailable(cause)) {
    world.log.warn({ requestId, error: cause }, 'unavailable');
    return make(error, 'GENERAL_SERVICE_UNAVAILABLE', { requestId, retryAfterSeconds: busySeconds });
  }
  world.log.error({ requestId, error: cause, path: error.path }, 'unforeseen error');
  return make(error, 'GENERAL_UNKNOWN', { requestId });
}

/** Errors of the GraphQL engine itself quote the document and the variables, which may hold a password. */
function formatRequestError(world: World, error: GraphQLError, requestId: string): GraphQLError {
  const { code } = error.extensions;
  const http = error.extensions['http'] as { status?: number } | undefined;
  const variable = /^Variable "\$(\w+)"/.exec(error.message)?.[1];
  if (
    variable &&
    error.path === undefined &&
    /invalid value|was not provided|must not be null/.test(error.message)
  ) {
    const issues = [{ argument: variable, message: 'Is missing or has the wrong type.' }];
    return make(error, 'GENERAL_ARGUMENT_INVALID', { requestId, argument: variable, issues });
  }
  const argument = /^Argument "(\w+)" .*must not be null/.exec(error.message)?.[1];
  if (argument && error.path) {
    const issues = [{ argument, message: 'Must not be null.' }];
    return make(error, 'GENERAL_ARGUMENT_INVALID', { requestId, argument, issues });
  }
  if (error.path && code !== 'QUERY_TOO_COMPLEX') {
    world.log.error({ requestId, message: error.message, path: error.path }, 'unforeseen error');
    return make(error, 'GENERAL_UNKNOWN', { requestId });
  }
  // What is no GraphQL request at all is a bad request to every client, whatever it accepts.
  const isRequest = http !== undefined && error.locations === undefined;
  const [message, named] = ((): [string, string] => {
    if (code === 'QUERY_TOO_COMPLEX') return [error.message, code];
    if (http?.status === 413) return ['The request is too large.', 'PAYLOAD_TOO_LARGE'];
    if (http?.status === 405) return ['A mutation must be sent by POST.', 'GENERAL_BAD_REQUEST'];
    if (isRequest) return [error.message, 'GENERAL_BAD_REQUEST'];
    if (error.message.startsWith('Syntax Error'))
      return ['The document is not valid GraphQL.', 'GRAPHQL_PARSE_FAILED'];
    if (quotesValue(error))
      return ['A value in the document does not fit its type.', 'GRAPHQL_VALIDATION_FAILED'];
    if (world.introspection) return [error.message, 'GRAPHQL_VALIDATION_FAILED'];
    return [withoutHints(error.message), 'GRAPHQL_VALIDATION_FAILED'];
  })();
  return new GraphQLError(message, {
    nodes: error.nodes ?? null,
    path: error.path ?? null,
    source: error.source ?? null,
    positions: error.positions ?? null,
    extensions: {
      code: named,
      requestId,
      ...(http && { http: isRequest ? { status: http.status ?? 400 } : http }),
    },
  });
}

function make(error: GraphQLError, code: ErrorCode, extensions: Record<string, unknown>): GraphQLError {
  const { retryAfterSeconds } = extensions;
  const http =
    retryAfterSeconds === undefined
      ? {}
      : { http: { headers: { 'retry-after': String(retryAfterSeconds) } } };
  return new GraphQLError(catalogue[code].message, {
    nodes: error.nodes ?? null,
    path: error.path ?? null,
    extensions: { code, ...extensions, ...http },
  });
}

const quotesValue = ({ nodes }: GraphQLError): boolean =>
  nodes?.some(({ kind }) => kind.endsWith('Value')) ?? false;

/** Without the neighbours' names that GraphQL suggests, and without naming what introspection asked for. */
function withoutHints(message: string): string {
  if (message.includes('introspection')) return 'Introspection is off.';
  return message.replace(/ Did you mean .*$/s, '');
}

function rootCause(error: unknown): unknown {
  return error instanceof GraphQLError && error.originalError ? rootCause(error.originalError) : error;
}

const badRequest = (error: GraphQLError, requestId: string): GraphQLError =>
  new GraphQLError('The request is not a GraphQL request.', {
    path: error.path ?? null,
    extensions: { code: 'GENERAL_BAD_REQUEST', requestId, http: { status: 400 } },
  });

/** An error outside GraphQL, in the same form. */
export const httpError = (
  message: string,
  code: string,
  requestId: string,
): { errors: GraphQLFormattedError[] } => ({
  errors: [{ message, extensions: { code, requestId } }],
});
