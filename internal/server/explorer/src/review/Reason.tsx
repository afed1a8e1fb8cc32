import type { Suggestion } from '../proposal/types';
import { reasonOf } from './reasons';
import { Words } from './Words';

/** Why a known node may be meant. */
export function Reason({ node }: { node: Suggestion }) {
  return <Words own={reasonOf(node)} english={node.why} />;
}
