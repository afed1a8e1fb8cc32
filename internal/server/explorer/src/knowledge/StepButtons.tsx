import { signal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { t } from '../i18n/messages';
import { field, view } from '../state/store';
import type { Known } from './data';
import { setMoments } from './set';
import { positionOf } from './Slider';
import { played, stepFrom, textOf } from './steps';

/** How long each moment of a play is shown, in milliseconds, and how many there are at most. */
const pause = 900;
const mostPlayed = 50;

/** Buttons for the previous and the next change, and a play of all of them. */
export function StepButtons({ known }: { known: Known }) {
  const play = usePlay(known);
  const at = positionOf(field('knownAt').value, known.span);
  const go = (direction: 1 | -1) => {
    play.stop();
    const step = stepFrom(known.steps, at, direction);
    if (step) show(step.at, known);
  };
  return (
    <span class="steps" dir="ltr">
      <button
        type="button"
        aria-label={t('known.previous')}
        disabled={!stepFrom(known.steps, at, -1)}
        onClick={() => go(-1)}
      >
        ‹
      </button>
      <button
        type="button"
        aria-label={t('known.next')}
        disabled={!stepFrom(known.steps, at, 1)}
        onClick={() => go(1)}
      >
        ›
      </button>
      <button
        type="button"
        class="play"
        aria-label={t(play.running.value ? 'known.pause' : 'known.play')}
        onClick={() => (play.running.value ? play.stop() : play.start())}
      >
        <span aria-hidden="true">{play.running.value ? '❚❚' : '▶'}</span>{' '}
        <span class="word">{t(play.running.value ? 'known.pause' : 'known.play')}</span>
      </button>
    </span>
  );
}

function show(moment: number, { span }: Known, step = true): void {
  setMoments({ knownAt: moment >= span.last ? undefined : textOf(moment) }, step);
}

/** Shows one change after the other, from the current moment or, at the end, from the first one. */
function usePlay(known: Known) {
  const play = useMemo(() => {
    const running = signal(false);
    let timer: ReturnType<typeof setInterval> | undefined;
    const stop = () => {
      clearInterval(timer);
      running.value = false;
    };
    const start = () => {
      const at = positionOf(view.peek().knownAt, known.span);
      const left = played(known.steps, at >= known.span.last ? -Infinity : at, mostPlayed);
      const next = () => {
        const moment = left.shift();
        if (moment !== undefined) show(moment, known, false);
        if (left.length === 0) stop();
      };
      running.value = true;
      timer = setInterval(next, pause);
      next();
    };
    return { running, start, stop };
  }, [known]);
  useEffect(() => play.stop, [play]);
  return play;
}
