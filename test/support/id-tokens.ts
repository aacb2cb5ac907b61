import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

/** An OpenID provider on loopback that signs ID tokens with keys which it publishes. */
export interface TokenProvider {
  readonly issuer: string;
  /** Loads of the keys so far. */
  readonly loads: { count: number };
  /** The status of all responses. */
  readonly state: { status: number };
  /** Replaces the key by a new one. */
  rotate(): Promise<void>;
  sign(
    claims: JWTPayload,
    options?: { alg?: string; kid?: string; key?: CryptoKey | Uint8Array },
  ): Promise<string>;
  close(): Promise<void>;
}

export async function startTokenProvider(): Promise<TokenProvider> {
  const loads = { count: 0 };
  const state = { status: 200 };
  let key = { kid: '', privateKey: null as unknown as CryptoKey, jwk: {} as object };
  let count = 0;
  const rotate = async () => {
    const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
    count += 1;
    const kid = `key-${count}`;
    key = { kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' } };
  };
  await rotate();
  const server = createServer(({ url }, response) => {
    const isKeys = url === '/keys';
    if (isKeys) loads.count += 1;
    const body = isKeys ? { keys: [key.jwk] } : { issuer, jwks_uri: `${issuer}/keys` };
    response.writeHead(state.status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    issuer,
    loads,
    state,
    rotate,
    sign: (claims, { alg = 'RS256', kid = key.kid, key: signer = key.privateKey } = {}) =>
      new SignJWT(claims).setProtectedHeader({ alg, kid }).sign(signer),
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}
