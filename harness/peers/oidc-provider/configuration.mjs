// The configuration of the authorization server: all that its documentation
// offers and a deployment of today would have, and each choice the stricter one.
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { errors } from 'oidc-provider';
import { errorPage } from './shell.mjs';

export const issuer = 'http://localhost:4101';
export const api = `${issuer}/api`;
export const scopesOfAPI = ['tasks:read', 'tasks:write'];

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

export const configuration = {
  clients,
  jwks: { keys: signingKeys },
  // Forms of other sites may begin an authorization request (OpenID Connect Core 3.1.2.1), hence SameSite=None.
  cookies: { keys: [randomBytes(32).toString('hex')], long: { httpOnly: true, sameSite: 'none' }, short: { httpOnly: true, sameSite: 'lax' } },
  scopes: ['openid', 'offline_access', ...scopesOfAPI],
  claims: { openid: ['sub'], profile: ['name'] },
  responseTypes: ['code'],
  allowOmittingSingleRegisteredRedirectUri: false,
  enableHttpPostMethods: true,
  pkce: { required: () => true },
  rotateRefreshToken: () => true,
  issueRefreshToken: (_, client) => client.grantTypeAllowed('refresh_token'),
  expiresWithSession: () => false,
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, name: id }) }),
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  renderError: errorPage,
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
      getResourceServerInfo(_, identifier) {
        if (!resources.has(identifier)) throw new errors.InvalidTarget();
        return { audience: identifier, scope: scopesOfAPI.join(' '), accessTokenTTL: 600, accessTokenFormat: 'opaque' };
      },
      useGrantedResource: (_, source) => !source.scopes.has('openid'),
    },
  },
  ttl: { AccessToken: 600, AuthorizationCode: 60, ClientCredentials: 600, Grant: 86400, IdToken: 600, Interaction: 600, RefreshToken: 86400, Session: 86400 },
};
