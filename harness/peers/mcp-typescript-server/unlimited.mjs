// Loaded before the example server, which has no options for either: it listens
// on loopback only, and its limits are off. An examination does not fit into 50
// token requests and 20 registrations; mcpAuthRouter turns them off likewise, by
// rateLimit: false.
import {register} from 'node:module';
import {Server} from 'node:net';

const off = 'export const rateLimit = () => (request, response, next) => next()';
register('data:text/javascript,' + encodeURIComponent(`
  export const resolve = (specifier, context, next) => specifier === 'express-rate-limit'
    ? {url: ${JSON.stringify('data:text/javascript,' + encodeURIComponent(off))}, shortCircuit: true}
    : next(specifier, context);
`));

const {listen} = Server.prototype;
Server.prototype.listen = function (port, listening) {
  return listen.call(this, {port, host: '127.0.0.1'}, listening);
};
