import { useGraphiQL } from '@graphiql/react';
import { useEffect } from 'react';
import { linkTo } from './link.js';

const quietMilliseconds = 300;

/** Mirrors the active tab's query and variables in the URL, unless they are the unedited welcome query. */
export function LinkMirror({ welcome }) {
  const { query, variables } = useGraphiQL((state) => {
    const tab = state.tabs[state.activeTabIndex];
    return { query: tab?.query, variables: tab?.variables };
  });
  useEffect(() => {
    const untouched = query === welcome.query && (variables ?? '') === welcome.variables;
    const timer = setTimeout(() => {
      history.replaceState(null, '', linkTo(location, untouched ? {} : { query, variables }));
    }, quietMilliseconds);
    return () => clearTimeout(timer);
  }, [query, variables, welcome]);
  return null;
}
