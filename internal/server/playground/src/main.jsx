import './workers.js';
import './styles.css';
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import { createRoot } from 'react-dom/client';
import { Answer } from './Answer.jsx';
import { CopyLink } from './CopyLink.jsx';
import { TuneEditors } from './editors.jsx';
import { examplesPlugin, RevealExamples } from './examples.jsx';
import { fetchExamples, fetcher } from './fetcher.js';
import { layOut } from './layout.js';
import { exampleInLink, queryInLink } from './link.js';
import { LinkMirror } from './LinkMirror.jsx';
import { currentSession } from './session.js';
import { askForToken } from './SignIn.jsx';
import { SignOut } from './SignOut.jsx';
import { isFirstVisit, lastTab, welcomeFor } from './welcome.js';

let session = await currentSession();
if (!session) {
  await askForToken({ required: true });
  session = await currentSession();
}

let examples = [];
let problem = null;
try {
  examples = await fetchExamples();
} catch (error) {
  problem = `The examples could not be fetched: ${error.message}`;
}

const name = exampleInLink(location);
const example = examples.find((each) => each.name === name);
if (name && !example && !problem) problem = `There is no example called “${name}”.`;

const firstVisit = isFirstVisit();
const welcome = welcomeFor(examples);
const linked = queryInLink(location);
const asked = example ?? (linked && layOut(linked)) ?? (firstVisit ? welcome : lastTab());
const listOfExamples = examplesPlugin(examples, problem);

// Another link on this page changes only the fragment, which does not reload the page.
addEventListener('hashchange', () => (exampleInLink(location) || queryInLink(location)) && location.reload());

createRoot(document.getElementById('root')).render(
  <GraphiQL
    fetcher={fetcher}
    plugins={[listOfExamples, HISTORY_PLUGIN]}
    visiblePlugin={firstVisit ? listOfExamples : undefined}
    defaultQuery={welcome.query}
    initialQuery={asked?.query}
    initialVariables={asked?.variables}
    defaultEditorToolsVisibility="variables"
  >
    <GraphiQL.Logo>Casus</GraphiQL.Logo>
    <GraphiQL.Toolbar>
      {({ prettify, merge, copy }) => (
        <>
          {prettify}
          {merge}
          {copy}
          <Answer />
          <CopyLink />
          {session?.name && <SignOut />}
        </>
      )}
    </GraphiQL.Toolbar>
    <LinkMirror welcome={welcome} />
    <RevealExamples problem={problem} />
    <TuneEditors />
  </GraphiQL>,
);
