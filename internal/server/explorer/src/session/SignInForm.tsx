import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../i18n/messages';
import { signIn } from './session';

/** Takes a token and begins a session with it. */
export function SignInForm({ why, onSignedIn }: { why: string; onSignedIn: () => void }) {
  const field = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<'session.wrong' | 'session.failed' | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  useEffect(() => field.current?.focus(), []);
  const submit = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setProblem(undefined);
    try {
      if (await signIn(field.current?.value.trim() ?? '')) return onSignedIn();
      setProblem('session.wrong');
    } catch {
      setProblem('session.failed');
    }
    setBusy(false);
    field.current?.select();
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <h2>{t('session.title')}</h2>
      <p>{why}</p>
      <label for="token">{t('session.token')}</label>
      <input
        ref={field}
        id="token"
        type="password"
        required
        autoComplete="current-password"
        spellcheck={false}
        dir="ltr"
        aria-invalid={problem !== undefined}
        aria-describedby="token-problem"
      />
      <p id="token-problem" role="alert">
        {problem && t(problem)}
      </p>
      <button type="submit" disabled={busy}>
        {t('session.title')}
      </button>
    </form>
  );
}
