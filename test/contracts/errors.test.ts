import { describe, expect, it } from 'vitest';
import { errorsOf, type OperationPolicy } from '../../src/access/policy.js';
import { catalogue, errorCodes, requestErrors } from '../../src/errors/catalogue.js';
import { schema } from '../../src/schema.js';

/** Raised by HTTP routes: malformed and cross-site requests, unknown paths, and the OAuth2 callback. */
const answeredByRoutes = [
  'GENERAL_BAD_REQUEST',
  'GENERAL_NOT_FOUND',
  'GENERAL_UNKNOWN_ORIGIN',
  'USER_MISSING_ID',
];

describe('the error catalogue', () => {
  it('has messages that hold no value and end as sentences', () => {
    for (const code of errorCodes) {
      expect(catalogue[code].message).toMatch(/^[A-Z][^{}$@]*\.$/);
      expect(catalogue[code].remedy).toMatch(/^[A-Z].*\.$/);
    }
  });

  it('says every message once', () => {
    const messages = errorCodes.map((code) => catalogue[code].message);
    expect(new Set(messages).size).toBe(messages.length);
  });

  it('is the whole of enum ErrorCode', () => {
    const type = schema.getType('ErrorCode');
    const values = type && 'getValues' in type ? type.getValues().map(({ name }) => name) : [];
    expect(values.sort()).toEqual([...errorCodes].sort());
  });

  it('holds every code that a policy names', () => {
    const roots = [schema.getQueryType(), schema.getMutationType()];
    const named = roots.flatMap((root) =>
      Object.values(root?.getFields() ?? {}).flatMap(({ extensions }) => {
        const { policy } = extensions['pothosOptions'] as { policy: OperationPolicy };
        return errorsOf(policy);
      }),
    );
    expect(named.length).toBeGreaterThan(100);
    expect(named.filter((code) => !errorCodes.includes(code))).toEqual([]);
    const raised = new Set<string>([...named, ...requestErrors, ...answeredByRoutes]);
    expect(errorCodes.filter((code) => !raised.has(code))).toEqual([]);
  });
});
