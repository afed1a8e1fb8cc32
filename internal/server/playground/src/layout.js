import { parse, print } from 'graphql';

/** Returns {query, variables} on lines of their own if they are on one line, as programs write them. */
export function layOut({ query, variables }) {
  return {
    query: oneLine(query) ? printed(query) : query,
    variables: oneLine(variables) ? indented(variables) : variables,
  };
}

const oneLine = (text) => !text.trim().includes('\n');

function printed(query) {
  try {
    return `${print(parse(query))}\n`;
  } catch {
    return query; // The server reports the syntax error.
  }
}

function indented(json) {
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    return json;
  }
}
