// A link holds the editor's contents, #query=...&variables=..., or names an example, #example=NAME. Browsers do not
// send what follows # to the server, so it may be of any length. Older links have the same after ?.

/** Returns the parameter of a URL's fragment, else of its query, or null. */
function parameter({ search, hash }, name) {
  return new URLSearchParams(hash.slice(1)).get(name) ?? new URLSearchParams(search).get(name);
}

/** Returns the name of the example that the URL names, or null. */
export function exampleInLink(location) {
  return parameter(location, 'example');
}

/** Returns the {query, variables} that the URL holds, or null. */
export function queryInLink(location) {
  const query = parameter(location, 'query');
  return query === null ? null : { query, variables: parameter(location, 'variables') ?? '' };
}

/** Returns the URL of this page with the given editor contents, or of the page alone if the query is empty. */
export function linkTo({ origin, pathname }, { query, variables }) {
  const link = new URL(pathname, origin);
  if (query?.trim()) {
    const parameters = new URLSearchParams({ query });
    if (variables?.trim()) parameters.set('variables', variables);
    link.hash = parameters.toString();
  }
  return link.href;
}
