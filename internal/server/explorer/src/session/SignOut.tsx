import { useEffect, useState } from 'preact/hooks';
import { t } from '../i18n/messages';
import { sessionName, signOut } from './session';

/** Ends the reader's session, if there is one. */
export function SignOut() {
  const [name, setName] = useState('');
  useEffect(() => void sessionName().then(setName), []);
  if (name === '') return null;
  const leave = () =>
    signOut().then(
      () => location.reload(), // Nothing that was read stays on the page.
      () => window.alert(t('session.failed')),
    );
  return (
    <button type="button" title={name} onClick={() => void leave()}>
      {t('session.signOut')}
    </button>
  );
}
