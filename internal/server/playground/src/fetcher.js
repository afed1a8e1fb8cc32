import { filled, fillQuery, idsOf } from './fill.js';
import { askForToken } from './SignIn.jsx';

// The page is BASE/playground, so both addresses are resolved against BASE/.
const endpoint = new URL('graphql', document.baseURI);
const examplesFile = new URL('playground/examples.json', document.baseURI);

/**
 * Sends one operation to the API. If the session has ended, it asks for a token and sends the operation again. Returns
 * responses with GraphQL errors too; throws only if the response is not JSON.
 */
export async function fetcher(params, options = {}) {
  let response = await send(params, options.headers);
  if (response.status === 401 && !hasToken(options.headers) && (await askForToken({ required: false }))) {
    response = await send(params, options.headers);
  }
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`The server answered ${response.status} ${response.statusText} and no JSON: ${text.slice(0, 500)}`);
  }
}

function send(params, headers) {
  return fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json, application/json;q=0.9',
      ...headers,
    },
    body: JSON.stringify(params),
  });
}

/** Reports whether the reader wrote a token into the headers. It takes precedence over a session. */
function hasToken(headers) {
  return Object.keys(headers ?? {}).some((name) => name.toLowerCase() === 'authorization');
}

/**
 * Returns the server's examples: [{name, title, description, query, variables}], variables as text for the editor, with
 * ids and values of the server's graph.
 */
export async function fetchExamples() {
  const response = await fetch(examplesFile);
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
  const examples = await response.json();
  return fill(examples.map((example) => ({
    ...example,
    variables: example.variables ? JSON.stringify(example.variables, null, 2) : '',
  })));
}

/** Returns the examples with ids and values of the server's graph, or as they are if it does not answer. */
async function fill(examples) {
  try {
    const { data } = await fetcher({ query: fillQuery, variables: { ids: idsOf(examples) } });
    return data ? filled(examples, data) : examples;
  } catch {
    return examples;
  }
}
