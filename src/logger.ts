import { type DestinationStream, type Logger as Pino, pino } from 'pino';

/** The process log: JSON lines on stdout. */
export type Logger = Pick<Pino, 'debug' | 'info' | 'warn' | 'error'>;

/** Fields that never reach the log, at any of the depths we log objects with. */
const secretFields = [
  'password',
  'oldPassword',
  'passwordHash',
  'secret',
  'otp',
  'code',
  'jwt',
  'authorization',
  'cookie',
  'accessToken',
  'refreshToken',
];

/** Codes of ours, of Node, Prisma and PostgreSQL, which say what went wrong. No code that somebody was sent looks like one. */
const errorCode = /^([A-Z]+(_[A-Z0-9]+)+|E[A-Z]{3,}|P\d{4}|[0-9A-Z]{5})$/;

/**
 * What the log says about an error. Other properties are left out: drivers attach statements, rows, and the secret key of a
 * connection.
 */
function serializeError(error: unknown): object | string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as { code?: unknown };
  return {
    type: error.name,
    message: error.message,
    stack: error.stack,
    ...(code !== undefined && { code }),
    ...(error.cause !== undefined && { cause: serializeError(error.cause) }),
  };
}

/** Makes the process log; everything under a secret's name is redacted. */
export const createLogger = (level: string, destination?: DestinationStream): Logger =>
  pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: secretFields.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]),
        censor: (value, path) =>
          path.at(-1) === 'code' && typeof value === 'string' && errorCode.test(value) ? value : '[Redacted]',
      },
      serializers: { error: serializeError },
      formatters: { level: (label) => ({ level: label }) },
    },
    destination ?? pino.destination({ fd: 1, sync: false }),
  );
