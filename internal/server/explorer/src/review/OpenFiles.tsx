import { useEffect, useState } from 'preact/hooks';
import { language, t } from '../i18n/messages';
import { say } from '../i18n/review';
import { moment } from '../i18n/time';
import { FileFault, mostBytes, proposalOf } from '../proposal/files';
import { list, remove, type Stored } from '../proposal/storage';
import { addressOfPage, opened } from './address';
import { Fault } from './Fault';
import { open } from './state';

/** Takes the files of `casus extract`, or a proposal that the browser still has. */
export function OpenFiles() {
  const [error, setError] = useState<unknown>(undefined);
  const [over, setOver] = useState(false);
  const take = async (files: readonly File[]) => {
    setError(undefined);
    try {
      if (files.reduce((sum, { size }) => sum + size, 0) > mostBytes) throw new FileFault('large');
      const read = await Promise.all(files.map(async (file) => ({ name: file.name, text: await file.text() })));
      await open(proposalOf(read));
    } catch (fault) {
      setError(fault);
    }
  };
  return (
    <main class="sheet">
      <section
        class={over ? 'drop over' : 'drop'}
        aria-labelledby="open-title"
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          void take([...(event.dataTransfer?.files ?? [])]);
        }}
      >
        <h2 id="open-title">{say('open.title')}</h2>
        <p>{say('open.files')}</p>
        <label class="file">
          <span>{say('open.choose')}</span>
          <input
            type="file"
            multiple
            accept=".jsonl,.json,application/json"
            onChange={(event) => {
              void take([...(event.currentTarget.files ?? [])]);
              event.currentTarget.value = '';
            }}
          />
        </label>
        <p class="muted">{say('open.local')}</p>
        <Fault error={error} />
        <p>
          <a href={addressOfPage('inbox')}>{say('open.inbox')}</a>
        </p>
      </section>
      <Kept />
    </main>
  );
}

/** The proposals that the browser has. */
function Kept() {
  const [all, setAll] = useState<Stored[]>([]);
  useEffect(() => void list().then(setAll), []);
  if (all.length === 0) return null;
  const forget = async (hash: string) => {
    await remove(hash);
    setAll(await list());
  };
  return (
    <section aria-labelledby="kept-title">
      <h2 id="kept-title">{say('kept.title')}</h2>
      <ul class="kept">
        {all.map(({ hash, title, at, decisions, proposal }) => (
          <li key={hash}>
            <button type="button" class="plain title" onClick={() => (opened.value = { proposal: hash })}>
              <bdi>{title === '' ? hash.slice(0, 12) : title}</bdi>
            </button>
            <span class="muted">
              {say('kept.decided', { decided: decisions.length, count: proposal.review.items.length })} ·{' '}
              <bdi>{moment(new Date(at).toISOString(), { language: language.value, t })}</bdi>
            </span>
            <button type="button" onClick={() => void forget(hash)}>
              {say('kept.forget')}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
