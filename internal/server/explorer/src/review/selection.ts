// The words that the reader last selected in the article's text.
import { signal } from '@preact/signals';
import { pointsBefore } from '../proposal/marks';
import type { SpanField } from '../proposal/edit';

export const selection = signal<Required<SpanField> | undefined>(undefined);

/** Follows the selection in an element that shows a text, until the result is called. */
export function takeSelection(element: { current: HTMLElement | null }, text: string): () => void {
  const take = () => {
    const chosen = getSelection();
    const root = element.current;
    if (!chosen || chosen.isCollapsed || chosen.rangeCount === 0 || !root) return;
    const range = chosen.getRangeAt(0);
    if (!root.contains(range.startContainer) || !root.contains(range.endContainer)) return;
    const [from, to] = [
      unitsAt(root, range.startContainer, range.startOffset),
      unitsAt(root, range.endContainer, range.endOffset),
    ];
    const exact = text.slice(from, to);
    const trimmed = exact.trim();
    if (trimmed === '') return;
    const first = from + exact.indexOf(trimmed);
    const start = pointsBefore(text, first);
    selection.value = { start, end: start + Array.from(trimmed).length, exact: trimmed };
  };
  document.addEventListener('selectionchange', take);
  return () => document.removeEventListener('selectionchange', take);
}

/** Returns how many UTF-16 units of an element's text stand before a point of a range. */
function unitsAt(root: HTMLElement, container: Node, offset: number): number {
  const range = document.createRange();
  range.setStart(root, 0);
  range.setEnd(container, offset);
  return range.toString().length;
}
