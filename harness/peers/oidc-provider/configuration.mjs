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

const scopes = ['openid', 'offline_access', ...scopesOfAPI];
const claims = { openid: ['sub'], profile: ['name'], email: ['email', 'email_verified'] };
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
  scope: [...scopes, ...Object.keys(claims)].join(' '),
};
const clients = [
  { ...usual, client_id: 'confidential', client_secret: process.env.PEER_SECRET },
  { ...usual, client_id: 'second', client_secret: process.env.PEER_RESERVED_SECRET },
  { ...usual, client_id: 'public', token_endpoint_auth_method: 'none', grant_types: ['authorization_code', 'refresh_token'] },
  { client_id: 'resource', client_secret: process.env.PEER_RESOURCE_SECRET, redirect_uris: [], response_types: [], grant_types: [] },
];

const clientAuthMethods = ['client_secret_basic', 'client_secret_post', 'client_secret_jwt', 'private_key_jwt', 'none'];
const clientAuthSigningAlgValues = ['HS256', 'RS256', 'PS256', 'ES256', 'EdDSA'];

// knowsOne: a request that names no known scope fails (RFC 6749 section 3.3).
export const knowsOne = (scope = '') => scope.split(' ').some((name) => [...scopes, ...Object.keys(claims)].includes(name));

// fetchAsIfOutside reaches the examiner, which is on this machine, at the name
// that its target file gives it, as through a tunnel. Whatever else is on this
// machine stays out of reach.
const examiner = 'https://examiner.test/';
export function fetchAsIfOutside(address, options) {
  if (!String(address).startsWith(examiner)) return fetch(address, options);
  return fetch(String(address).replace(examiner, 'http://127.0.0.1:8766/'), { ...options, dispatcher: undefined });
}

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
  if (client.client_id.startsWith('https://') && !client.client_name) refuse('a metadata document names its client');
  const uris = [client.redirect_uris].flat().map((uri) => URL.parse(uri)).filter(Boolean); // Others are refused by the provider.
  uris.forEach(checkRedirectURI);
  const hosts = uris.filter(({ protocol }) => protocol === 'https:').map(({ host }) => host);
  for (const name of ['client_uri', 'logo_uri', 'tos_uri', 'policy_uri']) {
    if (client[name] && hosts.length > 0 && !hosts.includes(URL.parse(client[name])?.host)) refuse(`${name} is on another host than the client (RFC 7591 section 5)`);
  }
}

// checkRedirectURI refuses redirect URIs without a path, and schemes of private
// use that are no reversed domain name (RFC 8252 sections 7.1 and 8.4).
function checkRedirectURI({ protocol, pathname }) {
  const web = protocol === 'http:' || protocol === 'https:';
  if (web ? pathname === '/' : !protocol.includes('.')) {
    throw new errors.InvalidRedirectUri('a redirect URI has a path, and a scheme of private use has a period');
  }
}

export const configuration = {
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
