import { computed } from '@preact/signals';
import { useAnswer } from '../api/answer';
import { EventEvidence, type EventEvidenceQuery } from '../api/types';
import { language, t, word } from '../i18n/messages';
import { CategoryBadge, StatusBadge } from '../parts/Badge';
import { DetailsHead } from '../parts/DetailsHead';
import { Failure } from '../parts/Failure';
import { Text } from '../parts/Named';
import { When } from '../parts/When';
import { part, select, view } from '../state/store';
import { toggled } from '../state/view';
import { Columns } from './Columns';
import { pageSize } from './pageSize';

export type EventData = NonNullable<EventEvidenceQuery['event']>;

/** A function that renders a part of an event's evidence that another view provides. */
type Extra = (id: string) => preact.ComponentChildren;

const selected = part(({ selection: { actors, places } }) => ({ actors, places }));
const shown = part(({ event, knownAt }) => ({ event, knownAt }));
const variables = computed(() => {
  const { event, knownAt } = shown.value;
  if (event === undefined) return undefined;
  return { id: event, knownAt: knownAt ?? null, languages: [language.value], first: pageSize };
});

/** The chosen event: its facts, and who says, confirms, denies and disputes it, in which words. */
export function EventEvidencePanel({ tolls }: { tolls: Extra }) {
  const { data, error, loading } = useAnswer(EventEvidence, variables).value;
  const event = data?.event;
  return (
    <div class="evidence" aria-busy={loading}>
      <Failure error={error} />
      {loading && !event && <p class="muted">{t('loading')}</p>}
      {data && !event && <p>{t('evidence.unknown')}</p>}
      {event && <EventDetails event={event} tolls={tolls} />}
    </div>
  );
}

function EventDetails({ event, tolls }: { event: EventData; tolls: Extra }) {
  const total = event.claims.totalCount ?? 0;
  return (
    <article>
      <DetailsHead subject={event.id}>
        <Text label={event.label} />
      </DetailsHead>
      <p class="event-facts">
        <When time={event.time} />
        <CategoryBadge category={event.category} />
        <span class="badge">{word('modality', event.modality)}</span>
        <StatusBadge status={event.status} />
      </p>
      <p class="muted">
        {t('evidence.documents', { count: event.sources.documents })} ·{' '}
        {t('evidence.voices', { count: event.sources.voices })}
      </p>
      <Participants event={event} />
      <Places event={event} />
      {tolls(event.id)}
      <Columns claims={event.claims.nodes} />
      {event.claims.nodes.length < total && (
        <p class="muted">{t('evidence.rest', { shown: event.claims.nodes.length, count: total })}</p>
      )}
    </article>
  );
}

/** How many participants are shown before the reader asks for all. */
const fewParticipants = 20;

function Participants({ event }: { event: EventData }) {
  const { participants } = event;
  if (participants.length === 0) return null;
  const rest = participants.slice(fewParticipants);
  return (
    <>
      <ParticipantList participants={participants.slice(0, fewParticipants)} event={event} />
      {rest.length > 0 && (
        <details>
          <summary>{t('facet.more', { count: rest.length })}</summary>
          <ParticipantList participants={rest} event={event} />
        </details>
      )}
    </>
  );
}

function ParticipantList({ participants, event }: { participants: EventData['participants']; event: EventData }) {
  // Where all are as certain as the event, its status says it.
  const differ = event.participants.some((each) => each.status !== event.status);
  return (
    <ul class="facts" aria-label={t('evidence.participants')}>
      {participants.map((each) => (
        <li key={each.role + each.actor.id}>
          <span class="muted">{word('role', each.role)}</span> <FilterBy field="actors" node={each.actor} />
          {each.side !== null && <span class="muted"> {word('population', `SIDE_${each.side}`)}</span>}
          {each.capacity !== null && !isSameWord(each.capacity, word('role', each.role)) && (
            <>
              {each.side === null ? ' ' : ' · '}
              <bdi class="muted">{each.capacity}</bdi>
            </>
          )}
          {each.representing && (
            <span class="muted">
              {' '}
              {t('evidence.for')} <Text label={each.representing.label} />
            </span>
          )}
          {differ && <StatusBadge status={each.status} />}
        </li>
      ))}
    </ul>
  );
}

/** Reports whether two words are one. */
function isSameWord(a: string, b: string): boolean {
  return a.localeCompare(b, language.value, { sensitivity: 'accent' }) === 0;
}

type Node = EventData['participants'][number]['actor'] | EventData['locations'][number]['location'];

/** A name that filters by its node when it is clicked, and undoes that the next time. */
function FilterBy({ field, node }: { field: 'actors' | 'places'; node: Node }) {
  const chosen = selected.value[field];
  return (
    <button
      type="button"
      class="plain"
      aria-pressed={chosen.includes(node.id)}
      onClick={() => select({ [field]: toggled(view.peek().selection[field], node.id) })}
    >
      <Text label={node.label} />
    </button>
  );
}

function Places({ event }: { event: EventData }) {
  if (event.locations.length === 0) return null;
  return (
    <ul class="facts" aria-label={t('evidence.places')}>
      {event.locations.map((each) => (
        <li key={each.role + each.location.id}>
          <span class="muted">{word('role', each.role)}</span> <FilterBy field="places" node={each.location} />
          {each.precision !== null && each.precision > 1 && (
            <span class="muted"> {word('precision', String(each.precision))}</span>
          )}
        </li>
      ))}
    </ul>
  );
}
