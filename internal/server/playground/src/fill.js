// The examples have the ids of the sample. For a server with another graph they get ids and values of that graph.

/** Asks which of some ids exist, and for values of which every graph with events has some. */
export const fillQuery = `query FillExamples($ids: [ID!]!) {
  nodes(ids: $ids) { id }
  extent { earliest }
  facets(fields: [YEAR, ACTOR, CATEGORY, MODALITY], top: 50) {
    groups { key node { ... on Actor { name } } }
  }
  clusters(zoom: 4) { point { latitude longitude } }
  placed: timeline(filter: { place: {} }, first: 50) { nodes { locations { location { id } } } }
  talks: timeline(filter: { categories: [CONSULT] }, first: 50) { nodes { locations { location { id } } } }
  documented: timeline(first: 1, orderBy: { field: DOCUMENTS, direction: DESC }) {
    nodes {
      id
      states { knownFrom }
      claims(first: 1) { nodes { document { id } } }
    }
  }
}`;

/** Returns the ids of all examples' variables. An example is {variables: TEXT}, of JSON or empty. */
export function idsOf(examples) {
  return [...new Set(examples.flatMap((example) => idsIn(parsed(example))))];
}

/**
 * Returns the examples with the variables of this graph, given the answer to `fillQuery`. An example whose ids exist
 * keeps its own; one without ids does if all other examples' ids exist. Values that the graph lacks stay too. Examples
 * that ask for categories or modalities that no event of the graph has come last.
 */
export function filled(examples, data) {
  const known = new Set(data.nodes.flatMap((node) => (node ? [node.id] : [])));
  const picks = picksOf(data);
  const isSample = idsOf(examples).every((id) => known.has(id));
  const own = examples.map((example) => {
    const variables = parsed(example);
    const ids = idsIn(variables);
    const fits = ids.length > 0 ? ids.every((id) => known.has(id)) : isSample;
    return fits || example.variables === '' ? example : { ...example, variables: shown(fill(variables, picks)) };
  });
  const empty = (example) => asksForAbsent(example.query, data.facets);
  return [...own.filter((example) => !empty(example)), ...own.filter(empty)];
}

/** Reports whether a query is limited to categories, or to modalities, of which the graph has none. */
function asksForAbsent(query, [, , categories, modalities]) {
  const present = { categories, modalities };
  return [...query.matchAll(/\b(categories|modalities): \[([A-Z_, ]+)\]/g)].some(([, field, list]) => {
    const keys = present[field].groups.map(({ key }) => key);
    return !list.split(/[ ,]+/).some((value) => keys.includes(value));
  });
}

const shown = (variables) => JSON.stringify(variables, null, 2);

const parsed = ({ variables }) => (variables === '' ? {} : JSON.parse(variables));

const kindOf = (value) => /^(actor|event|location|document):/.exec(value)?.[1];

function idsIn(value) {
  if (typeof value === 'string') return kindOf(value) ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(idsIn) : [];
}

/** Returns the values of a graph: ids by kind, the best first, and the others by the names of variables. */
function picksOf({ extent, facets, clusters, placed, talks, documented }) {
  const [years, actors] = facets.map(({ groups }) => groups.filter(({ key }) => key !== null));
  const [event] = documented.nodes;
  const [point] = clusters.map((cluster) => cluster.point);
  const moments = (event?.states ?? []).map(({ knownFrom }) => knownFrom);
  return {
    ids: {
      actor: actors.map(({ key }) => key),
      event: event ? [event.id] : [],
      location: [...mostFrequent(talks.nodes), ...mostFrequent(placed.nodes)],
      document: (event?.claims.nodes ?? []).flatMap(({ document }) => (document ? [document.id] : [])),
    },
    year: years[0]?.key,
    earliest: extent.earliest?.slice(0, 10),
    values: {
      text: actors[0]?.node?.name,
      latitude: point?.latitude,
      longitude: point?.longitude,
      then: moments[0],
      since: moments.length > 0 ? before(moments.at(-1)) : undefined,
    },
  };
}

function mostFrequent(events) {
  const counts = new Map();
  for (const { location } of events.flatMap(({ locations }) => locations)) {
    counts.set(location.id, (counts.get(location.id) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([id]) => id);
}

/** Returns the second before a moment: what became known at the moment has become known since. */
const before = (moment) => new Date(Date.parse(moment) - 1000).toISOString().replace('.000Z', 'Z');

/** Replaces ids by those of the same kind, each by another one if there are enough, and values by name. */
function fill(variables, picks) {
  const used = {};
  const replace = (value, key, range) => {
    if (Array.isArray(value)) return value.map((each) => replace(each, key, false));
    if (typeof value === 'object' && value !== null) {
      const whole = typeof value.from === 'string' && typeof value.to === 'string';
      return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, replace(each, name, whole)]));
    }
    const kind = typeof value === 'string' ? kindOf(value) : undefined;
    if (kind) {
      const own = picks.ids[kind];
      used[kind] = (used[kind] ?? -1) + 1;
      return own[used[kind]] ?? own[0] ?? value;
    }
    if (key === 'from') return (range ? picks.year && `${picks.year}-01` : picks.earliest) ?? value;
    if (key === 'to') return picks.year ? `${picks.year}-12` : value;
    return picks.values[key] ?? value;
  };
  return replace(variables, '', false);
}
