// The keys of the page, wherever nothing is written.
import { actionOf } from '../proposal/keys';
import { actions } from './actions';
import { helpOpen } from './helpOpen';
import { closeTool, proposal, tab, tool } from './state';

/** Follows the keys. */
export function followKeys(): void {
  addEventListener('keydown', (event: KeyboardEvent) => {
    if (proposal.peek() === undefined || event.defaultPrevented || event.isComposing) return;
    if (event.key === 'Escape') {
      if (helpOpen.peek()) return; // The dialog closes itself.
      if (tool.peek()) closeTool();
      else if (tab.peek() === 'preview') tab.value = 'items';
      return;
    }
    const target = event.target as HTMLElement;
    if (helpOpen.peek() || target.closest('input, textarea, select, [role="listbox"], dialog')) return;
    const action = actionOf(event);
    const isArrow = event.key.startsWith('Arrow');
    const decides = tab.peek() === 'preview' && action !== 'preview' && action !== 'help';
    // The preview shows no item that could be decided about.
    if (!action || decides || (isArrow && target.closest('.article-text'))) return; // There the arrows scroll.
    event.preventDefault();
    actions[action]();
  });
}
