import {
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLInputType,
  type GraphQLSchema,
  Kind,
  type NamedTypeNode,
  typeFromAST,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { isUnavailable } from '../db/errors.js';
import { AccountError, type ArgumentIssue } from '../errors/account-error.js';
import { catalogue, type ErrorCode } from '../errors/catalogue.js';
import { ServiceUnavailable } from '../errors/unavailable.js';
import type { Logger } from '../logger.js';
import { expectation } from './argument-rule.js';
import type { Exchange } from './exchange.js';

/** What a client is told to wait when the server is overloaded. */
const busySeconds = 1;
/** How many validation errors one answer holds. */
const maxErrors = 5;

interface ErrorFormatDeps {
  readonly log: Logger;
  readonly schema: GraphQLSchema;
}

interface Failed {
  readonly errors?: readonly GraphQLError[];
}

/** Turns whatever went wrong into what a client may read: a code, a constant message and the request's id. */
export function formatResult<Result extends Failed>(
  deps: ErrorFormatDeps,
  result: Result,
  { requestId }: Pick<Exchange, 'requestId'>,
): Result {
  if (!result.errors) return result;
  // Every failed field has its error; of a document that was refused, the first few say enough.
  const shown = result.errors.filter(({ path }, index) => path !== undefined || index < maxErrors);
  const errors = shown.map((error) => formatError(deps, error, requestId));
  return { ...result, errors: mergeVariables(errors) };
}

/** Variables that do not fit are one error, as the arguments of a call are. */
function mergeVariables(errors: readonly GraphQLError[]): readonly GraphQLError[] {
  const [first, ...rest] = errors.filter(({ extensions, path }) => extensions['issues'] && !path);
  if (!first || rest.length === 0 || first.extensions['code'] !== 'GENERAL_ARGUMENT_INVALID') return errors;
  const issues = [first, ...rest].flatMap(({ extensions }) => extensions['issues'] as ArgumentIssue[]);
  const merged = new GraphQLError(first.message, {
    nodes: [first, ...rest].flatMap(({ nodes }) => nodes ?? []),
    extensions: { ...first.extensions, issues },
  });
  return [merged, ...errors.filter((error) => error !== first && !rest.includes(error))];
}

/** The same, for what the engine answers by itself. */
export const errorFormat = (deps: ErrorFormatDeps): Plugin<object, { exchange: Exchange }> => ({
  onResultProcess({ result, setResult, serverContext }) {
    if ('errors' in result && result.errors)
      setResult(formatResult(deps, result as Failed, serverContext.exchange) as typeof result);
  },
});

function formatError(deps: ErrorFormatDeps, error: GraphQLError, requestId: string): GraphQLError {
  const cause = rootCause(error);
  if (cause instanceof AccountError) {
    const { issues, ...details } = cause.details;
    if (cause.cause) deps.log.warn({ requestId, error: cause.cause }, cause.code);
    return make(error, cause.code, {
      requestId,
      ...details,
      ...(issues && { issues, argument: issues[0]?.argument }),
    });
  }
  if (cause instanceof GraphQLError) return formatRequestError(deps, error, requestId);
  // The engine parses the parameters of a GET itself, and lets the parser's error through.
  if (cause instanceof SyntaxError && !error.path) return badRequest(error, requestId);
  if (cannotAnswer(cause)) {
    deps.log.warn({ requestId, error: cause }, 'unavailable');
    return make(error, 'GENERAL_SERVICE_UNAVAILABLE', { requestId, retryAfterSeconds: busySeconds });
  }
  deps.log.error({ requestId, error: cause, path: error.path }, 'unforeseen error');
  return make(error, 'GENERAL_UNKNOWN', { requestId });
}

const cannotAnswer = (cause: unknown): boolean => cause instanceof ServiceUnavailable || isUnavailable(cause);

/** The code that a resolver's error is answered with. */
export const codeOf = (error: unknown): ErrorCode =>
  error instanceof AccountError
    ? error.code
    : cannotAnswer(error)
      ? 'GENERAL_SERVICE_UNAVAILABLE'
      : 'GENERAL_UNKNOWN';

/**
 * Errors of the GraphQL engine itself, told apart by the phase they come from and the node they name: their words quote the
 * document and the variables, which may hold a password.
 */
function formatRequestError(deps: ErrorFormatDeps, error: GraphQLError, requestId: string): GraphQLError {
  const { code } = error.extensions;
  const http = error.extensions['http'] as { status?: number } | undefined;
  const [node] = error.nodes ?? [];
  // Parsing and validation are marked by the engine; what is not has come to the values.
  const isExecuted = code !== 'GRAPHQL_PARSE_FAILED' && code !== 'GRAPHQL_VALIDATION_FAILED';
  if (isExecuted && node?.kind === Kind.VARIABLE_DEFINITION) {
    const type = typeFromAST(deps.schema, node.type as NamedTypeNode) as GraphQLInputType;
    return badArgument(error, requestId, node.variable.name.value, expectation(type));
  }
  if (isExecuted && error.path && node?.kind === Kind.VARIABLE)
    return badArgument(error, requestId, node.name.value, 'Must not be null.');
  if (error.path && code !== 'QUERY_TOO_COMPLEX') {
    deps.log.error({ requestId, message: error.message, path: error.path }, 'unforeseen error');
    return make(error, 'GENERAL_UNKNOWN', { requestId });
  }
  const [named, message] = rejectionOf(error, http?.status);
  const issues = error.extensions['issues'] as ArgumentIssue[] | undefined;
  const isRequest = named === 'GENERAL_BAD_REQUEST' || named === 'PAYLOAD_TOO_LARGE';
  return new GraphQLError(message, {
    nodes: error.nodes ?? null,
    path: error.path ?? null,
    source: error.source ?? null,
    positions: error.positions ?? null,
    extensions: {
      code: named,
      requestId,
      ...(issues && { argument: issues[0]?.argument, issues }),
      // What is no GraphQL request at all is a bad request to every client, whatever it accepts.
      ...(http && { http: isRequest ? { status: http.status ?? 400 } : http }),
    },
  });
}

/** What a request is refused with before anything is executed. */
function rejectionOf(error: GraphQLError, status: number | undefined): [code: ErrorCode, message: string] {
  const { code } = error.extensions;
  if (code === 'QUERY_TOO_COMPLEX') return [code, error.message];
  if (status === 413) return ['PAYLOAD_TOO_LARGE', catalogue.PAYLOAD_TOO_LARGE.message];
  if (status === 405) return ['GENERAL_BAD_REQUEST', 'A mutation must be sent by POST.'];
  if (code === 'GRAPHQL_PARSE_FAILED') return [code, syntaxMessage(error)];
  if (code === 'OPERATION_RESOLUTION_FAILURE')
    return [
      'GENERAL_BAD_REQUEST',
      'Which operation is meant? Name one that the document has in `operationName`.',
    ];
  if (code !== 'GRAPHQL_VALIDATION_FAILED') return ['GENERAL_BAD_REQUEST', error.message];
  if (quotesValue(error)) return [code, 'A value in the document does not fit its type.'];
  return [code, error.message];
}

const badArgument = (
  error: GraphQLError,
  requestId: string,
  argument: string,
  message: string,
): GraphQLError =>
  make(error, 'GENERAL_ARGUMENT_INVALID', { requestId, argument, issues: [{ argument, message }] });

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

/** What the parser expected and found, without the text that it found. */
function syntaxMessage({ message, source, positions }: GraphQLError): string {
  const [, expected, found] = /^Syntax Error: Expected (.+?), found (.+)\.$/s.exec(message) ?? [];
  const [, unexpected] = /^Syntax Error: Unexpected (.+)\.$/s.exec(message) ?? [];
  const kind = (token: string) => token.replace(/^(Name|Int|Float|String|BlockString|Comment) .*$/s, '$1');
  const detail =
    expected && found
      ? `expected ${kind(expected)}, found ${kind(found)}`
      : unexpected
        ? `expected ${expectedAt(source?.body ?? '', positions?.[0] ?? 0)}, found ${kind(unexpected)}`
        : message.replace(/^Syntax Error: /, '').replace(/[:".].*$/s, '');
  return `${catalogue.GRAPHQL_PARSE_FAILED.message.slice(0, -1)}: ${detail}.`;
}

/** The parser says only that a token is unexpected in two places: where a value is to be, and where a definition is. */
const expectedAt = (document: string, position: number): string =>
  /[:=[][\s,]*$/.test(document.slice(0, position)) ? 'a value' : 'an operation or a fragment';

const quotesValue = ({ nodes }: GraphQLError): boolean =>
  nodes?.some(({ kind }) => kind.endsWith('Value')) ?? false;

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
