// A real authorization server, configured as strictly as it can be, with sign-in
// and consent pages of its own and a small protected resource beside it.
import { createServer } from 'node:http';
import Provider from 'oidc-provider';
import { configuration } from './configuration.mjs';
import { issuer } from './names.mjs';
import { pages } from './pages.mjs';
import { resource } from './resource.mjs';

const provider = new Provider(issuer, configuration);
const ours = [pages(provider), resource(provider)];

async function answer(request, response) {
  for (const handle of ours) {
    if (await handle(request, response)) return;
  }
  provider.callback()(request, response);
}

createServer((request, response) => answer(request, response).catch((error) => {
  console.error(error);
  response.writeHead(500).end();
})).listen(Number(new URL(issuer).port), '127.0.0.1', () => console.error(`oidc-provider is at ${issuer}`));
