// The events that the views show.

/** Of how many events a saved page has the evidence at most. */
const most = 200;

/** Returns the ids of the events of answers, those of the list first, and how many events the list has. */
export function shownEvents(answers: readonly { panel: string | undefined; data: unknown }[]): {
  ids: string[];
  all: number;
} {
  const timelines = [...answers]
    .sort((a, b) => Number(b.panel === 'list') - Number(a.panel === 'list'))
    .flatMap(({ data }) => (data as { timeline?: Timeline } | undefined)?.timeline ?? []);
  const ids = new Set(timelines.flatMap(({ nodes }) => nodes.map(({ id }) => id)));
  const all = timelines.find(({ totalCount }) => typeof totalCount === 'number')?.totalCount ?? ids.size;
  return { ids: [...ids].slice(0, most), all };
}

interface Timeline {
  totalCount?: number | null;
  nodes: { id: string }[];
}
