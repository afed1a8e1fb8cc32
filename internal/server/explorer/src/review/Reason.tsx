import type { Suggestion } from '../proposal/types';
import { reasonOf } from './reasons';

/** Why a known node may be meant; in English where the page does not know the reason. */
export function Reason({ node }: { node: Suggestion }) {
  const own = reasonOf(node);
  if (own !== undefined) return <span class="muted">{own}</span>;
  return (
    <span class="muted" lang="en" dir="ltr">
      {node.why}
    </span>
  );
}
