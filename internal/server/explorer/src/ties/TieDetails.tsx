import { computed } from '@preact/signals';
import { useAnswer } from '../api/answer';
import { Tie } from '../api/types';
import { language, t } from '../i18n/messages';
import { EventRow } from '../parts/EventRow';
import { DetailsHead } from '../parts/DetailsHead';
import { Failure } from '../parts/Failure';
import { Named } from '../parts/Named';
import { open } from '../state/opened';
import { filterPart, part } from '../state/store';

const filter = filterPart();
const shown = part(({ link, knownAt }) => ({ link, knownAt }));
const variables = computed(() => {
  const { link, knownAt } = shown.value;
  return (
    link && {
      actors: link,
      filter: filter.value,
      knownAt: knownAt ?? null,
      languages: [language.value],
      after: null,
    }
  );
});

/** What two actors share: the events in which both took part, by time. */
export function TieDetails({ link }: { link: [string, string] }) {
  const { data, error, loading } = useAnswer(Tie, variables).value;
  const [tie] = data?.network.links ?? [];
  return (
    <article aria-busy={loading}>
      <DetailsHead subject={link.join(' ')}>
        <Named id={link[0]} /> — <Named id={link[1]} />
      </DetailsHead>
      <p>
        <button
          type="button"
          onClick={() => open({ path: { from: link[0], to: link[1], avoid: [], inOrder: false }, link: undefined })}
        >
          {t('path.ask')}
        </button>
      </p>
      <Failure error={error} />
      {data && !tie && <p>{t('tie.none')}</p>}
      {tie && (
        <>
          <p class="muted">{t('events', { count: tie.weight })}</p>
          <ol class="events">
            {tie.sharedEvents.nodes.map((event) => (
              <EventRow key={event.id} row={event} />
            ))}
          </ol>
          {tie.sharedEvents.pageInfo.hasNextPage && (
            <p class="muted">{t('tie.more', { count: tie.weight - tie.sharedEvents.nodes.length })}</p>
          )}
        </>
      )}
    </article>
  );
}
