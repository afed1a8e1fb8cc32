import { say } from '../i18n/review';
import { knownOf, linked } from '../proposal/decisions';
import { isClaim, keyOf } from '../proposal/items';
import type { Item } from '../proposal/types';
import { type Choice, Picker } from './Picker';
import { reasonOf } from './reasons';
import { closeTool, decided, decideSelected, items } from './state';

/** Chooses the known node that an item is: among suggestions, other events of the proposal, and by search. */
export function LinkTool({ item }: { item: Item }) {
  const decision = decided.value.get(keyOf(item));
  const known = [...(item.known ? [item.known] : []), ...(item.suggestions ?? [])];
  const choices: Choice[] = known.map((node) => ({
    id: node.id,
    name: node.name,
    why: reasonOf(node) ?? node.why,
  }));
  if (item.type === 'event') {
    for (const each of items.value) {
      if (each.type !== 'event' || isClaim(each) || each.id === undefined || each.id === item.id) continue;
      if (choices.some(({ id }) => id === each.id)) continue;
      choices.push({ id: each.id, name: each.label, why: say('same.ofProposal') });
    }
  }
  const type = item.type === 'event' ? 'EVENT' : item.type === 'location' ? 'LOCATION' : item.type;
  return (
    <Picker
      label={say(item.type === 'event' ? 'same.title' : 'link.title')}
      types={[type === 'actor' ? 'ACTOR' : type === 'document' ? 'DOCUMENT' : (type as 'EVENT' | 'LOCATION')]}
      choices={choices}
      chosen={knownOf(item, decision)}
      onChoose={({ id }) => decideSelected(linked(decision, item, id))}
      onClose={closeTool}
    />
  );
}
