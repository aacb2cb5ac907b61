import { ApolloClient, ApolloLink, HttpLink, InMemoryCache, Observable } from '@apollo/client';
import { OperationTypeNode, print } from 'graphql';
import { createClient } from 'graphql-sse';
import { typePolicies } from 'gatehouse-client/apollo';

/** Apollo Client with the security log as a subscription. */
export function createApolloClient(uri: string): ApolloClient {
  const stream = createClient({ url: uri, credentials: 'include' });
  const streamLink = new ApolloLink(
    ({ query, variables }) =>
      new Observable((sink) => stream.subscribe({ query: print(query), variables }, sink as never)),
  );
  const isSubscription = ({ operationType }: ApolloLink.Operation) =>
    operationType === OperationTypeNode.SUBSCRIPTION;
  return new ApolloClient({
    link: ApolloLink.split(isSubscription, streamLink, new HttpLink({ uri, credentials: 'include' })),
    cache: new InMemoryCache({ typePolicies }),
  });
}
