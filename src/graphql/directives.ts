import {
  DirectiveLocation,
  GraphQLDirective,
  type GraphQLEnumType,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLSchema,
} from 'graphql';
import type { ErrorCode } from '../errors/catalogue.js';

/** Adds the definitions of the directives in {@link directivesOf}. */
export function withDirectives(schema: GraphQLSchema): GraphQLSchema {
  const errorCode = schema.getType('ErrorCode') as GraphQLEnumType;
  const directives = [
    ...schema.getDirectives(),
    new GraphQLDirective({
      name: 'errors',
      description: 'The codes that the field can fail with.',
      locations: [DirectiveLocation.FIELD_DEFINITION],
      args: {
        codes: {
          type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(errorCode))),
          description: 'Values of `extensions.code`.',
        },
      },
    }),
    new GraphQLDirective({
      name: 'semanticNonNull',
      description:
        'The field is null only together with an error. Clients that throw errors can treat the field as non-null. See ' +
        'https://specs.apollo.dev/nullability/v0.4/.',
      locations: [DirectiveLocation.FIELD_DEFINITION],
      args: {
        levels: {
          type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(GraphQLInt))),
          defaultValue: [0],
          description: 'The list levels that the directive applies to. Level 0 is the field itself.',
        },
      },
    }),
  ];
  return new GraphQLSchema({ ...schema.toConfig(), directives });
}

/** Returns the directives of a root field, in the form that schema printers read. */
export const directivesOf = (codes: readonly ErrorCode[], isNullable: boolean) => ({
  directives: { errors: { codes }, ...(!isNullable && { semanticNonNull: {} }) },
});
