// What @node-oauth/oauth2-server asks of its user: who the clients are, and a
// place to keep codes and tokens. All of it is in memory.
const redirectUris = ['http://127.0.0.1:8765/callback'], withQuery = ['https://app.example.com/callback?tenant=one'];
const scopes = ['read', 'write'];
const owner = {id: 'owner'};

const clients = new Map([
  {id: 'confidential', secret: process.env.PEER_SECRET, grants: ['authorization_code', 'refresh_token', 'client_credentials'], redirectUris, scopes},
  {id: 'second', secret: process.env.PEER_SECOND_SECRET, grants: ['authorization_code', 'refresh_token', 'client_credentials'], redirectUris: withQuery, scopes},
  {id: 'public', grants: ['authorization_code', 'refresh_token'], redirectUris, scopes},
].map((client) => [client.id, client]));
const codes = new Map(), accessTokens = new Map(), refreshTokens = new Map();

// A native application listens at whichever port of the loopback interface is
// free (RFC 8252 section 7.3).
const withoutPort = (uri) => String(uri).replace(/^(http:\/\/(?:127\.0\.0\.1|\[::1\])):\d+/, '$1');

export const model = {
  // The authorization endpoint asks with the secret null, the token endpoint
  // with what the client showed: a public client shows none.
  getClient: (id, secret) => {
    const client = clients.get(id);
    return client && (secret === null || client.secret === secret) ? client : undefined;
  },
  validateRedirectUri: (uri, client) => client.redirectUris.some((registered) => withoutPort(registered) === withoutPort(uri)),
  getUserFromClient: (client) => ({id: client.id}),
  validateScope: (user, client, scope = client.scopes) => scope.every((name) => client.scopes.includes(name)) && scope,
  verifyScope: (token, scope) => scope.every((name) => token.scope.includes(name)),

  saveAuthorizationCode: (code, client, user) => {
    codes.set(code.authorizationCode, {...code, client, user});
    return code;
  },
  getAuthorizationCode: (code) => codes.get(code),
  revokeAuthorizationCode: (code) => codes.delete(code.authorizationCode),

  saveToken: (token, client, user) => {
    const saved = {...token, client, user};
    accessTokens.set(token.accessToken, saved);
    if (token.refreshToken) refreshTokens.set(token.refreshToken, saved);
    return saved;
  },
  getAccessToken: (token) => accessTokens.get(token),
  getRefreshToken: (token) => refreshTokens.get(token),
  revokeToken: (token) => refreshTokens.delete(token.refreshToken),
};

// signIn returns the user with this name and password.
export const signIn = (name, password) => name === owner.id && password === process.env.PEER_PASSWORD ? owner : undefined;
