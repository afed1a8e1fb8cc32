import { ordered, type TwoMoments } from '../state/moments';
import { change, view } from '../state/store';

/** Sets moments of knowledge, the earlier one as the one that is compared with. */
export function setMoments(moments: Partial<TwoMoments>, step = true): void {
  const { knownAt, comparedWith } = view.peek();
  change(ordered({ knownAt, comparedWith, ...moments }), { step });
}
