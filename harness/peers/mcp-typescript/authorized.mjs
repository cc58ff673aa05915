// The MCP TypeScript SDK's client reaches a protected MCP server: it discovers
// the authorization server, registers, asks a person, exchanges the code, calls
// a tool, and refreshes when its token is refused.
// Usage: node authorized.mjs URL METHOD [TOOL], METHOD is a way to authenticate; prints
// {"open": URL}, reads from standard input where the browser came back to, and
// prints one JSON object at its end.
import {createInterface} from 'node:readline/promises';
import {auth, UnauthorizedError} from '@modelcontextprotocol/sdk/client/auth.js';
import {Client} from '@modelcontextprotocol/sdk/client/index.js';
import {StreamableHTTPClientTransport} from '@modelcontextprotocol/sdk/client/streamableHttp.js';

const server = new URL(process.argv[2]);
const kept = {tokens: []};

// What the SDK asks its user for: a place to keep things, and a browser.
const provider = {
  redirectUrl: 'http://127.0.0.1:8765/callback',
  clientMetadata: {
    client_name: 'TypeScript agent',
    redirect_uris: ['http://127.0.0.1:8765/callback'],
    grant_types: ['authorization_code', 'refresh_token'],
    token_endpoint_auth_method: process.argv[3],
  },
  state: () => 'state-of-the-peer',
  clientInformation: () => kept.client,
  saveClientInformation: (client) => { kept.client = client; },
  tokens: () => kept.tokens.at(-1),
  saveTokens: (tokens) => { kept.tokens.push(tokens); },
  codeVerifier: () => kept.verifier,
  saveCodeVerifier: (verifier) => { kept.verifier = verifier; },
  redirectToAuthorization: (url) => { kept.open = url; },
  saveDiscoveryState: (found) => { kept.discovered = found; },
  discoveryState: () => kept.discovered,
};

const connect = async () => {
  const transport = new StreamableHTTPClientTransport(server, {authProvider: provider});
  const client = new Client({name: 'typescript-peer', version: '1.0.0'});
  try {
    await client.connect(transport);
  } catch (error) {
    return {transport, error};
  }
  return {transport, client};
};
const whoAmI = async (client) => (await client.callTool({name: process.argv[4] ?? 'who_am_i', arguments: {}})).structuredContent;

const first = await connect();
if (!(first.error instanceof UnauthorizedError)) throw first.error ?? new Error('the server let it in without a token');
console.log(JSON.stringify({open: kept.open}));
const browser = createInterface({input: process.stdin});
const returned = new URL((await browser[Symbol.asyncIterator]().next()).value);
browser.close();
const iss = returned.searchParams.get('iss');
await first.transport.finishAuth(returned.searchParams.get('code'));

const second = await connect();
if (second.error) throw second.error;
const who = await whoAmI(second.client);
await second.client.close();

// A token that the server does not take any more: the SDK refreshes on 401.
kept.tokens.push({...kept.tokens.at(-1), access_token: 'over'});
const third = await connect();
if (third.error) throw third.error;
const afterRefresh = await whoAmI(third.client);
await third.client.close();

// The refresh token that was used before is refused.
const rotated = kept.tokens.at(-1);
kept.tokens.push({...kept.tokens[0]});
let again;
try {
  again = await auth(provider, {serverUrl: server});
} catch (error) {
  again = error.errorCode ?? String(error);
}

console.log(JSON.stringify({
  issuer: kept.discovered.authorizationServerMetadata.issuer, iss, state: returned.searchParams.get('state'),
  client: kept.client, who, afterRefresh, tokens: [kept.tokens[0], rotated], again,
}));
