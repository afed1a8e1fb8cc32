import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { parse } from 'graphql';
import { useEffect } from 'react';

/** Returns the sidebar plugin that lists the examples. `problem` is a message to show above them, or null. */
export function examplesPlugin(examples, problem) {
  return { title: 'Examples', icon: ExamplesIcon, content: () => <Examples examples={examples} problem={problem} /> };
}

/** Opens the examples if there is a problem to show, whichever plugin was open before. */
export function RevealExamples({ problem }) {
  const { setVisiblePlugin } = useGraphiQLActions();
  useEffect(() => {
    if (problem) setVisiblePlugin('Examples');
  }, [problem, setVisiblePlugin]);
  return null;
}

function Examples({ examples, problem }) {
  const open = useOpen(examples);
  const current = useGraphiQL(({ tabs, activeTabIndex }) => tabs[activeTabIndex]?.query);
  return (
    <section className="examples" aria-label="Examples">
      <h2>Examples</h2>
      {problem && <p role="alert">{problem}</p>}
      <ul>
        {examples.map((example) => (
          <li key={example.name}>
            <button type="button" data-example={example.name} aria-current={current === example.query || undefined}
              onClick={() => open(example)}>
              <strong dir="auto">{example.title}</strong>
              <span dir="auto">{example.description}</span>
            </button>
          </li>
        ))}
      </ul>
      <footer>
        <a href="playground/THIRD_PARTY_LICENSES.txt" target="_blank" rel="noreferrer">Third-party licences</a>
      </footer>
    </section>
  );
}

/** Returns a function that shows an example: in the tab that has it, else in an unedited tab, else in a new one. */
function useOpen(examples) {
  const { addTab, changeTab, updateActiveTabValues, setOperationName } = useGraphiQLActions();
  const { queryEditor, variableEditor, responseEditor, tabs, defaultQuery } = useGraphiQL((state) => ({
    queryEditor: state.queryEditor,
    variableEditor: state.variableEditor,
    responseEditor: state.responseEditor,
    tabs: state.tabs,
    defaultQuery: state.defaultQuery,
  }));
  const same = (text, other) => (text ?? '').trim() === (other ?? '').trim();
  return (example) => {
    // The editors hold the current text; a tab is updated a moment later.
    const query = queryEditor.getValue();
    const variables = variableEditor.getValue();
    const shown = (tab) => same(tab.query, example.query) && same(tab.variables, example.variables);
    if (shown({ query, variables })) return;

    const untouched = same(query, '') || same(query, defaultQuery) ||
      examples.some((each) => same(query, each.query) && same(variables, each.variables));
    const index = tabs.findIndex(shown);
    if (index >= 0) {
      changeTab(index);
    } else {
      if (!untouched) addTab();
      queryEditor.setValue(example.query);
      variableEditor.setValue(example.variables);
      responseEditor.setValue('');
      updateActiveTabValues({ query: example.query, variables: example.variables, response: null });
    }
    // Otherwise a run right after this would send the name of the previous operation.
    setOperationName(operationName(example.query));
    queryEditor.focus();
  };
}

function operationName(query) {
  try {
    return parse(query).definitions.find(({ kind }) => kind === 'OperationDefinition')?.name?.value ?? null;
  } catch {
    return null; // The server reports the syntax error.
  }
}

function ExamplesIcon() {
  return (
    <svg viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round"
      aria-hidden="true">
      <path d="M2 3.5h.01M2 8h.01M2 12.5h.01M5.5 3.5H14M5.5 8H14M5.5 12.5H14" />
    </svg>
  );
}
