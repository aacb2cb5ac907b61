import { operatorBearer } from '../../src/secrets/operator-keys.js';
import type { TestApp } from './app.js';
import type { Client } from './client.js';

/** Keys for tests alone. */
const keys = {
  ada: Buffer.from('the operator Ada for tests alone'),
  bob: Buffer.from('another, Bob, is for tests alone'),
};

/** A server with two operators. */
export const operatorSettings = {
  OPERATOR_KEYS: Object.entries(keys)
    .map(([name, bytes]) => `${name}:${bytes.toString('base64')}`)
    .join(','),
};

export const bearerOf = (name: keyof typeof keys): string => operatorBearer({ bytes: keys[name] });

/** A client that carries the key of an operator. */
export const operatorOf = (test: TestApp, name: keyof typeof keys = 'ada'): Client =>
  test.client().withBearer(bearerOf(name));
