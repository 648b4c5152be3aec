import * as oidc from 'openid-client';
import type { Config } from '#core/server/config.ts';

/** The city's single sign-on (统一身份认证) by OpenID Connect: authorisation code with PKCE, state and nonce. */
export type Issuer = NonNullable<Config['oidc']>;

export interface Departure {
  url: string;
  state: string;
  nonce: string;
  verifier: string;
}

export interface Arrival {
  issuer: string;
  subject: string;
  claims: Readonly<Record<string, unknown>>;
}

/** What discovery said, kept for a while: it is public and the same for everyone. */
const discovered = new Map<string, { at: number; configuration: Promise<oidc.Configuration> }>();
const keptMs = 10 * 60_000;
/** The request's transaction waits for the issuer: not for long. */
const timeoutSeconds = 8;

const isLoopback = (url: URL): boolean => ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);

function configurationOf({ issuer, clientId, clientSecret }: Issuer): Promise<oidc.Configuration> {
  const key = JSON.stringify([issuer, clientId, clientSecret]);
  const before = discovered.get(key);
  if (before && Date.now() - before.at < keptMs) return before.configuration;
  const url = new URL(issuer);
  const configuration = oidc
    .discovery(url, clientId, clientSecret, undefined, {
      timeout: timeoutSeconds,
      // Plain HTTP only towards this very machine.
      execute: url.protocol === 'http:' && isLoopback(url) ? [oidc.allowInsecureRequests] : [],
    })
    .then((found) => {
      // The token comes straight from the issuer, yet its signature is checked too: one more thing an attacker must forge.
      oidc.enableNonRepudiationChecks(found);
      return found;
    });
  discovered.set(key, { at: Date.now(), configuration });
  configuration.catch(() => discovered.delete(key));
  return configuration;
}

export async function depart(issuer: Issuer, redirectUri: string): Promise<Departure> {
  const configuration = await configurationOf(issuer);
  const state = oidc.randomState();
  const nonce = oidc.randomNonce();
  const verifier = oidc.randomPKCECodeVerifier();
  const url = oidc.buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUri,
    scope: 'openid profile',
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
  });
  return { url: url.href, state, nonce, verifier };
}

/** Exchanges the code and checks state, nonce, issuer, audience, time and signature; throws when any of them is wrong. */
export async function arrive(issuer: Issuer, callback: URL, expected: Omit<Departure, 'url'>): Promise<Arrival> {
  const tokens = await oidc.authorizationCodeGrant(await configurationOf(issuer), callback, {
    pkceCodeVerifier: expected.verifier,
    expectedState: expected.state,
    expectedNonce: expected.nonce,
    idTokenExpected: true,
  });
  const claims = tokens.claims()!;
  return { issuer: issuer.issuer, subject: claims.sub, claims };
}
