import { computed } from '@preact/signals';
import { useAnswer } from '../api/answer';
import { Tie, type TieQuery } from '../api/types';
import { language, t, word } from '../i18n/messages';
import { StatusBadge } from '../parts/Badge';
import { EventRow } from '../parts/EventRow';
import { DetailsHead } from '../parts/DetailsHead';
import { Failure } from '../parts/Failure';
import { Named, Text } from '../parts/Named';
import { speakers } from '../parts/speakers';
import { When } from '../parts/When';
import { open } from '../state/opened';
import { filterPart, part } from '../state/store';
import { doubts } from './doubts';

type Data = NonNullable<TieQuery['link']>;
type Event = Data['sharedEvents']['nodes'][number];

const filter = filterPart();
const shown = part(({ link, knownAt }) => ({ link, knownAt }));
const variables = computed(() => {
  const { link, knownAt } = shown.value;
  return (
    link && {
      a: link[0],
      b: link[1],
      filter: filter.value,
      knownAt: knownAt ?? null,
      languages: [language.value],
    }
  );
});

/** What joins two actors: the events in which both took part, by time, and what one is to the other. */
export function TieDetails({ link }: { link: [string, string] }) {
  const { data, error, loading } = useAnswer(Tie, variables).value;
  const tie = data?.link;
  return (
    <article aria-busy={loading}>
      <DetailsHead subject={link.join(' ')}>
        {tie ? <Names tie={tie} /> : data || error ? <Ids ids={link} /> : t('loading')}
      </DetailsHead>
      <p>
        <button
          type="button"
          onClick={() =>
            open({ path: { from: link[0], to: link[1], avoid: [], roles: [], inOrder: false }, link: undefined })
          }
        >
          {t('path.ask')}
        </button>
      </p>
      <Failure error={error} />
      {data && !tie && <p>{t('tie.none')}</p>}
      {tie && <Shared tie={tie} />}
    </article>
  );
}

function Names({ tie: { source, target } }: { tie: Data }) {
  return (
    <>
      <Text label={source.label} /> — <Text label={target.label} />
    </>
  );
}

function Ids({ ids: [a, b] }: { ids: [string, string] }) {
  return (
    <>
      <Named id={a} /> — <Named id={b} />
    </>
  );
}

function Shared({ tie }: { tie: Data }) {
  const { weight, statuses, affiliations, sharedEvents } = tie;
  const more = sharedEvents.totalCount === null ? 0 : sharedEvents.totalCount - sharedEvents.nodes.length;
  return (
    <>
      <p class="panel-tools">
        <span class="muted">{t('events', { count: weight })}</span>
        {Object.entries(statuses).map(
          ([status, count]) =>
            count > 0 && (
              <span key={status}>
                <StatusBadge status={status.toUpperCase()} /> {t('count', { count })}
              </span>
            ),
        )}
      </p>
      {affiliations.length > 0 && (
        <ul class="affiliations">
          {affiliations.map(({ id, holder, affiliationType, position, validTime }) => (
            <li key={id} class="event-facts">
              <Text label={holder.label} />: {word('affiliation', affiliationType)}{' '}
              {position !== null && <bdi>{position}</bdi>} {validTime && <When time={validTime} />}
            </li>
          ))}
        </ul>
      )}
      <ol class="events">
        {sharedEvents.nodes.map((event) => (
          <EventRow key={event.id} row={event}>
            <Doubts event={event} actors={[tie.source, tie.target]} />
            <FirstClaim event={event} />
          </EventRow>
        ))}
      </ol>
      {more > 0 && <p class="muted">{t('tie.more', { count: more })}</p>}
    </>
  );
}

/** That claims deny or dispute that one of the two took part, which the status of the event does not tell. */
function Doubts({ event, actors }: { event: Event; actors: Data['source'][] }) {
  return (
    <>
      {doubts(event.participants, actors).map(({ actor, status }) => (
        <p key={actor.id + status} class="event-facts">
          <Text label={actor.label} /> <StatusBadge status={status} />
        </p>
      ))}
    </>
  );
}

/** Who said first that it happened, and when. */
function FirstClaim({ event: { claims } }: { event: Event }) {
  const [claim] = claims.nodes;
  if (!claim) return null;
  const [speaker] = speakers(claim);
  const more = (claims.totalCount ?? 1) - 1;
  return (
    <p class="muted">
      {speaker ? <Text label={speaker.label} /> : t('claim.noVoice')} · <When time={claim.assertedAt} />
      {more > 0 && ` ${t('tie.more', { count: more })}`}
    </p>
  );
}
