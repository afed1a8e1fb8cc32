import { Canvas } from '../canvas/Canvas';
import { countryName } from '../i18n/format';
import { language, t, word } from '../i18n/messages';
import { differenceSigns } from '../marks/difference';
import { EventsDialog } from '../parts/EventsDialog';
import { Failure } from '../parts/Failure';
import { Table } from '../parts/Table';
import { change, select, view } from '../state/store';
import { toggled } from '../state/view';
import { gesturesOf, markAt, onKeyDown, open } from './actions';
import { type MapScene, type Mark, paint } from './draw';
import { landAt } from './land';
import { MapLegend } from './MapLegend';
import type { Placed } from './places';
import { useDrawing, useScene } from './useScene';

const tableLength = 50;

/** Where events happened, clustered by the cells of a grid. */
export function MapPanel() {
  const drawing = useDrawing();
  const { extent, clusters, places, shown, scene } = useScene(drawing);
  const { marks } = scene.value;
  const several = drawing.several.value;
  const focused = marks[drawing.focused.value ?? -1];
  const unplaced = extent.value.data?.around.withoutPlace ?? 0;
  return (
    <>
      <div class="panel-tools">
        {unplaced > 0 && <span class="muted">{t('map.withoutPlace', { count: unplaced })}</span>}
        <MapLegend />
        <span class="grow" />
        <button type="button" onClick={() => change({ camera: undefined })}>
          {t('zoom.all')}
        </button>
      </div>
      <Failure error={clusters.value.error ?? places.value.error ?? extent.value.error} />
      <Canvas
        scene={scene}
        paint={paint}
        still={still}
        size={drawing.size}
        gestures={{
          ...gesturesOf(scene.peek.bind(scene), drawing),
          nameAt: (at) => {
            const mark = marks[markAt(scene.peek(), drawing.size.peek(), at) ?? -1];
            return mark && nameOf(mark);
          },
        }}
        onKeyDown={(event) => onKeyDown(event, scene.peek(), drawing)}
        role={t('panel.map')}
        label={focused ? nameOf(focused) : t('panel.map')}
        keys={t('map.keys')}
      />
      {several && <EventsDialog several={several} onClose={() => (drawing.several.value = undefined)} />}
      {extent.value.data?.around.box === null && <p class="empty">{t('map.empty')}</p>}
      <Countries countries={shown.value.countries} />
      <Table>
        {() => (
          <ul>
            {marks.slice(0, tableLength).map((mark, i) => (
              <li key={i}>
                <button type="button" class="plain" onClick={() => open(scene.peek(), i, drawing)}>
                  <bdi>{nameOf(mark)}</bdi>{' '}
                  <span class="muted">
                    <bdi>{mark.name}</bdi> {place(mark)}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        )}
      </Table>
    </>
  );
}

/** The countries of events of which no nearer place is known. A click filters by one. */
function Countries({ countries }: { countries: Placed['countries'] }) {
  if (countries.length === 0) return null;
  return (
    <p class="muted countries">
      {t('map.countries')}
      {countries.map(({ code, events }) => (
        <button
          key={code}
          type="button"
          class="plain"
          onClick={() => select({ countries: toggled(view.peek().selection.countries, code) })}
        >
          {countryName(language.value, code)} {t('number', { count: events })}
        </button>
      ))}
    </p>
  );
}

/** Returns a mark in words: its event or the number of its events, and what differs from the earlier moment. */
function nameOf({ event, events, difference, more }: Mark): string {
  const name = event?.name ?? t('events', { count: events });
  if (!difference) return name;
  const number = more && !event ? ` ${differenceSigns[difference]}${Math.abs(more)}` : '';
  return `${name}. ${word('difference', difference)}${number}`;
}

/** Returns the scene for a file: with every line of the land. */
function still(scene: MapScene): MapScene {
  const land = landAt(scene.camera.zoom);
  return { ...scene, backdrop: land && { land } };
}

function place({ latitude, longitude }: Mark) {
  return <bdi dir="ltr">{`${latitude.toFixed(2)}, ${longitude.toFixed(2)}`}</bdi>;
}
