// openid-client signs a person in: discovery, registration of a client with a
// key, code flow with PKCE and nonce, an ID token that the library validates
// with its signature, userinfo, refresh, introspection, revocation.
// Usage: node client.mjs ISSUER RESOURCE; prints {"open": URL}, reads from
// standard input where the browser came back to, and prints one JSON object at
// its end.
import {createInterface} from 'node:readline/promises';
import * as oidc from 'openid-client';

const [issuer, resource] = process.argv.slice(2);
const redirect_uri = 'http://127.0.0.1:8765/callback';

const {privateKey, publicKey} = await crypto.subtle.generateKey({name: 'ECDSA', namedCurve: 'P-256'}, true, ['sign', 'verify']);
const jwk = {...await crypto.subtle.exportKey('jwk', publicKey), kid: 'peer', use: 'sig', alg: 'ES256'};
const config = await oidc.dynamicClientRegistration(
  new URL(issuer),
  {
    client_name: 'Web application', redirect_uris: [redirect_uri], grant_types: ['authorization_code', 'refresh_token'],
    token_endpoint_auth_method: 'private_key_jwt', jwks: {keys: [jwk]}, id_token_signed_response_alg: 'RS256',
  },
  oidc.PrivateKeyJwt({key: privateKey, kid: 'peer'}),
  {execute: [oidc.allowInsecureRequests, oidc.enableNonRepudiationChecks]},
);

const pkceCodeVerifier = oidc.randomPKCECodeVerifier();
const expectedState = oidc.randomState();
const expectedNonce = oidc.randomNonce();
const url = oidc.buildAuthorizationUrl(config, {
  redirect_uri, scope: 'openid profile email offline_access tasks:read', state: expectedState, nonce: expectedNonce, max_age: '3600',
  code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier), code_challenge_method: 'S256',
});
console.log(JSON.stringify({open: url.href}));
const browser = createInterface({input: process.stdin});
const returned = new URL((await browser[Symbol.asyncIterator]().next()).value);
browser.close();

const checks = {pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true, maxAge: 3600};
const issued = await oidc.authorizationCodeGrant(config, returned, checks);
const claims = issued.claims();
const user = await oidc.fetchUserInfo(config, issued.access_token, claims.sub);
const refreshed = await oidc.refreshTokenGrant(config, issued.refresh_token);
const tasks = await oidc.fetchProtectedResource(config, refreshed.access_token, new URL('/api/tasks', resource), 'GET');
const active = await oidc.tokenIntrospection(config, refreshed.access_token);
await oidc.tokenRevocation(config, refreshed.refresh_token);

const refused = async (request) => request.then(() => 'nothing refused', (error) => error.error ?? String(error));
console.log(JSON.stringify({
  server: config.serverMetadata().issuer, client: config.clientMetadata().client_id,
  claims, user, refreshedClaims: refreshed.claims() ?? null, rotated: refreshed.refresh_token !== issued.refresh_token,
  tasks: tasks.status, active: active.active, activeClient: active.client_id,
  revoked: await refused(oidc.refreshTokenGrant(config, refreshed.refresh_token)),
  reused: await refused(oidc.authorizationCodeGrant(config, returned, checks)),
  inactive: (await oidc.tokenIntrospection(config, refreshed.access_token)).active,
}));
