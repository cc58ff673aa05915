// The protected resource: a list of tasks that is read with a token for it.
import { api, issuer, scopesOfAPI } from './names.mjs';

const metadata = `${issuer}/.well-known/oauth-protected-resource/api`;

// resource answers what is below /api/ and its metadata, and tells whether it
// did.
export function resource(provider) {
  return async (request, response) => {
    const { pathname, searchParams } = new URL(request.url, issuer);
    if (pathname === new URL(metadata).pathname) {
      json(response, 200, { resource: api, authorization_servers: [issuer], scopes_supported: scopesOfAPI, bearer_methods_supported: ['header'], resource_name: 'Tasks' });
      return true;
    }
    if (pathname !== '/api/tasks') return false;
    if (searchParams.has('access_token')) return challenge(response, 400, 'invalid_request');
    const credentials = request.headers.authorization;
    if (!credentials || request.headersDistinct.authorization.length > 1) return challenge(response, credentials ? 400 : 401, credentials ? 'invalid_request' : undefined);
    const [, token] = /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i.exec(credentials) ?? [];
    if (!token) return challenge(response, /^Bearer\b/i.test(credentials) ? 400 : 401, /^Bearer\b/i.test(credentials) ? 'invalid_request' : undefined);
    const found = await provider.AccessToken.find(token) ?? await provider.ClientCredentials.find(token);
    if (!found || found.aud !== api) return challenge(response, 401, 'invalid_token');
    const needed = request.method === 'GET' ? 'tasks:read' : 'tasks:write';
    if (!found.scopes.has(needed)) return challenge(response, 403, 'insufficient_scope', needed);
    json(response, 200, { tasks: [{ id: 'task-1', title: 'Read the specification' }], total: 1 });
    return true;
  };
}

function challenge(response, status, error, scope) {
  const members = [`resource_metadata="${metadata}"`, error && `error="${error}"`, scope && `scope="${scope}"`].filter(Boolean);
  json(response, status, error ? { error } : {}, { 'WWW-Authenticate': `Bearer ${members.join(', ')}` });
  return true;
}

function json(response, status, body, more = {}) {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store', ...more }).end(JSON.stringify(body));
}
