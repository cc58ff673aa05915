// The configuration of the authorization server: all that its documentation
// offers and a deployment of today would have, and each choice the stricter one.
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { errors, interactionPolicy } from 'oidc-provider';
import { allScopes, api, claims, issuer, resources, scopes, scopesOfAPI } from './names.mjs';
import { fetchAsIfOutside } from './outside.mjs';
import { checkAssertion, checkClient, knowsOne } from './rules.mjs';
import { errorPage } from './shell.mjs';
import { Store } from './store.mjs';

const policy = interactionPolicy.base();
policy.add(new interactionPolicy.Prompt({ name: 'select_account', requestable: true }), 0);

const callback = 'http://127.0.0.1:8765/callback';
const signingKeys = [
  { ...generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256' },
  { ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'ES256' },
];

const usual = {
  application_type: 'native',
  redirect_uris: [callback],
  response_types: ['code'],
  grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
  scope: allScopes.join(' '),
};
const clients = [
  { ...usual, client_id: 'confidential', client_secret: process.env.PEER_SECRET },
  { ...usual, client_id: 'second', client_secret: process.env.PEER_RESERVED_SECRET },
  { ...usual, client_id: 'public', token_endpoint_auth_method: 'none', grant_types: ['authorization_code', 'refresh_token'] },
  { client_id: 'resource', client_secret: process.env.PEER_RESOURCE_SECRET, redirect_uris: [], response_types: [], grant_types: [] },
];

const clientAuthMethods = ['client_secret_basic', 'client_secret_post', 'client_secret_jwt', 'private_key_jwt', 'none'];
const clientAuthSigningAlgValues = ['HS256', 'RS256', 'PS256', 'ES256', 'EdDSA'];

export const configuration = {
  adapter: Store,
  clients,
  jwks: { keys: signingKeys },
  // Forms of other sites may begin an authorization request (OpenID Connect Core 3.1.2.1), hence SameSite=None.
  cookies: { keys: [randomBytes(32).toString('hex')], long: { httpOnly: true, sameSite: 'none' }, short: { httpOnly: true, sameSite: 'lax' } },
  scopes,
  claims,
  responseTypes: ['code'],
  enableHttpPostMethods: true,
  pkce: { required: () => true },
  rotateRefreshToken: () => true,
  expiresWithSession: () => false,
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, name: id, email: `${id}@example.com`, email_verified: true }) }),
  interactions: { policy, url: (_, interaction) => `/interaction/${interaction.uid}` },
  renderError: errorPage,
  assertJwtClientAuthClaimsAndHeader: checkAssertion,
  extraClientMetadata: { properties: ['software_id', 'software_version'], validator: checkClient },
  discovery: Object.fromEntries(['introspection', 'revocation'].flatMap((endpoint) => [
    [`${endpoint}_endpoint_auth_methods_supported`, clientAuthMethods.filter((method) => endpoint !== 'introspection' || method !== 'none')],
    [`${endpoint}_endpoint_auth_signing_alg_values_supported`, clientAuthSigningAlgValues],
  ])),
  clientAuthMethods,
  fetch: fetchAsIfOutside,
  enabledJWA: { clientAuthSigningAlgValues },
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    introspection: {
      enabled: true,
      // A token whose client was deleted is inactive (RFC 7592 section 2.3).
      allowedPolicy: async ({ oidc }, client, token) => Boolean(await oidc.provider.Client.find(token.clientId))
        && (client.clientId === 'resource' ? token.aud === api : token.clientId === client.clientId),
    },
    revocation: {
      enabled: true,
      allowedPolicy(_, client, token) {
        if (token.clientId !== client.clientId) throw new errors.InvalidRequest('this token was issued to another client');
        return true;
      },
    },
    registration: { enabled: true, initialAccessToken: process.env.PEER_INITIAL_ACCESS_TOKEN },
    clientIdMetadataDocument: { enabled: true, ack: 'draft-02', cacheDuration: { min: 0, max: 86400 } },
    registrationManagement: { enabled: true },
    resourceIndicators: {
      enabled: true,
      // Of several granted resources a request that names none gets the first.
      defaultResource: ({ oidc }, _, several) => (!several && api) || (oidc.params.resource ? several : several[0]),
      getResourceServerInfo(context, named) {
        const identifier = URL.parse(named).href; // The scheme and the host in lower case.
        if (!resources.has(identifier)) throw new errors.InvalidTarget();
        const { grant_type: grant, scope } = context.oidc.params;
        if (grant === 'client_credentials' && !knowsOne(scope)) throw new errors.InvalidScope('name a scope that there is');
        return { audience: identifier, scope: scopesOfAPI.join(' '), accessTokenTTL: 600, accessTokenFormat: 'opaque' };
      },
      useGrantedResource: (_, source) => !source.scopes.has('openid'),
    },
  },
  ttl: { AccessToken: 600, AuthorizationCode: 60, ClientCredentials: 600, Grant: 86400, IdToken: 600, Interaction: 600, RefreshToken: 86400, Session: 86400 },
};
