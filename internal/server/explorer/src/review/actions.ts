// What keys and buttons do.
import type { Action } from '../proposal/keys';
import { helpOpen } from './helpOpen';
import { previewAll } from './outcome';
import { accept, current, reject, step, tab, tool, undo } from './state';

const openTool = (name: 'edit' | 'link' | 'same') => () => {
  const item = current.peek();
  if (!item || !allowed(name, item.type, item.record)) return;
  tab.value = 'items';
  tool.value = tool.peek() === name ? undefined : name;
};

/** Reports whether an item of a type can be edited, linked to a known node, or said to be another event. */
export function allowed(name: 'edit' | 'link' | 'same', type: string, record: number | undefined): boolean {
  if (name === 'edit') return (record ?? 0) > 0;
  if (name === 'link') return type === 'actor' || type === 'location' || type === 'document';
  return type === 'event';
}

export const actions: Record<Action, () => void> = {
  accept,
  reject,
  edit: openTool('edit'),
  link: openTool('link'),
  same: openTool('same'),
  add: () => {
    tab.value = 'items';
    tool.value = tool.peek() === 'add' ? undefined : 'add';
  },
  undo,
  next: () => step(1),
  previous: () => step(-1),
  preview: () => void previewAll(),
  help: () => (helpOpen.value = true),
};
