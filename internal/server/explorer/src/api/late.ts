// Panels whose answers are late. All views show one selection: a panel that still waits for its answer must not look as
// if it showed the same as the others, so it says that it is loading.
import { signal } from '@preact/signals';
import type { Panel } from '../state/view';

/** How long a panel may show an earlier answer, in milliseconds. */
export const latePause = 250;

/** The panels that wait for an answer for longer than `latePause`. */
export const latePanels = signal<ReadonlySet<Panel>>(new Set());

/** How many questions of a panel are late. */
const late = new Map<Panel, number>();

function count(panel: Panel, step: 1 | -1): void {
  const before = late.get(panel) ?? 0;
  late.set(panel, before + step);
  if ((before === 0) === (before + step === 0)) return;
  latePanels.value = new Set([...late].filter(([, n]) => n > 0).map(([name]) => name));
}

/** A question that waits for its answer: `start` when it is asked, `end` when it is answered or given up. */
export interface Wait {
  start: () => void;
  end: () => void;
}

/** Returns what tells a panel that one of its questions is late. A question that is asked again waits on. */
export function waitOf(panel: Panel | undefined): Wait {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let counted = false;
  return {
    start: () => {
      if (panel === undefined || timer !== undefined || counted) return;
      timer = setTimeout(() => {
        timer = undefined;
        counted = true;
        count(panel, 1);
      }, latePause);
    },
    end: () => {
      clearTimeout(timer);
      timer = undefined;
      if (counted && panel !== undefined) count(panel, -1);
      counted = false;
    },
  };
}
