// A real authorization server, configured as strictly as it can be, with sign-in
// and consent pages of its own and a small protected resource beside it.
import { createServer } from 'node:http';
import Provider from 'oidc-provider';
import { configuration, issuer } from './configuration.mjs';
import { pages } from './pages.mjs';
import { resource } from './resource.mjs';

const provider = new Provider(issuer, configuration);
const ours = [pages(provider), resource(provider)];

createServer(async (request, response) => {
  for (const handle of ours) {
    if (await handle(request, response)) return;
  }
  provider.callback()(request, response);
}).listen(Number(new URL(issuer).port), '127.0.0.1', () => console.error(`oidc-provider is at ${issuer}`));
