// Runs the audits of the GraphQL over HTTP specification against an endpoint (the server audits of npm's graphql-http).
// Usage: node audits.mjs URL. An audit that ends in an error or a warning fails; a notice is printed and allowed.
import { serverAudits } from 'graphql-http';

const [url] = process.argv.slice(2);
if (!url) {
  console.error('usage: node audits.mjs URL');
  process.exit(2);
}

const counts = { ok: 0, notice: 0, warn: 0, error: 0 };
for (const audit of serverAudits({ url })) {
  const result = await audit.fn();
  counts[result.status] += 1;
  if (result.status !== 'ok') {
    console.log(`${result.status}: ${audit.id} ${audit.name}: ${result.reason}`);
  }
}
console.log(`${url}: ${counts.ok} ok, ${counts.notice} notices, ${counts.warn} warnings, ${counts.error} errors`);
process.exitCode = counts.warn + counts.error > 0 || counts.ok === 0 ? 1 : 0;
