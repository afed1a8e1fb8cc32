// A link holds the editor's contents, ?query=...&variables=..., or names an example, ?example=NAME or #example=NAME.

/** Returns the name of the example that the URL names, or null. */
export function exampleInLink({ search, hash }) {
  return new URLSearchParams(hash.slice(1)).get('example') ?? new URLSearchParams(search).get('example');
}

/** Returns the {query, variables} that the URL holds, or null. */
export function queryInLink({ search }) {
  const parameters = new URLSearchParams(search);
  if (!parameters.has('query')) return null;
  return { query: parameters.get('query'), variables: parameters.get('variables') ?? '' };
}

/** Returns the URL of this page with the given editor contents, or of the page alone if the query is empty. */
export function linkTo({ origin, pathname }, { query, variables }) {
  const link = new URL(pathname, origin);
  if (query?.trim()) {
    link.searchParams.set('query', query);
    if (variables?.trim()) link.searchParams.set('variables', variables);
  }
  return link.href;
}
