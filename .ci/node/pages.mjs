// Pages in a browser of the checks: what they complain of fails the check that runs.
import { createServer } from 'node:http';
import { fault } from './checks.mjs';

/** Opens an address. `allowed` are statuses from 400 on that are no fault. */
export async function openPage(context, address, { allowed = [] } = {}) {
  const page = await context.newPage();
  page.on('console', (message) => {
    const expected = allowed.some((status) => message.text().includes(`status of ${status}`));
    if (message.type() === 'error' && !expected) fault(`on the console: ${message.text()}`);
  });
  page.on('pageerror', (error) => fault(`in the page: ${error.stack || error}`));
  page.on('response', (response) => {
    const status = response.status();
    if (status >= 400 && !allowed.includes(status)) fault(`${status} for ${response.url()}`);
  });
  await page.goto(address);
  return page;
}

/** Lets a context use no other origin than one of those. */
export async function keepTo(context, ...origins) {
  await context.route('**/*', (route) => {
    const { origin, protocol, href } = new URL(route.request().url());
    if (origins.includes(origin) || protocol === 'data:' || protocol === 'blob:') return route.continue();
    fault(`a request to another origin: ${href}`);
    return route.abort();
  });
}

/** Starts a server of one page after another: `write` returns the page. It returns its port, and closes by `close`. */
export async function startPages(write) {
  const server = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8').end(write());
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: server.address().port, close: () => server.close() };
}
