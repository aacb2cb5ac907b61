import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { SessionState } from '../../src/client/client.js';
import { useSession } from '../../src/client/react.js';
import { createShopClient, Shop } from '../examples/react/app.js';

const render = (session?: SessionState): string => {
  const client = createShopClient('http://127.0.0.1:9/graphql', session);
  return renderToString(createElement(Shop, { client }));
};

describe('a React app on a server', () => {
  it('renders what is known about the session, without a request', () => {
    expect(render()).toContain('Loading');
    expect(render({ status: 'signedOut' })).toContain('Loading the sign-in page');
    expect(render({ status: 'signedIn', userId: 'ada' })).toContain('Loading');
  });

  it('says which component is missing', () => {
    const Orphan = () => createElement('p', null, useSession().status);
    expect(() => renderToString(createElement(Orphan))).toThrow('needs a GatehouseProvider above it');
  });
});
