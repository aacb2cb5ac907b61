import {
  CountryCodeResolver,
  DateTimeResolver,
  EmailAddressResolver,
  JSONObjectResolver,
  PhoneNumberResolver,
  URLResolver,
} from 'graphql-scalars';
import { GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { builder } from './builder.js';
import { type Json, jsonOf, InvalidLiteral, serializeJson } from './json.js';

function objectOf(node: ValueNode): Record<string, unknown> {
  if (node.kind !== Kind.OBJECT) throw new InvalidLiteral('Must be an object.');
  return jsonOf(node) as Record<string, unknown>;
}

// Strings go in, so that bad input is answered by the policy's rules; these only document what comes out.
builder.addScalarType('DateTime', DateTimeResolver, {
  description: 'An instant in RFC 3339: UTC, milliseconds, `Z`. For example `2026-01-31T10:20:30.123Z`.',
});
builder.addScalarType(
  'JSONObject',
  new GraphQLScalarType({
    ...JSONObjectResolver.toConfig(),
    serialize: (value) => serializeJson(value as Json),
    parseLiteral: objectOf,
  }),
  { description: 'A JSON object. Arrays, strings and null are refused.' },
);
builder.addScalarType('URL', URLResolver, {
  description: 'An absolute URL, as the WHATWG URL Standard writes it.',
});
builder.addScalarType('EmailAddress', EmailAddressResolver, {
  description: 'An e-mail address in lower case.',
});
builder.addScalarType('PhoneNumber', PhoneNumberResolver, {
  description: 'A phone number in E.164, for example `+14155550100`.',
});
builder.addScalarType('CountryCode', CountryCodeResolver, {
  description: 'A country in ISO 3166-1 alpha-2, upper case, for example `NO`.',
});
