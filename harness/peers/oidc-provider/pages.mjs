// The pages on which the resource owner signs in and decides.
import { timingSafeEqual, createHash } from 'node:crypto';
import { errors } from 'oidc-provider';
import { issuer } from './names.mjs';
import { fetchAsIfOutside } from './outside.mjs';
import { knowsOne } from './rules.mjs';
import { escape, headers, page } from './shell.mjs';

const username = 'resource-owner';
const allowedGuesses = 20; // In a row, before everybody has to wait a minute.
const hash = (text) => createHash('sha256').update(text).digest();
const expected = hash(process.env.PEER_PASSWORD);
let guesses = 0;
let waitsUntil = 0;

// pages answers what is below /interaction/, and tells whether it did.
export function pages(provider) {
  return async (request, response) => {
    const { pathname } = new URL(request.url, issuer);
    if (!pathname.startsWith('/interaction/')) return false;
    try {
      const interaction = await provider.interactionDetails(request, response);
      if (pathname !== `/interaction/${interaction.uid}`) throw new errors.SessionNotFound('another interaction');
      if (request.method === 'GET') await show(provider, interaction, response);
      else if (request.method === 'POST') await decide(provider, interaction, request, response);
      else send(response, 405, 'That did not work', '<p>Pages are read and forms are sent.</p>');
    } catch (error) {
      if (!(error instanceof errors.SessionNotFound)) throw error;
      send(response, 400, 'That did not work', '<p>This page belongs to another session, or is over. Go back to the application and begin again.</p>');
    }
    return true;
  };
}

// logo is a picture that the server has fetched itself, so that the browser
// goes nowhere for it.
const logos = new Map();
async function logo(address) {
  if (!address?.startsWith('https://')) return '';
  if (!logos.has(address)) {
    const answer = await fetchAsIfOutside(address, { signal: AbortSignal.timeout(2500) }).catch(() => undefined);
    const type = answer?.headers.get('Content-Type');
    if (!answer?.ok || type !== 'image/png') return '';
    logos.set(address, `<p><img alt="" src="data:image/png;base64,${Buffer.from(await answer.arrayBuffer()).toString('base64')}"></p>\n`);
  }
  return logos.get(address);
}

// of tells whose document describes a client.
const of = ({ clientId }) => (clientId.startsWith('https://') ? ` of ${escape(new URL(clientId).host)}` : '');

const signsIn = ({ prompt }) => prompt.name === 'login' || prompt.name === 'select_account';

async function show(provider, interaction, response) {
  if (signsIn(interaction)) return signIn(response, 200, '');
  if (!knowsOne(interaction.params.scope)) {
    return send(response, 200, 'Nothing to allow', `<p>The application asks for nothing that there is.</p>
<form method="post"><p><button>Continue to the application</button></p></form>`);
  }
  const client = await provider.Client.find(interaction.params.client_id);
  const choices = requested(interaction).map(({ scope }) => `<p><label><input type="checkbox" name="scope" value="${escape(scope)}" checked> ${escape(scope)}</label></p>`);
  const where = new URL(interaction.params.redirect_uri);
  const links = [['Its home page', client.clientUri], ['Its terms of service', client.tosUri], ['Its privacy policy', client.policyUri]]
    .filter(([, address]) => address).map(([text, address]) => `<p><a href="${escape(address)}" rel="noreferrer">${text}</a></p>`);
  return send(response, 200, 'Allow access?', `${await logo(client.logoUri)}<p><strong>${escape(client.clientName ?? client.clientId)}</strong>${of(client)} wants access, and you come back to ${escape(where.host || where.protocol)}.</p>
<p>Beware: nobody has verified what this client says of itself${where.protocol === 'https:' ? '' : ', and it may be any program on this computer'}. Allow it only if you began this yourself.</p>
${links.join('\n')}
<form method="post">
${choices.join('\n')}
<p><button name="decision" value="allow">Allow</button> <button name="decision" value="deny">Deny</button></p>
</form>`);
}

async function decide(provider, interaction, request, response) {
  const form = await formOf(request);
  if (request.headers.origin && request.headers.origin !== issuer) {
    return send(response, 403, 'That did not work', '<p>The form was sent by another site.</p>');
  }
  if (signsIn(interaction)) {
    if (!knows(form)) return signIn(response, 401, '<p>The name or the password is wrong.</p>');
    return provider.interactionFinished(request, response, { login: { accountId: username }, [interaction.prompt.name]: { accountId: username } }, { mergeWithLastSubmission: false });
  }
  if (!knowsOne(interaction.params.scope)) {
    return provider.interactionFinished(request, response, { error: 'invalid_scope', error_description: 'name a scope that there is' }, { mergeWithLastSubmission: false });
  }
  if (form.get('decision') !== 'allow') {
    return provider.interactionFinished(request, response, { error: 'access_denied', error_description: 'the resource owner denied the request' }, { mergeWithLastSubmission: false });
  }
  const grantId = await granted(provider, interaction, new Set(form.getAll('scope')));
  return provider.interactionFinished(request, response, { consent: { grantId } }, { mergeWithLastSubmission: true });
}

function knows(form) {
  const right = form.get('username') === username && timingSafeEqual(hash(form.get('password') ?? ''), expected);
  if (Date.now() < waitsUntil) return false;
  guesses = right ? 0 : guesses + 1;
  if (guesses >= allowedGuesses) [guesses, waitsUntil] = [0, Date.now() + 60_000];
  return right;
}

// requested are the scopes of resources that the resource owner has not decided
// on yet.
function requested({ prompt: { details } }) {
  return Object.entries(details.missingResourceScopes ?? {}).flatMap(([resource, scopes]) => scopes.map((scope) => ({ resource, scope })));
}

async function granted(provider, interaction, ticked) {
  const { grantId, session, params, prompt: { details } } = interaction;
  const grant = (grantId && await provider.Grant.find(grantId)) || new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
  grant.addOIDCScope((details.missingOIDCScope ?? []).join(' '));
  grant.addOIDCClaims(details.missingOIDCClaims ?? []);
  for (const { resource, scope } of requested(interaction)) {
    if (ticked.has(scope)) grant.addResourceScope(resource, scope);
    else grant.rejectResourceScope(resource, scope);
  }
  return grant.save();
}

async function formOf(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return new URLSearchParams(Buffer.concat(parts).toString());
}

function signIn(response, status, message) {
  send(response, status, 'Sign in', `${message}
<form method="post">
<p><label>Name <input name="username" autocomplete="username" required></label></p>
<p><label>Password <input type="password" name="password" autocomplete="current-password" required></label></p>
<p><button>Sign in</button></p>
</form>`);
}

function send(response, status, title, body) {
  response.writeHead(status, headers).end(page(title, body));
}
