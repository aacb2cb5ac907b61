import { z } from 'zod';
import { lifetimes } from '../clock.js';
import { duration } from './fields.js';

// A profile makes createJWT issue tokens for another service, with the claims that it reads.

/** What a claim can be read from: `$.user.id` in a profile. */
export const jwtFields = [
  'user.id',
  'user.name',
  'user.verifiedEmail',
  'user.verifiedPhone',
  'user.labels',
  'session.id',
  'session.factors',
] as const;
export type JwtField = (typeof jwtFields)[number];

/** Claims of every JWT, which a profile cannot replace. */
const reservedClaims: readonly string[] = [
  'iss',
  'aud',
  'sub',
  'sid',
  'jti',
  'iat',
  'nbf',
  'exp',
  'auth_time',
  'amr',
  'acr',
  'act',
  'email_verified',
  'labels',
  'scope',
];

/** A JWT for another service. */
export interface JwtProfile {
  readonly audience: string;
  readonly lifetimeSeconds: number;
  /** Constants; texts that begin with `$.` are fields. */
  readonly claims: Readonly<Record<string, unknown>>;
}

/** The field that a value of a profile names; null for a constant. */
export const fieldOf = (value: unknown): string | null =>
  typeof value === 'string' && value.startsWith('$.') ? value.slice(2) : null;

/** Profiles by name, as JSON: `{ "hasura": { "aud": "hasura", "lifetime": "5m", "claims": { … } } }`. */
export const jwtProfiles = z.string().transform((text, context): ReadonlyMap<string, JwtProfile> => {
  const profiles = new Map<string, JwtProfile>();
  const problems: string[] = [];
  const parsed = parse(text);
  if (!isObject(parsed)) problems.push('must be a JSON object of profiles by name');
  else
    for (const [name, profile] of Object.entries(parsed)) {
      const read = readProfile(name, profile, problems);
      if (read) profiles.set(name, read);
    }
  for (const problem of problems) context.addIssue(problem);
  return profiles;
});

function readProfile(name: string, profile: unknown, problems: string[]): JwtProfile | null {
  const before = problems.length;
  if (!/^[\w-]{1,64}$/.test(name)) problems.push(`"${name}" must be a name of letters, digits, "_" and "-"`);
  if (!isObject(profile)) {
    problems.push(`${name} must be an object with aud, and with lifetime and claims where needed`);
    return null;
  }
  const { aud, lifetime = '15m', claims = {}, ...unknown } = profile;
  for (const key of Object.keys(unknown))
    problems.push(`${name}.${key} is unknown: use aud, lifetime and claims`);
  if (typeof aud !== 'string' || aud === '') problems.push(`${name}.aud must be a text: who reads the JWT`);
  const seconds = duration.safeParse(lifetime);
  if (!seconds.success || seconds.data > lifetimes.jwt)
    problems.push(`${name}.lifetime must be a number and a unit, such as 5m, of at most 15m`);
  if (isObject(claims)) checkClaims(`${name}.claims`, claims, problems);
  else problems.push(`${name}.claims must be an object`);
  if (problems.length > before) return null;
  return {
    audience: String(aud),
    lifetimeSeconds: seconds.data ?? lifetimes.jwt,
    claims: claims as Record<string, unknown>,
  };
}

function checkClaims(path: string, claims: Record<string, unknown>, problems: string[]): void {
  for (const name of Object.keys(claims))
    if (reservedClaims.includes(name)) problems.push(`${path}.${name} is a claim of every JWT`);
  checkFields(path, claims, problems);
}

function checkFields(path: string, value: unknown, problems: string[]): void {
  const field = fieldOf(value);
  if (field !== null && !(jwtFields as readonly string[]).includes(field))
    problems.push(
      `${path}: there is no field "$.${field}"; there are ${jwtFields.map((each) => `$.${each}`).join(', ')}`,
    );
  if (typeof value === 'object' && value !== null)
    for (const [key, item] of Object.entries(value)) checkFields(`${path}.${key}`, item, problems);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
