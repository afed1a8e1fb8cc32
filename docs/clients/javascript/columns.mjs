// All events of a filter in one request: docs/columns.md describes the answer. Needs Node 20, or a browser.
// Usage: node columns.mjs [http://127.0.0.1:8080/graphql]. CASUS_TOKEN holds the token, if the server needs one.
const url = globalThis.process?.argv[2] ?? 'http://127.0.0.1:8080/graphql';
const token = globalThis.process?.env?.CASUS_TOKEN; // a page asks its user instead
const headers = token ? { Authorization: `Bearer ${token}` } : {};

// decode returns the values of a column.
function decode({ values, words, unit, deltas }) {
  let sum = 0;
  return values.map((v) => {
    if (v === null) return null;
    if (Array.isArray(v)) return v.map((i) => words[i]);
    if (words) return words[v];
    if (!unit) return v;
    return unit * (deltas ? (sum += v) : v);
  });
}

const address = new URL('columns?from=2025-12&fields=id,start,status,actors', url);
const answer = await fetch(address, { headers });
if (!answer.ok) throw new Error(await answer.text());
const { events, columns } = await answer.json();
const [ids, starts, statuses, actors] = Object.values(columns).map(decode);
for (let i = 0; i < Math.min(events, 10); i++) {
  const day = starts[i] === null ? 'unknown' : new Date(starts[i]).toISOString().slice(0, 10);
  console.log(day, statuses[i].padEnd(12), ids[i], actors[i].join(' '));
}
console.log(`${ids.length} events`);

// The same request with the tag of the answer: nothing is sent again unless something was written.
const again = await fetch(address, { headers: { ...headers, 'If-None-Match': answer.headers.get('ETag') } });
console.log(again.status === 304 ? 'not modified' : 'changed meanwhile');
