// A link holds what the editor holds: ?query=...&variables=... . ?example=NAME or #example=NAME names an example instead.

/** The name of the example the address asks for, or null. */
export function exampleInLink({ search, hash }) {
  return new URLSearchParams(hash.slice(1)).get('example') ?? new URLSearchParams(search).get('example');
}

/** The {query, variables} the address carries itself, or null. */
export function queryInLink({ search }) {
  const parameters = new URLSearchParams(search);
  if (!parameters.has('query')) return null;
  return { query: parameters.get('query'), variables: parameters.get('variables') ?? '' };
}

/** The address of this page with the given editor contents; an empty query gives the bare page. */
export function linkTo({ origin, pathname }, { query, variables }) {
  const link = new URL(pathname, origin);
  if (query?.trim()) {
    link.searchParams.set('query', query);
    if (variables?.trim()) link.searchParams.set('variables', variables);
  }
  return link.href;
}
