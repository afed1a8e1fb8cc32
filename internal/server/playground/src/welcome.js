const greeting = `# Welcome to Casus.
# Ctrl-Enter runs a query,
# Ctrl-Space completes it.
`;

/** What a first visit shows: a greeting and the first example, ready to be run. */
export function welcomeFor(examples) {
  const [first] = examples;
  return { query: `${greeting}\n${first?.query ?? '{\n  __typename\n}\n'}`, variables: first?.variables ?? '' };
}

/** Whether this browser has kept no tabs of an earlier visit. */
export function isFirstVisit() {
  try {
    return localStorage.getItem('graphiql:tabState') === null;
  } catch {
    return true; // Storage may be forbidden.
  }
}
