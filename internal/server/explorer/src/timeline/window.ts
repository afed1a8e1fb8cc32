// The time that the timeline shows at first, and at most.
import { day, shortened } from './scale';

interface Bounds {
  earliest: string | null;
  latest: string | null;
  bulk?: { start: string; end: string } | null;
}

interface Extents {
  extent: Bounds;
  extentBefore?: Bounds;
}

/** The first view shows most events instead of all, if all need this many times as much time. */
const sparse = 1.3;

type Range = [from: number, to: number];

/**
 * Returns the time of all events of both moments of knowledge, with a margin, as far as the timeline can show it;
 * undefined if none has a time.
 */
export function wholeTime(data: Extents | undefined): Range | undefined {
  const bounds = [data?.extent, data?.extentBefore].flatMap((each) =>
    each?.earliest && each.latest ? [Date.parse(each.earliest), Date.parse(each.latest)] : [],
  );
  return bounds.length === 0 ? undefined : withMargin(Math.min(...bounds), Math.max(...bounds), 0.02);
}

/** Returns the time that is shown at first: that of most events, if others lie far away. */
export function firstView(data: Extents | undefined): Range | undefined {
  const whole = wholeTime(data);
  const bulk = data?.extent.bulk;
  if (!whole || !bulk || data.extentBefore) return whole;
  const most = withMargin(Date.parse(bulk.start), Date.parse(bulk.end) + day, 0.1);
  return whole[1] - whole[0] > sparse * (most[1] - most[0]) ? most : whole;
}

function withMargin(from: number, to: number, share: number): Range {
  const margin = Math.max(day, Math.round((to - from) * share));
  return shortened([from - margin, to + margin]);
}
