// What specifications demand and the provider leaves to its hooks.
import { errors } from 'oidc-provider';
import { allScopes, issuer } from './names.mjs';

// knowsOne: a request that names no known scope fails (RFC 6749 section 3.3).
export const knowsOne = (scope = '') => scope.split(' ').some((name) => allScopes.includes(name));

// checkAssertion: a client assertion names the issuer alone as its audience, and
// is no JWT of another kind (OAuth 2.1, RFC 8725 section 3.12).
export function checkAssertion(_, claims, header) {
  if (claims.aud !== issuer) throw new errors.InvalidClientAuth('the audience must be the issuer and nothing else');
  if (!['jwt', 'client-authentication+jwt', undefined].includes(header.typ?.toLowerCase())) throw new errors.InvalidClientAuth('this is a JWT of another kind');
}

// checkClient is asked once for each of the additional members.
export function checkClient(_, key, __, client) {
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
