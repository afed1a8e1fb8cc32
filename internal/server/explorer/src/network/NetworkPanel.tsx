import { Canvas } from '../canvas/Canvas';
import type { Point } from '../canvas/gestures';
import { t, word } from '../i18n/messages';
import { EventsDialog } from '../parts/EventsDialog';
import { Failure } from '../parts/Failure';
import { gesturesOf, linkAt, nodeAt, onKeyDown } from './actions';
import type { ComparedNetwork } from './compare';
import { type NetworkScene, paint } from './draw';
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
        gestures={{
          ...gesturesOf(scene.peek.bind(scene), drawing),
          nameAt: (at) => scene.value && nameAt(network.value, scene.value, at),
        }}
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
  return (focused !== undefined && actorInWords(network, focused)) || t('panel.network');
}

function actorInWords(network: ComparedNetwork | undefined, id: string): string {
  const found = network?.nodes.find(({ node }) => node.actor.id === id);
  if (!found) return '';
  const parts = [found.node.actor.label.value, t('events', { count: found.node.events })];
  if (found.difference) parts.push(word('difference', found.difference));
  return parts.join('. ');
}

/** Returns the actor at a point in words, or the two of a tie and how many events they share. */
function nameAt(network: ComparedNetwork | undefined, scene: NetworkScene, at: Point): string | undefined {
  const node = nodeAt(scene, at);
  if (node !== undefined) return actorInWords(network, node);
  const ids = linkAt(scene, at);
  const link = ids && network?.links.find(({ a, b }) => ids.includes(a) && ids.includes(b));
  if (!link) return undefined;
  const names = ids.map((id) => scene.nodes.find((each) => each.id === id)?.name);
  const parts = [names.join(' — '), t('events', { count: link.weight })];
  if (link.difference) parts.push(word('difference', link.difference));
  return parts.join('. ');
}
