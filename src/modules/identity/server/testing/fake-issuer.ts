import { createHash, createSign, generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Asked {
  nonce: string;
  challenge: string;
  claims: Record<string, unknown>;
}

/** A tiny OpenID Connect issuer on loopback: it believes whoever the test says is there, and checks PKCE like a real one. */
export async function fakeIssuer() {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const forged = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const codes = new Map<string, Asked>();
  const faults = { forgeSignature: false, audience: 'guatu', nonce: undefined as string | undefined };
  let url = '';

  const idToken = ({ nonce, claims }: Asked): string => {
    const now = Math.floor(Date.now() / 1000);
    const payload = {
      iss: url,
      aud: faults.audience,
      iat: now,
      exp: now + 300,
      nonce: faults.nonce ?? nonce,
      ...claims,
    };
    const encoded = [{ alg: 'RS256', kid: 'one', typ: 'JWT' }, payload]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    const signature = createSign('RSA-SHA256')
      .update(encoded)
      .sign(faults.forgeSignature ? forged : privateKey)
      .toString('base64url');
    return `${encoded}.${signature}`;
  };

  const server = createServer(async (request, response) => {
    const answer = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (request.url === '/.well-known/openid-configuration')
      return answer(200, {
        issuer: url,
        authorization_endpoint: `${url}/authorize`,
        token_endpoint: `${url}/token`,
        jwks_uri: `${url}/jwks`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
      });
    if (request.url === '/jwks')
      return answer(200, { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' }] });
    if (request.url !== '/token') return answer(404, {});
    let body = '';
    for await (const chunk of request) body += chunk;
    const form = new URLSearchParams(body);
    const asked = codes.get(form.get('code') ?? '');
    codes.delete(form.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (!asked || asked.challenge !== challenge) return answer(400, { error: 'invalid_grant' });
    return answer(200, { access_token: randomUUID(), token_type: 'bearer', id_token: idToken(asked) });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url,
    faults,
    /** The person at the issuer's own page signs in there; answers the query with which the browser comes back. */
    authorize(address: string, claims: { sub: string } & Record<string, unknown>): string {
      const asked = new URL(address).searchParams;
      const code = randomUUID();
      codes.set(code, { nonce: asked.get('nonce')!, challenge: asked.get('code_challenge')!, claims });
      return `?${new URLSearchParams({ code, state: asked.get('state')! })}`;
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
