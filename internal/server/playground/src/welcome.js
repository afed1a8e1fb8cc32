const greeting = `# Welcome to Casus.
# Ctrl-Enter runs a query,
# Ctrl-Space completes it.
`;

/** Returns the contents of a first visit: a greeting and the first example, ready to run. */
export function welcomeFor(examples) {
  const [first] = examples;
  return { query: `${greeting}\n${first?.query ?? '{\n  __typename\n}\n'}`, variables: first?.variables ?? '' };
}

/** Reports whether this browser has no tabs stored from an earlier visit. */
export function isFirstVisit() {
  try {
    return localStorage.getItem('graphiql:tabState') === null;
  } catch {
    return true; // Storage may be disabled.
  }
}

/** Returns the contents of the last open tab, or null. GraphiQL itself restores its query without its variables. */
export function lastTab() {
  try {
    const { tabs, activeTabIndex } = JSON.parse(localStorage.getItem('graphiql:tabState'));
    const { query, variables } = tabs[activeTabIndex];
    return { query: query ?? '', variables: variables ?? '' };
  } catch {
    return null;
  }
}
