import { word } from '../i18n/messages';
import { say, term } from '../i18n/review';
import type { Fields, FigureField } from '../proposal/edit';
import { ClaimantsField } from './ClaimantsField';
import { SpansField } from './SpansField';
import { vocabularies } from './vocabularies';

interface Properties {
  type: string;
  fields: Fields;
  onChange: (changes: Fields) => void;
}

/** The common fields of a record or a claim. */
export function ContentFields({ type, fields, onChange }: Properties) {
  const { names, kind, country, category, modality, time, stance, aspect, position, language, url, figures } =
    fields;
  const kinds =
    type === 'affiliation' ? vocabularies.affiliation : vocabularies[type === 'actor' ? 'actor' : 'location'];
  const kindWord = (value: string) => (type === 'affiliation' ? word('affiliation', value) : term('kind', value));
  return (
    <>
      {names?.map((name, i) => (
        <label key={i}>
          {say(type === 'event' || type === 'document' ? 'edit.title' : 'edit.name')}{' '}
          {name.language !== '' && <span class="muted">({name.language})</span>}
          <input
            dir="auto"
            value={name.value}
            maxLength={2000}
            required={type === 'event' && names.length === 1}
            onInput={(event) => onChange({ names: names.with(i, { ...name, value: event.currentTarget.value }) })}
          />
        </label>
      ))}
      <Choice
        label="edit.kind"
        value={kind}
        values={kinds}
        words={kindWord}
        onChange={(value) => onChange({ kind: value })}
      />
      <Choice
        label="edit.category"
        value={category}
        values={vocabularies.category}
        words={(value) => word('category', value)}
        onChange={(value) => onChange({ category: value })}
      />
      <Choice
        label="edit.modality"
        value={modality}
        values={vocabularies.modality}
        words={(value) => word('modality', value)}
        onChange={(value) => onChange({ modality: value })}
      />
      <Choice
        label="edit.stance"
        value={stance}
        values={vocabularies.stance}
        words={(value) => word('stance', value)}
        onChange={(value) => onChange({ stance: value })}
      />
      <Choice
        label="edit.aspect"
        value={aspect}
        values={vocabularies.aspect}
        words={(value) => word('aspect', value)}
        onChange={(value) => onChange({ aspect: value })}
      />
      <Line label="edit.time" value={time} hint onChange={(value) => onChange({ time: value })} />
      <Line label="edit.position" value={position} text onChange={(value) => onChange({ position: value })} />
      <Line label="edit.country" value={country} onChange={(value) => onChange({ country: value })} />
      <Line label="edit.language" value={language} onChange={(value) => onChange({ language: value })} />
      <Line label="edit.address" value={url} onChange={(value) => onChange({ url: value })} />
      {fields.claimants && (
        <ClaimantsField ids={fields.claimants} onChange={(claimants) => onChange({ claimants })} />
      )}
      {figures && <Figures figures={figures} onChange={(next) => onChange({ figures: next })} />}
      {fields.spans && (
        <SpansField
          spans={fields.spans}
          direct={fields.direct === true}
          onChange={(spans, direct) => onChange({ spans, direct })}
        />
      )}
    </>
  );
}

interface ChoiceProperties {
  label: 'edit.kind' | 'edit.category' | 'edit.modality' | 'edit.stance' | 'edit.aspect';
  value: string | undefined;
  values: readonly string[];
  words: (value: string) => string;
  onChange: (value: string) => void;
}

function Choice({ label, value, values, words, onChange }: ChoiceProperties) {
  if (value === undefined) return null;
  const all = value === '' || values.includes(value) ? values : [value, ...values];
  return (
    <label>
      {say(label)}
      <select value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        {value === '' && <option value="">–</option>}
        {all.map((each) => (
          <option key={each} value={each}>
            {words(each)}
          </option>
        ))}
      </select>
    </label>
  );
}

interface LineProperties {
  label: 'edit.time' | 'edit.position' | 'edit.country' | 'edit.language' | 'edit.address';
  value: string | undefined;
  /** The field has words, not a code. */
  text?: boolean;
  hint?: boolean;
  onChange: (value: string) => void;
}

function Line({ label, value, text = false, hint = false, onChange }: LineProperties) {
  if (value === undefined) return null;
  return (
    <label>
      {say(label)} {hint && <span class="muted">{say('edit.edtf')}</span>}
      <input
        dir={text ? 'auto' : 'ltr'}
        spellcheck={false}
        value={value}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
    </label>
  );
}

function Figures({ figures, onChange }: { figures: FigureField[]; onChange: (next: FigureField[]) => void }) {
  const change = (i: number, changes: Partial<FigureField>) =>
    onChange(figures.map((each, at) => (at === i ? { ...each, ...changes } : each)));
  return (
    <fieldset>
      <legend>{say('edit.figures')}</legend>
      {figures.map(({ kind, best, qualifier, unit }, i) => (
        <div class="figure" key={i} role="group" aria-label={say('edit.figure', { count: i + 1 })}>
          <select
            aria-label={say('edit.counted')}
            value={kind}
            onChange={(event) => change(i, { kind: event.currentTarget.value })}
          >
            {vocabularies.figure.map((each) => (
              <option key={each} value={each}>
                {term('figure', each)}
              </option>
            ))}
          </select>
          <select
            aria-label={say('edit.qualifier')}
            value={qualifier}
            onChange={(event) => change(i, { qualifier: event.currentTarget.value })}
          >
            {vocabularies.qualifier.map((each) => (
              <option key={each} value={each}>
                {term('qualifier', each)}
              </option>
            ))}
          </select>
          <input
            aria-label={say('edit.number')}
            inputMode="numeric"
            pattern="\d*"
            dir="ltr"
            value={best}
            onInput={(event) => change(i, { best: event.currentTarget.value })}
          />
          <input
            aria-label={say('edit.unit')}
            placeholder={say('edit.unit')}
            dir="auto"
            value={unit}
            onInput={(event) => change(i, { unit: event.currentTarget.value })}
          />
          <button
            type="button"
            aria-label={say('edit.remove')}
            onClick={() => onChange(figures.filter((_, at) => at !== i))}
          >
            ✕
          </button>
        </div>
      ))}
      <button
        type="button"
        onClick={() => onChange([...figures, { kind: 'KILLED', best: '', qualifier: 'EXACT', unit: '', rest: {} }])}
      >
        {say('edit.addFigure')}
      </button>
    </fieldset>
  );
}
