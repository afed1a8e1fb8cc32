import { Named } from '../parts/Named';
import { items } from './state';

/** The name of a node: the proposal's, else the graph's, else its id. */
export function ItemName({ id }: { id: string }) {
  const item = items.value.find((each) => each.id === id && (each.claim ?? 0) === 0);
  return item ? <bdi dir="auto">{item.label}</bdi> : <Named id={id} />;
}

/** Several of them, with commas between. */
export function ItemNames({ ids }: { ids: readonly string[] }) {
  return (
    <>
      {ids.map((id, i) => (
        <span key={id}>
          {i > 0 && ', '}
          <ItemName id={id} />
        </span>
      ))}
    </>
  );
}
