// What the parts of this server have to agree on.
export const issuer = 'http://localhost:4101';
export const api = `${issuer}/api`;
export const resources = new Set([api, `${issuer}/second`]);
export const scopesOfAPI = ['tasks:read', 'tasks:write'];
export const scopes = ['openid', 'offline_access', ...scopesOfAPI];
export const claims = { openid: ['sub'], profile: ['name'], email: ['email', 'email_verified'] };
export const allScopes = [...new Set([...scopes, ...Object.keys(claims)])];
