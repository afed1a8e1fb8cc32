import { NodeNames } from './NodeNames';
import { speakers, type Statement } from './speakers';

/** Who states it: its voices; without any, the data set whose row it is. Else it says that no voice is named. */
export function Voices({ statement, dataset }: { statement: Statement; dataset: { name: string } | null }) {
  const voices = speakers(statement);
  return voices.length === 0 && dataset ? <bdi>{dataset.name}</bdi> : <NodeNames nodes={voices} />;
}
