import { t, word } from '../i18n/messages';
import { say, term } from '../i18n/review';
import { StatusBadge } from '../parts/Badge';
import { describe } from '../parts/figure';
import { type Move, moves } from '../proposal/effects';
import type { Estimate, EventEffect, Outcome } from '../proposal/types';
import { correctField, isCorrected } from './identity';
import { ItemName } from './ItemName';
import { Curations } from './Curations';

/** What a load changes in the graph. */
export function Effects({ answer }: { answer: Outcome }) {
  const { events, fields, undecided } = answer.effects ?? {};
  return (
    <>
      <section>
        <h3>{say('effects.events', { count: events?.length ?? 0 })}</h3>
        <ul class="effects">
          {events?.map((each) => (
            <EventRow key={each.event} effect={each} />
          ))}
        </ul>
      </section>
      {fields && fields.length > 0 && (
        <section>
          <h3>{say('effects.fields', { count: fields.length })}</h3>
          <ul class="effects">
            {fields.map(({ node, field, before, after }) => (
              <li key={node + field}>
                <ItemName id={node} /> <code dir="ltr">{field}</code> <Value of={before} /> → <Value of={after} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {undecided && undecided.length > 0 && (
        <section>
          <h3>{say('effects.undecided', { count: undecided.length })}</h3>
          <p class="muted">{say('effects.choose')}</p>
          <ul class="effects">
            {undecided.map(({ id, field, kept, dropped }) => (
              <li key={`${id} ${field} ${JSON.stringify(dropped)}`}>
                <ItemName id={id} /> <code dir="ltr">{field}</code>{' '}
                {[kept, dropped].map((value, i) => (
                  <button
                    key={i}
                    type="button"
                    aria-pressed={isCorrected(id, field, value)}
                    onClick={() => correctField(id, field, value)}
                  >
                    <Value of={value} />
                  </button>
                ))}
              </li>
            ))}
          </ul>
        </section>
      )}
      {answer.merged && answer.merged.length > 0 && (
        <section>
          <h3>{say('effects.merged')}</h3>
          <ul class="effects">
            {answer.merged.map(({ node, shownAs }) => (
              <li key={node}>
                <ItemName id={node} /> → <ItemName id={shownAs} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <Curations />
    </>
  );
}

function EventRow({ effect }: { effect: EventEffect }) {
  const { title, event, claimsBefore, claimsAdded, before } = effect;
  return (
    <li class="event-effect">
      <strong>{title === '' ? <ItemName id={event} /> : <bdi dir="auto">{title}</bdi>}</strong>{' '}
      <span class="badge">
        {before === null ? say('effects.new') : say('effects.gains', { count: claimsAdded, before: claimsBefore })}
      </span>
      <ul class="moves">
        {moves(effect).map((move, i) => (
          <li key={i}>
            <span class="muted">{nameOf(move)}</span>{' '}
            {before !== null && (
              <>
                <State move={move} of={move.before} />{' '}
                <span aria-hidden="true" class="arrow">
                  →
                </span>
                <span class="hidden">{say('effects.becomes')}</span>{' '}
              </>
            )}
            <State move={move} of={move.after} />
          </li>
        ))}
      </ul>
    </li>
  );
}

function nameOf({ what, count }: Move): string {
  if (what === 'toll' && count) {
    const { kind, unit, population } = count;
    const who = population && population !== 'TOTAL' ? `(${word('population', population)})` : undefined;
    return [term('figure', kind), unit, who].filter(Boolean).join(' ');
  }
  return say(`effects.${what}`);
}

function State({ move: { what }, of }: { move: Move; of: Estimate | string | undefined }) {
  if (of === undefined) return <>{say('effects.nothing')}</>;
  if (typeof of !== 'string') {
    const { low = null, best = null, high = null } = of;
    return <bdi>{describe({ low, best, high }, t)}</bdi>;
  }
  if (what === 'status') return <StatusBadge status={of} />;
  if (what === 'modality') return <>{word('modality', of)}</>;
  if (what === 'disagreements')
    return (
      <>
        {of
          .split(' ')
          .map((each) => word('aspect', each))
          .join(', ')}
      </>
    );
  return <bdi dir="ltr">{of}</bdi>;
}

function Value({ of }: { of: unknown }) {
  if (of === null || of === undefined) return <>{say('effects.nothing')}</>;
  return <bdi dir="auto">{typeof of === 'string' ? of : JSON.stringify(of)}</bdi>;
}
