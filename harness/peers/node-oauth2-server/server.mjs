// @node-oauth/oauth2-server under express: a person signs in and allows what a
// client asks for, the token endpoint, and a protected resource.
import {randomUUID} from 'node:crypto';
import OAuth2Server from '@node-oauth/oauth2-server';
import express from 'express';
import {model, signIn} from './model.mjs';

const {Request, Response} = OAuth2Server;
const oauth = new OAuth2Server({
  model,
  allowEmptyState: true,
  authorizationCodeLifetime: 60,
  // Left to the model, which knows who is a public client.
  requireClientAuthentication: {authorization_code: false, refresh_token: false},
});
const sessions = new Map();
const app = express();
app.disable('x-powered-by');
app.use(express.urlencoded({extended: false}));

// decided is what the library makes of a request.
const decided = async (decide) => {
  const response = new Response({});
  try {
    await decide(response);
  } catch (error) {
    response.status = error.code ?? 500;
    response.body = {error: error.name, error_description: error.message};
  }
  return response;
};
const json = async (res, decide) => {
  const {headers, status, body} = await decided(decide);
  res.set(headers).status(status).json(body);
};

const escaped = (text) => String(text).replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
const show = (res, status, content) => res.status(status).set({'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'", 'X-Frame-Options': 'DENY', 'Cache-Control': 'no-store'})
  .send(`<!doctype html><title>node-oauth2-server</title>${content}`);
const form = (action, parameters, rest) => `<form method="post" action="${action}">${
  Object.entries(parameters).flatMap(([name, values]) => [values].flat().map((value) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`)).join('')}${rest}</form>`;
const showSignIn = (res, status, to) => show(res, status, form('/sign-in', {to},
  '<input name="username" autocomplete="username"><input name="password" type="password"><button>Sign in</button>'));
const sessionOf = (req) => sessions.get(/(?:^|; )session=([^;]+)/.exec(req.headers.cookie ?? '')?.[1]);

app.get('/authorize', (req, res) => {
  const session = sessionOf(req);
  if (!session) return showSignIn(res, 200, req.originalUrl);
  const question = randomUUID();
  session.asked.add(question);
  return show(res, 200, form('/authorize', {...req.query, question}, `<p>${escaped(req.query.client_id)} asks for ${escaped(req.query.scope)},
    and goes on at ${escaped(req.query.redirect_uri)}</p><button name="allowed" value="true">Allow</button><button name="allowed" value="false">Deny</button>`));
});
app.post('/sign-in', (req, res) => {
  const user = signIn(req.body.username, req.body.password);
  if (!user) return showSignIn(res, 403, req.body.to);
  const id = randomUUID(), to = String(req.body.to);
  sessions.set(id, {user, asked: new Set()});
  return res.cookie('session', id, {httpOnly: true, sameSite: 'lax'}).redirect(303, to.startsWith('/authorize?') ? to : '/');
});
// Where the library found the client and its redirect URI, an error is in the
// redirect; else it is shown.
app.post('/authorize', async (req, res) => {
  const session = sessionOf(req);
  if (!session?.asked.delete(req.body.question)) return show(res, 403, '<p>Nobody asked that here.</p>');
  const response = await decided((response) => oauth.authorize(new Request(req), response, {authenticateHandler: {handle: () => session.user}}));
  if (response.get('location')) return res.redirect(303, response.get('location'));
  return show(res, response.status, `<p>${escaped(response.body.error_description)}</p>`);
});
app.all('/token', (req, res) => json(res, (response) => oauth.token(new Request(req), response)));

// The protected resource, a path for each scope.
for (const scope of ['read', 'write']) {
  const options = {scope: [scope], addAcceptedScopesHeader: false, addAuthorizedScopesHeader: false};
  app.get('/' + scope, (req, res) => json(res, async (response) => {
    response.body = {user: (await oauth.authenticate(new Request(req), response, options)).user.id};
  }));
}
app.listen(4104, '127.0.0.1', (error) => {
  if (error) throw error;
});
