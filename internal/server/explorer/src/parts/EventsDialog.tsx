import { computed } from '@preact/signals';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { useAnswer } from '../api/answer';
import { EventList } from '../api/types';
import { language, t } from '../i18n/messages';
import { filterOf } from '../state/filter';
import { moments, select, view } from '../state/store';
import type { Selection } from '../state/view';
import { EventRow } from './EventRow';
import { Failure } from './Failure';

/** The events of a mark that stands for several. */
export interface Several {
  /** The conditions that select them among the shown ones. */
  conditions: Partial<Selection>;
  /** Their ids, if they are known. The conditions may select more, such as those at a place within a place. */
  ids?: string[] | undefined;
  /** They are those of the earlier moment of knowledge. */
  former?: boolean | undefined;
  /** Where the mark is in the drawing. */
  at: { x: number; y: number };
  /** Looks closer at them. */
  zoomIn: () => void;
}

const length = 8;
const gap = 10;

/** The first events of a mark, next to it. A click on one opens its evidence, as Enter does, which is on the first. */
export function EventsDialog({ several, onClose }: { several: Several; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const variables = useMemo(
    () =>
      computed(() => ({
        filter: several.ids ? { ids: several.ids } : filterOf({ ...view.value.selection, ...several.conditions }),
        knownAt: several.former ? moments.value.before : moments.value.knownAt,
        compare: false,
        languages: [language.value],
        first: length,
      })),
    [several],
  );
  const { data, error } = useAnswer(EventList, variables).value;
  useLayoutEffect(() => {
    const element = dialog.current;
    if (!element) return;
    // The drawing, or its table, has the focus.
    const { left, top, right, bottom } = (document.activeElement ?? element).getBoundingClientRect();
    const at = { x: Math.min(right, left + several.at.x), y: Math.min(bottom, top + several.at.y) };
    element.showModal();
    element.focus(); // until there are events
    const { style } = element;
    style.left = `${Math.max(gap, Math.min(at.x + gap, innerWidth - element.offsetWidth - gap))}px`;
    if (at.y < innerHeight / 2) style.top = `${at.y + gap}px`;
    else style.bottom = `${innerHeight - at.y + gap}px`;
  }, [several]);
  useEffect(() => {
    // Not if the reader has gone on to a button meanwhile.
    const waiting = document.activeElement === dialog.current;
    if (data && waiting) dialog.current?.querySelector<HTMLElement>('.event button')?.focus();
  }, [data]);
  // The focus is on the drawing again before anything is opened, and returns there.
  const then = (action?: () => void) => () => {
    dialog.current?.close();
    onClose();
    action?.();
  };
  const zoomIn = then(several.zoomIn);
  const onKeyDown = (event: KeyboardEvent) => {
    const action = { Escape: then(), '+': zoomIn, '=': zoomIn }[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  };
  const total = data?.timeline.totalCount ?? undefined;
  return (
    <dialog
      ref={dialog}
      class="several"
      aria-label={t('several.title')}
      tabIndex={-1}
      onCancel={(event) => {
        event.preventDefault(); // A gesture of the system closes it as Escape does.
        then()();
      }}
      onClick={(event) => event.target === dialog.current && then()()}
      onKeyDown={onKeyDown}
    >
      <p class="several-actions">
        <span class="muted grow" aria-live="polite">
          {total === undefined ? t('loading') : t('events', { count: total })}
        </span>
        <button type="button" aria-label={t('share.close')} onClick={then()}>
          ✕
        </button>
      </p>
      <Failure error={error} />
      <ol
        class="events"
        onClickCapture={({ target }) => target instanceof Element && target.closest('button') && then()()}
      >
        {data?.timeline.nodes.map((row) => (
          <EventRow key={row.id} row={row} />
        ))}
      </ol>
      <p class="several-actions">
        <button type="button" onClick={then(() => select(several.conditions))}>
          {t('several.select')}
        </button>
        <button type="button" onClick={zoomIn}>
          {t('zoom.in')}
        </button>
      </p>
    </dialog>
  );
}
