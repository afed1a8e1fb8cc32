import { computed } from '@preact/signals';
import { usePages } from '../api/pages';
import { EventList } from '../api/types';
import { useChanged } from '../changes/changed';
import { useAfterExtent } from '../extent/extent';
import { language, t } from '../i18n/messages';
import { EventRow } from '../parts/EventRow';
import { Failure } from '../parts/Failure';
import { field, filterPart, moments } from '../state/store';
import { selectsAll } from '../state/view';
import { differenceSince } from './difference';

const pageSize = 50;
const filter = filterPart();
const shown = computed(() => ({
  filter: filter.value,
  knownAt: moments.value.knownAt,
  compare: moments.value.compare,
  languages: [language.value],
  first: pageSize,
}));

/** The selected events as a list, page by page. */
export function ListPanel() {
  const variables = useAfterExtent(shown);
  const changed = useChanged().value;
  const { pages, more } = usePages(EventList, variables, (data) => data.timeline.pageInfo);
  const [first] = pages;
  const total = first?.data?.timeline.totalCount ?? undefined;
  const rows = pages.flatMap((page) => page.data?.timeline.nodes ?? []);
  return (
    <>
      <p class="muted" aria-live="polite">
        {total === undefined ? t('loading') : t('events', { count: total })}
      </p>
      <Failure error={pages.find((page) => page.error)?.error} />
      {total === 0 && <p>{t(selectsAll(field('selection').value) ? 'list.none' : 'list.empty')}</p>}
      <ol class="events">
        {rows.map((row) => (
          <EventRow key={row.id} row={row} difference={differenceSince(moments.value.before, row, changed)} />
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
