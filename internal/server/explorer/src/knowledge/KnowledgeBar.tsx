import { t, word } from '../i18n/messages';
import { differences, differenceSigns } from '../marks/difference';
import { change, view } from '../state/store';
import { dayOf, ordered, type TwoMoments } from '../state/moments';

/** The moment of knowledge that all views show, and the one that they are compared with. */
export function KnowledgeBar() {
  const { knownAt, comparedWith } = view.value;
  return (
    <section class="knowledge" aria-label={t('known.title')}>
      <label>
        {t('known.label')}{' '}
        <input
          type="date"
          value={knownAt === undefined ? '' : dayOf(knownAt)}
          onChange={(event) => set({ knownAt: event.currentTarget.value || undefined })}
        />
      </label>
      <button type="button" aria-pressed={knownAt === undefined} onClick={() => set({ knownAt: undefined })}>
        {t('known.now')}
      </button>
      <label>
        {t('known.since')}{' '}
        <input
          type="date"
          value={comparedWith === undefined ? '' : dayOf(comparedWith)}
          onChange={(event) => set({ comparedWith: event.currentTarget.value || undefined })}
        />
      </label>
      {comparedWith !== undefined && <Legend />}
    </section>
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
        onClick={() => set({ comparedWith: undefined })}
      >
        ✕
      </button>
    </>
  );
}

function set(moments: Partial<TwoMoments>): void {
  const { knownAt, comparedWith } = view.peek();
  change(ordered({ knownAt, comparedWith, ...moments }), { step: true });
}
