import { useState } from 'preact/hooks';
import { say } from '../i18n/review';
import { ItemName } from './ItemName';
import { Picker } from './Picker';
import { items } from './state';

/** Who claims it: actors of the proposal, or others of the graph. */
export function ClaimantsField({ ids, onChange }: { ids: string[]; onChange: (next: string[]) => void }) {
  const [adding, setAdding] = useState(false);
  const actors = items.value.flatMap(({ type, id, known, label }) =>
    type === 'actor' && !ids.includes(known?.id ?? id ?? '') && (known ?? id) !== undefined
      ? [{ id: known?.id ?? id ?? '', name: label }]
      : [],
  );
  return (
    <fieldset>
      <legend>{say('facts.claimants')}</legend>
      {ids.length === 0 && <p class="muted">{say('facts.publisher')}</p>}
      {ids.map((id) => (
        <span key={id} class="chip">
          <ItemName id={id} />{' '}
          <button
            type="button"
            class="plain"
            aria-label={say('edit.remove')}
            onClick={() => onChange(ids.filter((each) => each !== id))}
          >
            ✕
          </button>
        </span>
      ))}
      {adding ? (
        <Picker
          label={say('edit.addClaimant')}
          types={['ACTOR']}
          choices={actors}
          onChoose={({ id }) => {
            setAdding(false);
            if (!ids.includes(id)) onChange([...ids, id]);
          }}
          onClose={() => setAdding(false)}
        />
      ) : (
        <button type="button" onClick={() => setAdding(true)}>
          {say('edit.addClaimant')}
        </button>
      )}
    </fieldset>
  );
}
