export default {
  schema: 'node_modules/gatehouse-client/schema.graphql',
  documents: 'src/**/*.graphql',
  generates: {
    'src/gql.ts': {
      plugins: ['typescript-operations', 'typed-document-node'],
      config: {
        useTypeImports: true,
        enumType: 'const',
        scalars: {
          DateTime: 'string',
          JSONObject: 'Record<string, unknown>',
          URL: 'string',
          EmailAddress: 'string',
          PhoneNumber: 'string',
          CountryCode: 'string',
        },
      },
    },
  },
};
