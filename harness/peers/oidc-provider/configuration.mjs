// The configuration of the authorization server: all that its documentation
// offers and a deployment of today would have, and each choice the stricter one.
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { errors, interactionPolicy } from 'oidc-provider';
import { errorPage } from './shell.mjs';

export const issuer = 'http://localhost:4101';
export const api = `${issuer}/api`;
export const scopesOfAPI = ['tasks:read', 'tasks:write'];

const policy = interactionPolicy.base();
policy.add(new interactionPolicy.Prompt({ name: 'select_account', requestable: true }), 0);

const resources = new Set([api, `${issuer}/second`]);
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
  scope: ['openid', 'offline_access', ...scopesOfAPI].join(' '),
};
const clients = [
  { ...usual, client_id: 'confidential', client_secret: process.env.PEER_SECRET },
  { ...usual, client_id: 'second', client_secret: process.env.PEER_SECOND_SECRET },
  { ...usual, client_id: 'public', token_endpoint_auth_method: 'none', grant_types: ['authorization_code', 'refresh_token'] },
  { client_id: 'resource', client_secret: process.env.PEER_RESOURCE_SECRET, redirect_uris: [], response_types: [], grant_types: [] },
];

const clientAuthMethods = ['client_secret_basic', 'client_secret_post', 'client_secret_jwt', 'private_key_jwt', 'none'];
const clientAuthSigningAlgValues = ['HS256', 'RS256', 'PS256', 'ES256', 'EdDSA'];

// checkAssertion: a client assertion names the issuer alone as its audience, and
// is no JWT of another kind (OAuth 2.1, RFC 8725 section 3.12).
function checkAssertion(_, claims, header) {
  if (claims.aud !== issuer) throw new errors.InvalidClientAuth('the audience must be the issuer and nothing else');
  if (!['jwt', 'client-authentication+jwt', undefined].includes(header.typ?.toLowerCase())) throw new errors.InvalidClientAuth('this is a JWT of another kind');
}

// checkClient is asked once for each of the additional members.
function checkClient(_, key, __, client) {
  if (key !== 'software_id') return;
  const refuse = (message) => { throw new errors.InvalidClientMetadata(message); };
  if (client.token_endpoint_auth_method === 'none' && client.grant_types.includes('client_credentials')) {
    refuse('client_credentials is for clients that authenticate (RFC 6749 section 4.4)');
  }
  if (client.response_types.includes('code') !== client.grant_types.includes('authorization_code')) {
    refuse('response_types and grant_types do not go together (RFC 7591 section 2.1)');
  }
}

export const configuration = {
  clients,
  jwks: { keys: signingKeys },
  // Forms of other sites may begin an authorization request (OpenID Connect Core 3.1.2.1), hence SameSite=None.
  cookies: { keys: [randomBytes(32).toString('hex')], long: { httpOnly: true, sameSite: 'none' }, short: { httpOnly: true, sameSite: 'lax' } },
  scopes: ['openid', 'offline_access', ...scopesOfAPI],
  claims: { openid: ['sub'], profile: ['name'] },
  responseTypes: ['code'],
  enableHttpPostMethods: true,
  pkce: { required: () => true },
  rotateRefreshToken: () => true,
  issueRefreshToken: (_, client) => client.grantTypeAllowed('refresh_token'),
  expiresWithSession: () => false,
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, name: id }) }),
  interactions: { policy, url: (_, interaction) => `/interaction/${interaction.uid}` },
  renderError: errorPage,
  assertJwtClientAuthClaimsAndHeader: checkAssertion,
  extraClientMetadata: { properties: ['software_id', 'software_version'], validator: checkClient },
  discovery: Object.fromEntries(['introspection', 'revocation'].flatMap((endpoint) => [
    [`${endpoint}_endpoint_auth_methods_supported`, clientAuthMethods.filter((method) => endpoint !== 'introspection' || method !== 'none')],
    [`${endpoint}_endpoint_auth_signing_alg_values_supported`, clientAuthSigningAlgValues],
  ])),
  clientAuthMethods,
  enabledJWA: { clientAuthSigningAlgValues },
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    introspection: {
      enabled: true,
      allowedPolicy: (_, client, token) => client.clientId === 'resource' || token.clientId === client.clientId,
    },
    revocation: { enabled: true },
    registration: { enabled: true },
    registrationManagement: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: (_, __, oneOf) => oneOf ?? api,
      getResourceServerInfo(context, identifier) {
        if (!resources.has(identifier)) throw new errors.InvalidTarget();
        if (context.oidc.params.grant_type === 'client_credentials' && !context.oidc.params.scope) {
          throw new errors.InvalidScope('there is no default scope'); // RFC 6749 section 3.3
        }
        return { audience: identifier, scope: scopesOfAPI.join(' '), accessTokenTTL: 600, accessTokenFormat: 'opaque' };
      },
      useGrantedResource: (_, source) => !source.scopes.has('openid'),
    },
  },
  ttl: { AccessToken: 600, AuthorizationCode: 60, ClientCredentials: 600, Grant: 86400, IdToken: 600, Interaction: 600, RefreshToken: 86400, Session: 86400 },
};
