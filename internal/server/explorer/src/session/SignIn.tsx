import { useEffect, useRef, useState } from 'preact/hooks';
import { refused } from '../api/answer';
import { askAgain } from '../api/revision';
import { t } from '../i18n/messages';
import { addressOf, whole } from '../share/addresses';
import { view } from '../state/store';
import { signIn } from './session';

/** Says that the server needs a token, and takes one. In another page it cannot: browsers send no cookies there. */
export function SignIn() {
  if (view.value.embed !== undefined) {
    return (
      <main class="sign-in">
        <p role="alert">{t('session.embedded')}</p>
        <p>
          <a href={addressOf(location.href, whole(view.value))} target="_blank" rel="noopener">
            {t('credit.open')}
          </a>
        </p>
      </main>
    );
  }
  return <SignInForm />;
}

function SignInForm() {
  const field = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<'session.wrong' | 'session.failed' | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  useEffect(() => field.current?.focus(), []);
  const submit = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setProblem(undefined);
    try {
      if (await signIn(field.current?.value.trim() ?? '')) {
        refused.value = false;
        askAgain();
        return;
      }
      setProblem('session.wrong');
    } catch {
      setProblem('session.failed');
    }
    setBusy(false);
    field.current?.select();
  };
  return (
    <main class="sign-in">
      <form onSubmit={(event) => void submit(event)}>
        <h2>{t('session.title')}</h2>
        <p>{t('session.needed')}</p>
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
    </main>
  );
}
