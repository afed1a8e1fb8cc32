// Lists that are loaded page by page.
import { computed, signal, type ReadonlySignal } from '@preact/signals';
import { useContext, useEffect, useMemo } from 'preact/hooks';
import { PanelContext } from '../state/panel';
import { type Answer, follow } from './answer';
import type { Operation } from './operation';

interface PageInfo {
  hasNextPage: boolean;
  endCursor: string | null;
}

/**
 * Returns the loaded pages of a list, and what loads the next one, if there is one. Other variables start again at the
 * first page.
 */
export function usePages<Data, Variables extends object>(
  operation: Operation<Data, Variables>,
  variables: ReadonlySignal<Variables | undefined>,
  infoOf: (data: Data) => PageInfo,
): { pages: Answer<Data>[]; more: (() => void) | undefined } {
  const panel = useContext(PanelContext);
  const followed = useMemo(() => signal([follow(operation, variables, panel)]), [operation, variables, panel]);
  useEffect(() => {
    const stop = variables.subscribe(() => {
      const later = followed.peek().slice(1);
      if (later.length === 0) return;
      for (const each of later) each.stop();
      followed.value = followed.peek().slice(0, 1);
    });
    return () => {
      stop();
      for (const each of followed.peek()) each.stop();
    };
  }, [variables, followed]);

  const pages = followed.value.map((each) => each.answer.value);
  const data = pages.at(-1)?.data;
  const after = data && infoOf(data).hasNextPage ? infoOf(data).endCursor : null;
  if (after === null) return { pages, more: undefined };
  const more = () => {
    // After a change of the graph the page before may end elsewhere.
    const before = followed.peek().at(-1)?.answer;
    const end = computed(() => (before?.value.data ? infoOf(before.value.data).endCursor : null));
    const next = computed(() =>
      variables.value && end.value !== null ? { ...variables.value, after: end.value } : undefined,
    );
    followed.value = [...followed.peek(), follow(operation, next, panel)];
  };
  return { pages, more };
}
