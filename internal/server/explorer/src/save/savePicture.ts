// Saves the drawing of a panel.
import { drawings } from '../canvas/drawings';
import { direction, t } from '../i18n/messages';
import { paperOf } from '../marks/colours';
import { caption } from '../share/describe';
import { origin, wordsNow } from '../share/now';
import { dark } from '../shell/theme';
import { view } from '../state/store';
import type { Panel } from '../state/view';
import { download } from './download';
import { browserMeasure, pngOf, svgOf } from './picture';

export async function savePicture(panel: Panel, kind: 'svg' | 'png'): Promise<void> {
  const drawing = drawings.peek().get(panel);
  if (!drawing) return;
  const [what, whence] = caption(view.peek(), origin(view.peek()), wordsNow());
  const text = {
    title: `Casus: ${t(`panel.${panel}`)}`,
    what,
    whence,
    direction: direction.peek(),
    paper: paperOf(dark.peek()),
  };
  const content =
    kind === 'png'
      ? await pngOf(drawing, text)
      : new Blob([svgOf(drawing, text, browserMeasure())], { type: 'image/svg+xml' });
  download(`casus-${panel}.${kind}`, content);
}
