import { t, word } from '../i18n/messages';
import { differences, differenceSigns } from '../marks/difference';
import { dayOf } from '../state/moments';
import { field } from '../state/store';
import { useKnowledge } from './data';
import { setMoments } from './set';
import { Slider } from './Slider';
import { StepButtons } from './StepButtons';

/** The moment of knowledge that all views show, and the one that they are compared with. */
export function KnowledgeBar() {
  const [knownAt, comparedWith] = [field('knownAt').value, field('comparedWith').value];
  const known = useKnowledge().value;
  return (
    <section class="knowledge" aria-label={t('known.title')}>
      <Day label={t('known.label')} value={knownAt} set={(day) => setMoments({ knownAt: day })} />
      {known ? <StepButtons known={known} /> : <span class="steps" />}
      {known ? <Slider known={known} /> : <div class="slider" />}
      <button type="button" aria-pressed={knownAt === undefined} onClick={() => setMoments({ knownAt: undefined })}>
        {t('known.now')}
      </button>
      <Day label={t('known.since')} value={comparedWith} set={(day) => setMoments({ comparedWith: day })} />
      {comparedWith !== undefined && <Legend />}
    </section>
  );
}

interface DayProperties {
  label: string;
  value: string | undefined;
  set: (day: string | undefined) => void;
}

function Day({ label, value, set }: DayProperties) {
  return (
    <label>
      {label}{' '}
      <input
        type="date"
        value={value === undefined ? '' : dayOf(value)}
        onChange={(event) => set(event.currentTarget.value || undefined)}
      />
    </label>
  );
}

function Legend() {
  return (
    <>
      <ul class="legend" aria-label={t('difference.title')}>
        {differences.map((each) => (
          <li key={each} class={`difference-${each}`}>
            <span aria-hidden="true">{differenceSigns[each]}</span> {word('difference', each)}
          </li>
        ))}
      </ul>
      <button
        type="button"
        class="plain"
        aria-label={t('known.stop')}
        onClick={() => setMoments({ comparedWith: undefined })}
      >
        ✕
      </button>
    </>
  );
}
