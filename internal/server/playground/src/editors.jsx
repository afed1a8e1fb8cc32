import { useGraphiQL, useMonaco } from '@graphiql/react';
import { useEffect } from 'react';

/** Sets what GraphiQL has no option for: long lines wrap, and text is measured again when fonts have loaded. */
export function TuneEditors() {
  const monaco = useMonaco((state) => state.monaco);
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  useEffect(() => queryEditor?.updateOptions({ wordWrap: 'on', wrappingIndent: 'indent' }), [queryEditor]);
  useEffect(() => {
    if (!monaco) return;
    // Monaco measures a font once. Text that it measures before the font has loaded is misplaced.
    const remeasure = () => monaco.editor.remeasureFonts();
    document.fonts.addEventListener('loadingdone', remeasure);
    document.fonts.ready.then(remeasure);
    return () => document.fonts.removeEventListener('loadingdone', remeasure);
  }, [monaco]);
  return null;
}
