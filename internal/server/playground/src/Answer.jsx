import { ToolbarButton, useGraphiQL } from '@graphiql/react';
import { useEffect, useRef, useState } from 'react';
import { download } from './download.js';
import { csvOf, tablesOf } from './table.js';

/** How many rows are drawn; files have all of them. */
const mostRows = 500;

/** A toolbar button that shows the answer as a table, from where it can be saved as JSON and CSV. */
export function Answer() {
  const responseEditor = useGraphiQL((state) => state.responseEditor);
  const [text, setText] = useState(null);
  return (
    <>
      <ToolbarButton label="Show the answer as a table, or save it"
        onClick={() => setText(responseEditor?.getValue() ?? '')}>
        <svg className="graphiql-toolbar-icon" viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.5"
          strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">
          <path d="M2 3h12v10H2zM2 6.5h12M2 9.75h12M6.5 6.5V13" />
        </svg>
      </ToolbarButton>
      {text !== null && <AnswerDialog text={text} onClose={() => setText(null)} />}
    </>
  );
}

function AnswerDialog({ text, onClose }) {
  const dialog = useRef(null);
  const [index, setIndex] = useState(0);
  useEffect(() => dialog.current.showModal(), []);
  const tables = tablesOf(dataOf(text));
  const table = tables[index];
  const named = ({ name }) => name || 'values';
  return (
    <dialog ref={dialog} className="answer" aria-labelledby="answer-title" onClose={onClose}>
      <header>
        <h2 id="answer-title">Answer</h2>
        {tables.length > 1 && (
          <label>
            Table{' '}
            <select value={index} onChange={(event) => setIndex(Number(event.target.value))}>
              {tables.map((each, i) => <option key={i} value={i}>{named(each)} ({each.rows.length})</option>)}
            </select>
          </label>
        )}
        <span className="buttons">
          <button type="button" disabled={!table}
            onClick={() => download(`casus-${named(table)}.csv`, 'text/csv;charset=utf-8', csvOf(table))}>
            Save as CSV
          </button>
          <button type="button" disabled={text === ''}
            onClick={() => download('casus.json', 'application/json', text)}>
            Save as JSON
          </button>
          <button type="button" onClick={() => dialog.current.close()}>Close</button>
        </span>
      </header>
      {table ? <Table table={table} /> : <p>There is no answer yet: run a query first.</p>}
    </dialog>
  );
}

function Table({ table: { columns, rows } }) {
  return (
    <div className="rows" tabIndex={0} role="region" aria-label="Rows">
      <table>
        <thead>
          <tr>{columns.map((column) => <th key={column} scope="col">{column}</th>)}</tr>
        </thead>
        <tbody>
          {rows.slice(0, mostRows).map((cells, i) => (
            <tr key={i}>{cells.map((cell, j) => <td key={j} dir="auto">{cell === null ? '' : String(cell)}</td>)}</tr>
          ))}
        </tbody>
      </table>
      {rows.length > mostRows && <p>{mostRows} of {rows.length} rows; the files have all of them.</p>}
    </div>
  );
}

/** Returns the data of a response, or null if it has none. */
function dataOf(text) {
  try {
    return JSON.parse(text).data ?? null;
  } catch {
    return null;
  }
}
