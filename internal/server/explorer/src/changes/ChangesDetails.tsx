import { computed } from '@preact/signals';
import { usePages } from '../api/pages';
import { Changes } from '../api/types';
import { language, t, word } from '../i18n/messages';
import { CategoryBadge, DifferenceBadge } from '../parts/Badge';
import { Failure } from '../parts/Failure';
import { Text } from '../parts/Named';
import { Voices } from '../parts/Voices';
import { KnownMoment } from '../parts/When';
import { open } from '../state/opened';
import { between } from './changed';
import { describeChange } from './describe';
import { type Because, type EventChanges, grouped } from './group';

const variables = computed(() => between.value && { ...between.value, languages: [language.value] });

/** What changed between the two moments of knowledge, and the claims that changed it, the earliest change first. */
export function ChangesDetails() {
  const { pages, more } = usePages(Changes, variables, (data) => data.changes.pageInfo);
  const total = pages[0]?.data?.changes.totalCount ?? undefined;
  const found = grouped(pages.flatMap((page) => page.data?.changes.nodes ?? []));
  return (
    <article class="changes">
      <h3>{t('changes.title')}</h3>
      <p class="muted" aria-live="polite">
        {total === undefined ? t('loading') : t('changes.count', { count: total })}
      </p>
      <Failure error={pages.find((page) => page.error)?.error} />
      {found.map(({ at, events }) => (
        <section key={at}>
          <h4>
            <KnownMoment at={at} />
          </h4>
          <ul>
            {events.map((each) => (
              <Row key={each.event.id} row={each} />
            ))}
          </ul>
        </section>
      ))}
      {more && (
        <button type="button" onClick={more}>
          {t('list.more')}
        </button>
      )}
    </article>
  );
}

function Row({ row: { event, difference, changes, because } }: { row: EventChanges }) {
  return (
    <li class="event">
      <button type="button" class="plain title" onClick={() => open({ event: event.id })}>
        <Text label={event.label} />
      </button>
      <span class="event-facts">
        <DifferenceBadge difference={difference} />
        <CategoryBadge category={event.category} />
      </span>
      <ul class="change-kinds">
        {changes
          .filter(({ changeKind }) => changeKind !== 'APPEARED' && changeKind !== 'RETRACTED')
          .map((change) => (
            <li key={change.changeKind}>{describeChange(change, { language: language.value, t })}</li>
          ))}
      </ul>
      <ul class="because" aria-label={t('changes.because')}>
        {because.map((claim) => (
          <Reason key={claim.id} claim={claim} />
        ))}
      </ul>
    </li>
  );
}

/** A claim in one line: who does what with the event, and in which words or, without any, in which document. */
function Reason({ claim }: { claim: Because }) {
  return (
    <li>
      <Voices statement={claim} dataset={claim.dataset} />:{' '}
      <span class={`badge stance-${claim.stance}`}>{word('stance', claim.stance)}</span>{' '}
      {claim.quote ? (
        <q dir="auto" lang={claim.quote.language ?? undefined}>
          {claim.quote.text}
        </q>
      ) : (
        claim.document && (
          <cite class="muted">
            <Text label={claim.document.label} />
          </cite>
        )
      )}
    </li>
  );
}
