import SchemaBuilder from '@pothos/core';
import ComplexityPlugin from '@pothos/plugin-complexity';
import { GraphQLError } from 'graphql';
import type { Context } from './context.js';
import type { Json } from './json.js';
import './policy-plugin.js';

/** Shapes of the custom scalars. */
type Scalars = {
  ID: { Input: string; Output: string };
  DateTime: { Input: never; Output: Date };
  JSONObject: { Input: Record<string, unknown>; Output: Json };
  URL: { Input: never; Output: string };
  EmailAddress: { Input: never; Output: string };
  PhoneNumber: { Input: never; Output: string };
  CountryCode: { Input: never; Output: string };
};

/** The one builder. Non-null unless a field says otherwise, so that `nullable: true` is a visible choice. */
export const builder = new SchemaBuilder<{
  Context: Context;
  Scalars: Scalars;
  DefaultFieldNullability: false;
  DefaultInputFieldRequiredness: true;
}>({
  plugins: ['policy', ComplexityPlugin],
  defaultFieldNullability: false,
  defaultInputFieldRequiredness: true,
  complexity: {
    limit: { complexity: 250, depth: 10, breadth: 250 },
    // Lists say what they cost by the rows they may read; everything else is read with its parent.
    defaultComplexity: 0,
    defaultListMultiplier: 1,
    complexityError: () =>
      new GraphQLError('The query asks for too much at once.', { extensions: { code: 'QUERY_TOO_COMPLEX' } }),
  },
});

builder.queryType({ description: 'Read the signed-in user’s account.' });
builder.subscriptionType({ description: 'Follow the signed-in user’s account, by Server-Sent Events.' });
builder.mutationType({ description: 'Sign up, sign in, and change the signed-in user’s account.' });
