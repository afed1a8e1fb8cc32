import { computed } from '@preact/signals';
import { useAnswer } from '../api/answer';
import { Tie } from '../api/types';
import { language, t } from '../i18n/messages';
import { CategoryBadge, StatusBadge } from '../parts/Badge';
import { Failure } from '../parts/Failure';
import { Named, Text } from '../parts/Named';
import { When } from '../parts/When';
import { change, filterPart, part } from '../state/store';

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
      <header class="evidence-head">
        <h3>
          <Named id={link[0]} /> — <Named id={link[1]} />
        </h3>
        <button
          type="button"
          aria-label={t('evidence.close')}
          onClick={() => change({ link: undefined }, { step: true })}
        >
          ✕
        </button>
      </header>
      <p>
        <button
          type="button"
          onClick={() =>
            change(
              { path: { from: link[0], to: link[1], avoid: [], inOrder: false }, link: undefined },
              { step: true },
            )
          }
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
              <li key={event.id} class="event">
                <button
                  type="button"
                  class="plain title"
                  onClick={() => change({ event: event.id }, { step: true })}
                >
                  <Text label={event.label} />
                </button>
                <span class="event-facts">
                  <When time={event.time} />
                  <CategoryBadge category={event.category} />
                  <StatusBadge status={event.status} />
                </span>
              </li>
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
