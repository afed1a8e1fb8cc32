// The text of a view: the fragment of the page's address. It is written in one form only, so equal views have equal
// addresses, and read in every form that was ever written.
import { type Language, languages } from '../i18n/languages';
import {
  type Box,
  type Camera,
  emptySelection,
  initialView,
  laneFields,
  lists,
  panels,
  type PathQuestion,
  type Selection,
  themes,
  type View,
} from './view';

/** The form that is written. A change of a parameter's meaning gets a new number and a branch in `parse`. */
const version = '1';

const longestAddress = 8000;
const longestValue = 500;
const mostValues = 50;

/** Returns the address of a view, without `#`. */
export function format(view: View): string {
  const { selection } = view;
  const parameters: [string, string][] = [['v', version]];
  const put = (name: string, value: string | undefined) => {
    if (value !== undefined && value !== '') parameters.push([name, value]);
  };
  put('from', selection.from);
  put('to', selection.to);
  for (const [name, field] of Object.entries(lists)) {
    for (const value of selection[field]) put(name, value);
  }
  put('text', selection.text);
  put('box', selection.box && formatBox(selection.box));
  put('time', selection.timeless === undefined ? undefined : selection.timeless ? 'unknown' : 'known');
  put('known', view.knownAt);
  put('since', view.comparedWith);
  put('event', view.event);
  for (const id of view.link ?? []) put('link', id);
  if (view.path) {
    put('path', view.path.from);
    put('path', view.path.to);
    for (const id of view.path.avoid) put('avoid', id);
    for (const role of view.path.roles) put('role', role);
    if (view.path.inOrder) put('order', 'time');
  }
  if (view.lanes !== initialView.lanes) put('lanes', view.lanes);
  put('window', view.window?.map((moment) => new Date(moment).toISOString()).join('/'));
  put('map', view.camera && [view.camera.longitude, view.camera.latitude, view.camera.zoom].join(','));
  if (view.panel !== initialView.panel) put('panel', view.panel);
  if (view.language !== initialView.language) put('lang', view.language);
  if (view.theme !== initialView.theme) put('theme', view.theme);
  put('embed', view.embed);
  return parameters.map(([name, value]) => `${name}=${encode(value)}`).join('&');
}

/** Returns the view of an address, with or without `#`. Invalid parts of it are left out. */
export function parse(address: string): View {
  const parameters = new URLSearchParams(address.slice(0, longestAddress).replace(/^#/, ''));
  const one = (name: string) => bounded(parameters.get(name));
  const all = (name: string) => [
    ...new Set(
      parameters
        .getAll(name)
        .map(bounded)
        .filter((value) => value !== undefined),
    ),
  ];

  const selection: Selection = { ...emptySelection };
  for (const [name, field] of Object.entries(lists)) selection[field] = all(name).slice(0, mostValues);
  define(selection, 'from', one('from'));
  define(selection, 'to', one('to'));
  define(selection, 'text', one('text'));
  define(selection, 'box', parseBox(one('box')));
  if (one('time') === 'unknown') selection.timeless = true;
  if (one('time') === 'known') selection.timeless = false;

  const view: View = { ...initialView, selection };
  define(view, 'knownAt', one('known'));
  define(view, 'comparedWith', one('since'));
  define(view, 'event', one('event'));
  define(view, 'link', pair(all('link')));
  define(view, 'path', parsePath(all('path'), all('avoid'), all('role'), one('order')));
  define(view, 'window', parseWindow(one('window')));
  define(view, 'camera', parseCamera(one('map')));
  define(view, 'embed', oneOf([...panels, 'all'] as const, one('embed')));
  view.lanes = oneOf(laneFields, one('lanes')) ?? initialView.lanes;
  view.panel = oneOf(panels, one('panel')) ?? initialView.panel;
  view.language = oneOf(Object.keys(languages) as Language[], one('lang')) ?? initialView.language;
  view.theme = oneOf(themes, one('theme')) ?? initialView.theme;
  return view;
}

/** Encodes a value, but leaves the characters of ids and dates readable. */
function encode(value: string): string {
  return encodeURIComponent(value).replace(/%(?:3A|2F|2C)/g, decodeURIComponent);
}

function bounded(value: string | null): string | undefined {
  if (value === null || value === '' || value.length > longestValue || !value.isWellFormed()) return undefined;
  return value;
}

function define<T, K extends keyof T>(target: T, key: K, value: T[K] | undefined): void {
  if (value !== undefined) target[key] = value;
}

function oneOf<T extends string>(values: readonly T[], value: string | undefined): T | undefined {
  return values.find((each) => each === value);
}

function pair(ids: string[]): [string, string] | undefined {
  const [first, second] = ids;
  return first !== undefined && second !== undefined ? [first, second] : undefined;
}

function parsePath(
  ends: string[],
  avoid: string[],
  roles: string[],
  order: string | undefined,
): PathQuestion | undefined {
  const both = pair(ends);
  return (
    both && {
      from: both[0],
      to: both[1],
      avoid: avoid.slice(0, mostValues),
      roles: roles.slice(0, mostValues),
      inOrder: order === 'time',
    }
  );
}

/** Returns as many finite numbers as expected, or undefined. */
function numbers(text: string | undefined, expected: number): number[] | undefined {
  const values = (text ?? '').split(',').map((each) => (each === '' ? NaN : Number(each)));
  return values.length === expected && values.every(Number.isFinite) ? values : undefined;
}

function formatBox(box: Box): string {
  return [box.west, box.south, box.east, box.north].join(',');
}

function parseBox(text: string | undefined): Box | undefined {
  const [west, south, east, north] = numbers(text, 4) ?? [];
  if (west === undefined || south === undefined || east === undefined || north === undefined) return undefined;
  const valid = [west, east].every((x) => Math.abs(x) <= 180) && [south, north].every((y) => Math.abs(y) <= 90);
  return valid && south <= north ? { west, south, east, north } : undefined;
}

function parseCamera(text: string | undefined): Camera | undefined {
  const [longitude, latitude, zoom] = numbers(text, 3) ?? [];
  if (longitude === undefined || latitude === undefined || zoom === undefined) return undefined;
  const valid = Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90 && zoom >= 0 && zoom <= 22;
  return valid ? { longitude, latitude, zoom } : undefined;
}

function parseWindow(text: string | undefined): [number, number] | undefined {
  const [from, to] = (text ?? '').split('/').map(Date.parse);
  return from !== undefined && to !== undefined && from < to ? [from, to] : undefined;
}
