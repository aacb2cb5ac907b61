import { Client, fetchExchange } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { keys } from 'gatehouse-client/urql';

/** urql with its normalized cache and the security log as a subscription. */
export const createUrqlClient = (url: string): Client =>
  new Client({
    url,
    exchanges: [cacheExchange({ keys }), fetchExchange],
    fetchOptions: { credentials: 'include' },
    preferGetMethod: false,
    fetchSubscriptions: true,
  });
