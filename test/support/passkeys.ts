import {
  AuthenticatorEmulator,
  PasskeysCredentialsMemoryRepository,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  WebAuthnEmulator,
} from 'nid-webauthn-emulator';
import {
  CreatePasskeyDocument,
  CreatePasskeyRegistrationDocument,
  CreatePasskeySessionDocument,
  CreatePasskeySignInDocument,
} from '../../src/client/documents.js';
import type { TestApp } from './app.js';
import type { Client } from './client.js';
import { codeOf, dataOf } from './expect.js';

type Json = Record<string, unknown>;

/** Where the passkeys of these tests belong. */
export const passkeySettings = {
  PASSKEY_RP_ID: 'shop.test',
  PASSKEY_ORIGINS: 'https://app.shop.test,https://shop.test',
};
const home = 'https://app.shop.test';

/** A browser with passkeys, emulated. */
export class Device {
  readonly #emulator: WebAuthnEmulator;

  /** @param unlocks Whether its holder unlocks it, by a finger or a code. */
  constructor(public unlocks = true) {
    const interaction = () => ({ options: { uv: this.unlocks, up: true } });
    this.#emulator = new WebAuthnEmulator(
      new AuthenticatorEmulator({
        credentialsRepository: new PasskeysCredentialsMemoryRepository(),
        userMakeCredentialInteraction: interaction,
        userGetAssertionInteraction: interaction,
      }),
    );
  }

  create(options: object, origin = home): Json {
    return this.#emulator.createJSON(
      origin,
      options as unknown as PublicKeyCredentialCreationOptionsJSON,
    ) as unknown as Json;
  }

  get(options: object, origin = home): Json {
    return this.#emulator.getJSON(
      origin,
      options as unknown as PublicKeyCredentialRequestOptionsJSON,
    ) as unknown as Json;
  }
}

/** Adds a passkey of a device to the client's account. */
export async function addPasskey(client: Client, device: Device, name?: string) {
  const { createPasskeyRegistration: ceremony } = dataOf(await client.run(CreatePasskeyRegistrationDocument));
  const credential = device.create(ceremony.options);
  const answer = await client.run(CreatePasskeyDocument, {
    ceremonyId: ceremony.id,
    credential,
    ...(name && { name }),
  });
  return dataOf(answer).createPasskey;
}

/** Begins a sign-in and has the device answer it. */
export async function passkeyAnswer(
  client: Client,
  device: Device,
): Promise<{ ceremonyId: string; credential: Json }> {
  const { createPasskeySignIn: ceremony } = dataOf(await client.run(CreatePasskeySignInDocument));
  return { ceremonyId: ceremony.id, credential: device.get(ceremony.options) };
}

/** The code of the answer to a sign-in by a device's passkey. */
export const signInByPasskey = async (test: TestApp, device: Device) =>
  codeOf(await test.client().run(CreatePasskeySessionDocument, await passkeyAnswer(test.client(), device)));
