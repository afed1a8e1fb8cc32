// What became known when, about the selected events.
import { computed } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { useAnswer } from '../api/answer';
import { Knowledge } from '../api/types';
import { useExtent } from '../extent/extent';
import { filterPart } from '../state/store';
import { intervalOf, type Span, type Step, stepsOf } from './steps';

const filter = filterPart();

/** The span of the last events that were selected: the slider keeps it while there are none. */
let lastSpan: Span | undefined;

export interface Known {
  span: Span;
  steps: Step[];
}

/** Returns the time in which something became known, and its steps; undefined until they are loaded. */
export function useKnowledge() {
  const extent = useExtent();
  const span = useMemo(
    () =>
      computed<Span | undefined>(() => {
        const { firstKnown, lastKnown } = extent.value.data?.known ?? {};
        if (firstKnown && lastKnown) lastSpan = { first: Date.parse(firstKnown), last: Date.parse(lastKnown) };
        return extent.value.data && lastSpan;
      }),
    [extent],
  );
  const interval = useMemo(() => computed(() => span.value && intervalOf(span.value)), [span]);
  const variables = useMemo(
    () => computed(() => interval.value && { filter: filter.value, interval: interval.value }),
    [interval],
  );
  const buckets = useAnswer(Knowledge, variables);
  return useMemo(
    () =>
      computed<Known | undefined>(() => {
        const data = buckets.value.data;
        return span.value && data && { span: span.value, steps: stepsOf(data.knowledge, span.value) };
      }),
    [span, buckets],
  );
}
