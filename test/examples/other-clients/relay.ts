import { createClient } from 'graphql-sse';
import { Environment, Network, Observable, RecordSource, Store } from 'relay-runtime';

/** Relay with the security log as a subscription. */
export function createEnvironment(url: string): Environment {
  const stream = createClient({ url, credentials: 'include' });
  const network = Network.create(
    async ({ text: query }, variables) => {
      const headers = { 'content-type': 'application/json' };
      const body = JSON.stringify({ query, variables });
      return (await fetch(url, { method: 'POST', credentials: 'include', headers, body })).json();
    },
    ({ text }, variables) =>
      Observable.create((sink) => stream.subscribe({ query: text ?? '', variables }, sink as never)),
  );
  return new Environment({ network, store: new Store(new RecordSource()) });
}
