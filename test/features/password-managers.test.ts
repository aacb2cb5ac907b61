import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createClient, memoryStorage } from '../../src/client/client.js';
import { createTestApp, type TestApp } from '../support/app.js';
import { Device, passkeySettings } from '../support/passkeys.js';
import { goodPassword as password, newEmail } from '../support/people.js';

// Password managers replace what the browser has for passkeys. This is not in test/client, because the authenticator of the tests does not run
// on Node 26 (its CBOR library reads nothing there).

let test: TestApp;
beforeAll(async () => {
  test = await createTestApp(passkeySettings);
});
afterAll(async () => {
  vi.unstubAllGlobals();
  await test.close();
});

const bytesOf = (text: unknown): ArrayBuffer =>
  Uint8Array.from(Buffer.from(String(text), 'base64url')).buffer;
const textOf = (bytes: unknown): string => Buffer.from(bytes as Uint8Array).toString('base64url');

/** A password manager that takes bytes, and whose credentials have a `toJSON` that throws. */
function installPasswordManager(device: Device): void {
  const idToText = (each: { id: unknown }) => ({ ...each, id: textOf(each.id) });
  type Options = Record<string, unknown> & { user?: { id: unknown }; excludeCredentials?: { id: unknown }[] };
  const asJson = ({ challenge, user, excludeCredentials = [], ...rest }: Options) => ({
    ...rest,
    challenge: textOf(challenge),
    ...(user && { user: idToText(user) }),
    excludeCredentials: excludeCredentials.map(idToText),
  });
  const credentialOf = (json: Record<string, unknown>) => {
    const { transports, ...response } = json['response'] as Record<string, unknown>;
    const fields = Object.entries(response).filter(([, value]) => typeof value === 'string');
    return {
      id: json['id'],
      rawId: bytesOf(json['rawId']),
      type: json['type'],
      response: {
        ...Object.fromEntries(fields.map(([name, value]) => [name, bytesOf(value)])),
        ...(Array.isArray(transports) && { getTransports: () => transports }),
      },
      getClientExtensionResults: () => ({}),
      toJSON: () => {
        throw new TypeError('Illegal invocation');
      },
    };
  };
  vi.stubGlobal('PublicKeyCredential', {});
  vi.stubGlobal('navigator', {
    credentials: {
      create: async ({ publicKey }: { publicKey: Options }) => credentialOf(device.create(asJson(publicKey))),
      get: async ({ publicKey }: { publicKey: Options }) => credentialOf(device.get(asJson(publicKey))),
    },
  });
}

describe('a password manager without a working toJSON', () => {
  it('registers a passkey and signs in with it', async () => {
    installPasswordManager(new Device());
    const client = createClient({ url: `${test.url}/graphql`, storage: memoryStorage() });
    const email = newEmail();
    await client.createAccount({ email, password });
    await client.signIn.withPassword({ email, password });
    expect(await client.passkeys.register('Vault')).toMatchObject({ name: 'Vault' });
    await client.signOut();
    expect(await client.signIn.withPasskey()).toMatchObject({ status: 'signedIn' });
  });
});
