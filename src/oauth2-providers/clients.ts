import type { Logger } from '../logger.js';
import type { ProviderClient } from './client.js';
import type { IdTokenVerifier } from './id-tokens.js';
import type { IdTokenProvider, IdTokenSettings, ProviderCredentials, ProviderName } from './names.js';

/** Creates a client for each configured provider. Their library is loaded only if there is one. */
export async function createProviderClients(
  configured: Readonly<Partial<Record<ProviderName, ProviderCredentials>>>,
  timeoutSeconds: number | undefined,
  log: Logger,
): Promise<Partial<Record<ProviderName, ProviderClient>>> {
  const clients: Partial<Record<ProviderName, ProviderClient>> = {};
  for (const [name, credentials] of Object.entries(configured) as [ProviderName, ProviderCredentials][]) {
    const { createProviderClient } = await import('./client.js');
    const client = createProviderClient(name, { ...credentials, timeoutSeconds });
    clients[name] = client;
    // The server starts without waiting for the provider.
    void client.check().then((issuer) => {
      if (issuer !== null)
        log.warn(
          { variable: `OAUTH_${name}_ISSUER`, issuer },
          'must be spelled as the provider spells its issuer',
        );
    });
  }
  return clients;
}

/** Creates a verifier for each provider with OAUTH_<PROVIDER>_AUDIENCES. */
export async function createIdTokenVerifiers(
  configured: Readonly<Partial<Record<IdTokenProvider, IdTokenSettings>>>,
  timeoutSeconds: number | undefined,
): Promise<Partial<Record<ProviderName, IdTokenVerifier>>> {
  const verifiers: Partial<Record<ProviderName, IdTokenVerifier>> = {};
  for (const [name, settings] of Object.entries(configured) as [IdTokenProvider, IdTokenSettings][]) {
    const { createIdTokenVerifier } = await import('./id-tokens.js');
    verifiers[name] = createIdTokenVerifier(name, { ...settings, timeoutSeconds });
  }
  return verifiers;
}
