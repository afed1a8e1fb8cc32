import { useContext, useEffect, useMemo, useState } from 'preact/hooks';
import { follow, type Answer } from '../api/answer';
import { EventList, type EventListQuery } from '../api/types';
import { language, t } from '../i18n/messages';
import { EventRow } from '../parts/EventRow';
import { Failure } from '../parts/Failure';
import { PanelContext } from '../state/panel';
import { filterPart, part } from '../state/store';
import { computed, signal } from '@preact/signals';

const pageSize = 50;
const filter = filterPart();
const knownAt = part((current) => current.knownAt);

/** The selected events as a list, page by page. */
export function ListPanel() {
  const { pages, more } = usePages();
  const [first] = pages;
  const total = first?.data?.timeline.totalCount ?? undefined;
  const rows = pages.flatMap((page) => page.data?.timeline.nodes ?? []);
  return (
    <>
      <p class="muted" aria-live="polite">
        {total === undefined ? t('loading') : t('events', { count: total })}
      </p>
      <Failure error={pages.find((page) => page.error)?.error} />
      {total === 0 && <p>{t('list.empty')}</p>}
      <ol class="events">
        {rows.map((row) => (
          <EventRow key={row.id} row={row} />
        ))}
      </ol>
      {more && (
        <button type="button" onClick={more}>
          {t('list.more')}
        </button>
      )}
    </>
  );
}

/** Returns the loaded pages, and a function that loads the next one, if any. A new selection starts at page one. */
function usePages(): { pages: Answer<EventListQuery>[]; more: (() => void) | undefined } {
  const variables = useMemo(
    () =>
      computed(() => ({
        filter: filter.value,
        knownAt: knownAt.value ?? null,
        languages: [language.value],
        first: pageSize,
      })),
    [],
  );
  const after = useMemo(() => signal<string[]>([]), []);
  const panel = useContext(PanelContext);
  const followed = useMemo(() => [follow(EventList, variables, panel)], [variables, panel]);
  const [, redraw] = useState(0);
  useEffect(() => {
    const stop = variables.subscribe(() => {
      for (const each of followed.splice(1)) each.stop();
      after.value = [];
    });
    return () => {
      stop();
      for (const each of followed) each.stop();
    };
  }, [variables, followed, after]);

  const pages = followed.map((each) => each.answer.value);
  const next = pages.at(-1)?.data?.timeline.pageInfo;
  const more = () => {
    const cursor = next?.endCursor;
    if (!cursor) return;
    followed.push(
      follow(
        EventList,
        computed(() => ({ ...variables.value, after: cursor })),
        panel,
      ),
    );
    redraw((n) => n + 1);
  };
  return { pages, more: next?.hasNextPage ? more : undefined };
}
