import { useEffect, useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { signIn } from './session.js';

let asking = null;

/**
 * Shows a dialog that asks for a token until a session has begun. Resolves to false if the reader cancels it, which
 * `required` does not allow. Calls while it is open share it.
 */
export function askForToken({ required }) {
  asking ??= new Promise((resolve) => {
    const root = createRoot(document.body.appendChild(document.createElement('div')));
    root.render(
      <SignIn
        required={required}
        onEnd={(signedIn) => {
          asking = null;
          root.unmount();
          resolve(signedIn);
        }}
      />,
    );
  });
  return asking;
}

function SignIn({ required, onEnd }) {
  const dialog = useRef(null);
  const field = useRef(null);
  const signedIn = useRef(false);
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  useEffect(() => dialog.current.showModal(), []);
  useEffect(() => {
    if (problem) field.current.select();
  }, [problem]);

  async function submit(event) {
    event.preventDefault();
    setBusy(true);
    setProblem('');
    try {
      signedIn.current = await signIn(field.current.value.trim());
      if (!signedIn.current) setProblem('The server does not know this token.');
    } catch (error) {
      setProblem(error.message);
    }
    setBusy(false);
    if (signedIn.current) dialog.current.close(); // It gives the focus back.
  }
  function closed() {
    // Browsers let a second Escape close a dialog whatever the page says.
    if (required && !signedIn.current) dialog.current.showModal();
    else onEnd(signedIn.current);
  }
  return (
    <dialog ref={dialog} className="sign-in" aria-labelledby="sign-in-title"
      onCancel={(event) => required && event.preventDefault()} onClose={closed}>
      <form onSubmit={submit}>
        <h2 id="sign-in-title">Sign in</h2>
        <p>This server needs a token. Its operator has one for you.</p>
        <label htmlFor="sign-in-token">Token</label>
        <input
          ref={field}
          id="sign-in-token"
          type="password"
          required
          autoComplete="current-password"
          spellCheck={false}
          aria-invalid={problem !== ''}
          aria-describedby="sign-in-problem"
        />
        <p id="sign-in-problem" role="alert">{problem}</p>
        <menu>
          {!required && <li><button type="button" onClick={() => dialog.current.close()}>Cancel</button></li>}
          <li><button type="submit" disabled={busy}>Sign in</button></li>
        </menu>
      </form>
    </dialog>
  );
}
