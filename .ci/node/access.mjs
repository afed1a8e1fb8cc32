// Tests the access control of a server: node access.mjs BASE_URL open|tokens|anonymous
//
// It sends requests with a session's cookie, with a token, with neither, from pages of other origins, by other names,
// and in frames. The last argument is open for a server without tokens, tokens for one with tokens, and anonymous for
// one with tokens and --anonymous-read. The server must have been started with --allow-origin=http://allowed.test
// --allow-host=named.test. CASUS_TOKEN is a token that may read, if the server has any.
import { createServer } from 'node:http';
import { check, equal, finish, launch } from './checks.mjs';
import { tryForeignPages } from './foreign.mjs';
import { tryExplorer, trySignIn, trySessionPage } from './signin.mjs';

const [address, mode] = process.argv.slice(2);
const hasTokens = mode !== 'open';
const token = process.env.CASUS_TOKEN ?? 'any';
if (!['open', 'tokens', 'anonymous'].includes(mode)) {
  console.error('usage: node access.mjs BASE_URL open|tokens|anonymous');
  process.exit(2);
}
const base = address.replace(/\/+$/, '');
const bearer = hasTokens ? { Authorization: `Bearer ${token}` } : {};

// A server of empty pages for all names that the browser resolves to it.
const elsewhere = createServer((request, response) =>
  response.setHeader('Content-Type', 'text/html').end('<!doctype html><title>Elsewhere</title>'));
await new Promise((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
const { port } = elsewhere.address();
const casus = new URL(base).host;
const names = [
  ['evil.test', `127.0.0.1:${port}`], ['allowed.test', `127.0.0.1:${port}`],
  ['unnamed.test', casus], ['named.test', casus],
];
const browser = await launch(`--host-resolver-rules=${names.map(([name, host]) => `MAP ${name} ${host}`).join(',')}`);

/** The status of a request that a program sends, not a browser. */
async function statusOf(path, headers) {
  const response = await fetch(base + path, { headers });
  await response.arrayBuffer();
  if (response.status === 401) {
    equal('WWW-Authenticate', response.headers.get('www-authenticate')?.split(' ')[0], 'Bearer');
  }
  return response.status;
}

const query = `query=${encodeURIComponent('{ __typename }')}`;
for (const path of [`/graphql?${query}`, '/export/geojson', '/metrics']) {
  const needed = path === '/metrics' ? hasTokens : mode === 'tokens';
  await check(`no token for ${path}`, async () => equal('status', await statusOf(path, {}), needed ? 401 : 200));
  await check(`a token for ${path}`, async () => equal('status', await statusOf(path, bearer), 200));
  await check(`a wrong token for ${path}`, async () =>
    equal('status', await statusOf(path, { Authorization: 'Bearer no-token-of-this-server' }), hasTokens ? 401 : 200));
}
for (const path of ['/explore', '/playground', '/session', '/healthz', '/readyz']) {
  await check(`no token for ${path}`, async () => equal('status', await statusOf(path, { Accept: 'text/html' }), 200));
}

await trySignIn({ browser, base, token, mode });
await tryExplorer({ browser, base, token, mode });
if (hasTokens) await trySessionPage({ browser, base, token });
await tryForeignPages({ browser, base, token, mode, bearer, sameSite: `http://127.0.0.1:${port}` });

await browser.close();
elsewhere.close();
finish(`access, ${mode}`);
