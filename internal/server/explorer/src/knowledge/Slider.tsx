import { language, t } from '../i18n/messages';
import { knownMoment } from '../i18n/time';
import { dayOf, momentOf } from '../state/moments';
import { change, field, view } from '../state/store';
import type { Known } from './data';
import { setMoments } from './set';
import { bins, snapped, type Span, stepFrom, textOf } from './steps';

const binCount = 200;
const height = 30;

/** Returns where the moment of knowledge is on the slider; everything known is its end. */
export function positionOf(text: string | undefined, { last }: Span): number {
  const moment = text === undefined ? last : momentOf(text);
  return Number.isNaN(moment) ? last : moment;
}

/** What became known when, and a handle for each moment of knowledge. Time runs from left to right. */
export function Slider({ known }: { known: Known }) {
  const [knownAt, comparedWith] = [field('knownAt').value, field('comparedWith').value];
  const now = positionOf(knownAt, known.span);
  const before = comparedWith === undefined ? undefined : positionOf(comparedWith, known.span);
  return (
    <div class="slider" dir="ltr">
      <End at={known.span.first} />
      <div>
        <Histogram known={known} now={now} before={before} />
        {before !== undefined && (
          <Handle known={known} at={before} label={t('known.since')} set={setBefore} kind="before" />
        )}
        <Handle known={known} at={now} label={t('known.label')} set={setNow} kind="now" />
      </div>
      <End at={known.span.last} />
    </div>
  );
}

/** The day of an end of the slider, where there is room for it. */
function End({ at }: { at: number }) {
  return (
    <bdi dir="ltr" class="muted">
      {dayOf(textOf(at))}
    </bdi>
  );
}

function Histogram({ known, now, before }: { known: Known; now: number; before: number | undefined }) {
  const all = bins(known.steps, known.span, binCount);
  const classOf = (at: number) => (at > now ? 'later' : before !== undefined && at > before ? 'between' : 'known');
  return (
    <svg viewBox={`0 0 ${binCount} ${height}`} preserveAspectRatio="none" aria-hidden="true">
      {all.map(({ left, height: share, at }) => (
        <rect
          key={left}
          class={classOf(at)}
          x={left * binCount}
          y={height - Math.max(2, share * height)}
          width="1"
          height={Math.max(2, share * height)}
        />
      ))}
    </svg>
  );
}

interface HandleProperties {
  known: Known;
  at: number;
  label: string;
  kind: 'now' | 'before';
  set: (moment: number | undefined) => void;
}

/** A handle. Arrow keys go from change to change, with the Shift key from day to day. */
function Handle({ known, at, label, kind, set }: HandleProperties) {
  const { first, last } = known.span;
  const onKeyDown = (event: KeyboardEvent) => {
    const direction = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key] as 1 | -1 | undefined;
    if (direction === undefined || event.shiftKey) return;
    event.preventDefault();
    const step = stepFrom(known.steps, at, direction);
    if (step) set(step.at >= last ? undefined : step.at);
  };
  return (
    <input
      type="range"
      class={kind}
      aria-label={label}
      aria-valuetext={knownMoment(new Date(at).toISOString(), { language: language.value, t })}
      min={first}
      max={last}
      step={3_600_000}
      value={at}
      onKeyDown={onKeyDown}
      onInput={(event) => {
        const moment = snapped(Number(event.currentTarget.value), known.span);
        set(moment >= last ? undefined : moment);
      }}
    />
  );
}

function setNow(moment: number | undefined): void {
  setMoments({ knownAt: moment === undefined ? undefined : textOf(moment) }, false);
}

/** The earlier handle does not pass the later one. */
function setBefore(moment: number | undefined): void {
  if (moment === undefined) return;
  const { knownAt } = view.peek();
  if (knownAt !== undefined && moment >= momentOf(knownAt)) return;
  change({ comparedWith: textOf(moment) });
}
