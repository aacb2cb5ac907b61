import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { builder } from './builder.js';
import { InvalidLiteral, type Json, jsonOf, serializeJson } from './json.js';

// Except for JSONObject, these scalars only describe output. Arguments are strings, so that `input/` checks them after the
// policy has counted the call, and an old row stays readable.

const outputOnly = (name: string): never => {
  throw new GraphQLError(`${name} is no type of an argument.`);
};

const scalar = (
  name: string,
  specifiedByURL: string,
  serialize: (value: unknown) => unknown,
): GraphQLScalarType =>
  new GraphQLScalarType({
    name,
    specifiedByURL,
    serialize,
    parseValue: () => outputOnly(name),
    parseLiteral: () => outputOnly(name),
  });

const text = (name: string, specifiedByURL: string): GraphQLScalarType =>
  scalar(name, specifiedByURL, String);

function objectOf(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new GraphQLError('Must be an object.');
  return value as Record<string, unknown>;
}

function literalObjectOf(node: ValueNode): Record<string, unknown> {
  if (node.kind !== Kind.OBJECT) throw new InvalidLiteral('Must be an object.');
  return jsonOf(node) as Record<string, unknown>;
}

builder.addScalarType(
  'DateTime',
  scalar('DateTime', 'https://www.rfc-editor.org/rfc/rfc3339', (value) => (value as Date).toISOString()),
  {
    description: 'An instant in RFC 3339: UTC, milliseconds, `Z`. For example `2026-01-31T10:20:30.123Z`.',
  },
);
builder.addScalarType(
  'JSONObject',
  new GraphQLScalarType({
    name: 'JSONObject',
    specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc8259#section-4',
    serialize: (value) => serializeJson(value as Json),
    parseValue: objectOf,
    parseLiteral: literalObjectOf,
  }),
  { description: 'A JSON object. Arrays, strings and null are rejected.' },
);
builder.addScalarType('URL', text('URL', 'https://url.spec.whatwg.org/'), {
  description: 'An absolute URL, as the WHATWG URL Standard writes it.',
});
builder.addScalarType('EmailAddress', text('EmailAddress', 'https://www.rfc-editor.org/rfc/rfc5321'), {
  description: 'An e-mail address in lower case.',
});
builder.addScalarType('PhoneNumber', text('PhoneNumber', 'https://www.itu.int/rec/T-REC-E.164'), {
  description: 'A phone number in E.164, for example `+14155550100`.',
});
builder.addScalarType('CountryCode', text('CountryCode', 'https://www.iso.org/iso-3166-country-codes.html'), {
  description: 'A country in ISO 3166-1 alpha-2, upper case, for example `NO`.',
});
