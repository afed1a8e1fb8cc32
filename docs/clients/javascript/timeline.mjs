// A timeline with nothing but fetch: Node 20, Deno, a browser; in Observable paste the functions into a cell.
// Usage: node timeline.mjs [http://127.0.0.1:8080/graphql]. CASUS_TOKEN holds the token, if the server needs one.
const url = globalThis.process?.argv[2] ?? 'http://127.0.0.1:8080/graphql';
const token = globalThis.process?.env?.CASUS_TOKEN; // a page asks its user instead
const authorization = token ? { Authorization: `Bearer ${token}` } : {};

async function ask(query, variables) {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      Accept: 'application/graphql-response+json, application/json;q=0.9',
      ...authorization,
    },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(errors.map((e) => `${e.extensions?.code}: ${e.message}`).join('\n'));
  return data;
}

async function* events(filter) {
  for (let after = null; ;) {
    const { timeline } = await ask(
      `query Timeline($filter: EventFilter, $after: String) {
        timeline(filter: $filter, first: 100, after: $after) {
          nodes { id title(language: "en") category status time { edtf earliest } }
          pageInfo { hasNextPage endCursor }
        }
      }`,
      { filter, after },
    );
    yield* timeline.nodes;
    if (!timeline.pageInfo.hasNextPage) return;
    after = timeline.pageInfo.endCursor;
  }
}

const all = [];
for await (const e of events({ time: { from: '2025-12' } })) all.push(e);
for (const e of all.slice(0, 10)) console.log(e.time.edtf.padEnd(28), e.status.padEnd(12), e.title);
console.log(`${all.length} events`);

// A map is one request: GeoJSON that Leaflet, Observable Plot or D3 draw as it is.
const map = await (await fetch(new URL('export/geojson?from=2025-12', url), { headers: authorization })).json();
console.log(`${map.features.length} features`);
