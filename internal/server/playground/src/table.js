// Answers as tables: a row for each object of a list, a column for each scalar below it.

/** What separates the values of a cell that has several. */
const separator = '; ';

/**
 * Returns the tables of an answer's data: one for each list that is in no other list, and one row of all values that
 * are in none. A table is {name, columns, rows}, a cell a string, number, boolean or null.
 */
export function tablesOf(data) {
  const lists = [];
  const single = new Map();
  collect(data, [], lists, single);
  const tables = lists.map(({ name, items }) => tableOf(name, items.map((item) => cellsOf(item))));
  return single.size > 0 ? [...tables, tableOf('', [single])] : tables;
}

function collect(value, path, lists, single) {
  const name = path.join('.');
  if (Array.isArray(value)) {
    lists.push({ name, items: value });
  } else if (isObject(value)) {
    for (const [key, each] of Object.entries(value)) collect(each, [...path, key], lists, single);
  } else if (path.length > 0) {
    single.set(name, [value]);
  }
}

/** Returns the values of a list's item by the path to them. */
function cellsOf(item) {
  const cells = new Map();
  const add = (value, name) => {
    if (Array.isArray(value)) {
      for (const each of value) add(each, name);
    } else if (isObject(value)) {
      for (const [key, each] of Object.entries(value)) add(each, name === '' ? key : `${name}.${key}`);
    } else {
      cells.set(name, [...(cells.get(name) ?? []), value]);
    }
  };
  add(item, '');
  return cells;
}

function tableOf(name, rows) {
  // A name that has fields in one row may be null in another one; it has no values of its own then.
  const all = [...new Set(rows.flatMap((cells) => [...cells.keys()]))];
  const columns = all.filter((column) =>
    rows.some((cells) => hasValue(cells.get(column))) || !all.some((other) => other.startsWith(`${column}.`)));
  return {
    name,
    columns: columns.map((column) => (column === '' ? 'value' : column)),
    rows: rows.map((cells) => columns.map((column) => cellOf(cells.get(column) ?? []))),
  };
}

const hasValue = (values) => values?.some((value) => value !== null);

function cellOf(values) {
  const known = values.filter((value) => value !== null);
  return known.length > 1 ? known.join(separator) : (known[0] ?? null);
}

const isObject = (value) => typeof value === 'object' && value !== null;

/** Returns a table as CSV by RFC 4180, with a byte order mark, so that spreadsheets recognise UTF-8. */
export function csvOf({ columns, rows }) {
  const lines = [columns, ...rows].map((cells) => cells.map(fieldOf).join(','));
  return `\ufeff${lines.join('\r\n')}\r\n`;
}

function fieldOf(cell) {
  const text = String(cell ?? '');
  // Spreadsheets would run a text that begins like this as a formula.
  const safe = typeof cell === 'string' && /^\s*[=+\-@]|^[\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
