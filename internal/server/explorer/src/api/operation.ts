// Queries as codegen.mjs writes them, and several of them as one request.

/** A query, with the types of its data and its variables. */
export interface Operation<Data, Variables> {
  name: string;
  /** The definitions of its variables: `$id:ID!$languages:[String!]`. */
  variables: string;
  /** Its fields without their aliases, by their keys in the answer. */
  fields: Readonly<Record<string, string>>;
  /** The texts of the fragments that it uses. */
  fragments: readonly string[];
  /** Absent: only its type counts. As a method it lets any operation be an `Operation<unknown, unknown>`. */
  types?(variables: Variables): Data;
}

type Any = Operation<unknown, unknown>;

/** An operation with the values of its variables. */
export interface Query {
  operation: Any;
  variables: unknown;
}

/** Returns the text of an operation. */
export function textOf({ name, variables, fields, fragments }: Any): string {
  const selected = Object.entries(fields).map(([key, field]) =>
    new RegExp(`^${key}\\b`).test(field) ? field : `${key}:${field}`,
  );
  return documentOf(name, variables, selected, fragments);
}

/** Several operations in one. */
export interface Merged {
  text: string;
  variables: Record<string, unknown>;
  /** Returns the data of each operation, in their order. */
  split: (data: Record<string, unknown>) => Record<string, unknown>[];
}

/** Merges operations into one, in which each has its own keys, variables and fragments. */
export function merge(queries: readonly Query[]): Merged {
  const variables: Record<string, unknown> = {};
  const definitions: string[] = [];
  const selected: string[] = [];
  const fragments: string[] = [];
  queries.forEach(({ operation, variables: values }, i) => {
    const prefix = `q${i}_`;
    for (const [name, value] of Object.entries(values as object)) variables[prefix + name] = value;
    definitions.push(renamed(operation.variables, prefix));
    for (const [key, field] of Object.entries(operation.fields)) {
      selected.push(`${prefix}${key}:${renamed(field, prefix)}`);
    }
    fragments.push(...operation.fragments.map((fragment) => renamed(fragment, prefix)));
  });
  return {
    text: documentOf('Views', definitions.join(''), selected, fragments),
    variables,
    split: (data) => queries.map(({ operation }, i) => fieldsOf(data, operation, `q${i}_`)),
  };
}

/** Returns a text with other names of variables and fragments. Operations hold no strings in which these could be. */
function renamed(text: string, prefix: string): string {
  return text
    .replaceAll('$', `$${prefix}`)
    .replace(/\.\.\.(?=\w)(?!on\b)/g, `...${prefix}`)
    .replace(/^fragment /, `fragment ${prefix}`);
}

function documentOf(
  name: string,
  variables: string,
  fields: readonly string[],
  fragments: readonly string[],
): string {
  return `query ${name}${variables && `(${variables})`}{${fields.join(' ')}}${fragments.join('')}`;
}

function fieldsOf(data: Record<string, unknown>, { fields }: Any, prefix: string): Record<string, unknown> {
  const keys = Object.keys(fields).filter((key) => prefix + key in data);
  return Object.fromEntries(keys.map((key) => [key, data[prefix + key]]));
}
