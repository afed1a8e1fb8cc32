import { useState } from 'preact/hooks';
import { say } from '../i18n/review';
import { access, sessionName } from '../session/session';
import { SignInForm } from '../session/SignInForm';

/** Says what is missing where the reader may not write, and takes a token that may. */
export function Access() {
  const [open, setOpen] = useState(false);
  if (access.value === undefined || access.value === 'write') return null;
  const signedIn = () => {
    setOpen(false);
    void sessionName();
  };
  return (
    <section class="notice" aria-label={say('access.title')}>
      <p>{say(access.value === 'none' ? 'access.none' : 'access.read')}</p>
      {open ? (
        <SignInForm why={say('access.token')} onSignedIn={signedIn} />
      ) : (
        <button type="button" onClick={() => setOpen(true)}>
          {say('access.signIn')}
        </button>
      )}
    </section>
  );
}
