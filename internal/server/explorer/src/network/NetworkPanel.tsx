import { Canvas } from '../canvas/Canvas';
import { t, word } from '../i18n/messages';
import { EventsDialog } from '../parts/EventsDialog';
import { Failure } from '../parts/Failure';
import { gesturesOf, onKeyDown } from './actions';
import type { ComparedNetwork } from './compare';
import { paint } from './draw';
import { LinkTable } from './LinkTable';
import { NetworkLegend } from './NetworkLegend';
import { useDrawing, useScene } from './useScene';

/** Actors who took part in the same events. A click on an actor filters, a click on a line shows what they share. */
export function NetworkPanel() {
  const drawing = useDrawing();
  const { answer, network, scene } = useScene(drawing);
  const { data, error } = answer.value;
  const several = drawing.several.value;
  return (
    <>
      {data && (
        <div class="panel-tools">
          <span class="muted">
            {t('network.shown', {
              nodes: data.network.nodes.length,
              allNodes: data.network.totalNodes,
              links: data.network.links.length,
              allLinks: data.network.totalLinks,
            })}
          </span>
          <NetworkLegend />
        </div>
      )}
      <Failure error={error} />
      {data?.network.nodes.length === 0 && <p class="empty">{t('network.empty')}</p>}
      <Canvas
        scene={scene}
        paint={(context, current, size) => current && paint(context, current, size)}
        size={drawing.size}
        gestures={gesturesOf(scene.peek.bind(scene), drawing)}
        onKeyDown={(event) => onKeyDown(event, scene.peek(), drawing)}
        role={t('panel.network')}
        label={labelled(network.value, drawing.focused.value)}
        keys={t('network.keys')}
      />
      {several && <EventsDialog several={several} onClose={() => (drawing.several.value = undefined)} />}
      {network.value && network.value.links.length > 0 && <LinkTable network={network.value} />}
    </>
  );
}

/** Returns what a screen reader says: the focused actor, else the name of the view. */
function labelled(network: ComparedNetwork | undefined, focused: string | undefined): string {
  const found = network?.nodes.find(({ node }) => node.actor.id === focused);
  if (!found) return t('panel.network');
  const parts = [found.node.actor.label.value, t('events', { count: found.node.events })];
  if (found.difference) parts.push(word('difference', found.difference));
  return parts.join('. ');
}
