// Colours of marks on canvases. Each category and status has a word as well, and each status a shape.

/** Eight hues with a contrast of at least 3 to both papers. Categories that are close in meaning share one. */
const hues = {
  red: '#c8503f',
  orange: '#b8741a',
  green: '#2f8f57',
  teal: '#15878a',
  blue: '#3a7fc1',
  violet: '#8a63c4',
  pink: '#b8568f',
  grey: '#76828d',
} as const;

const categories: Record<string, keyof typeof hues> = {
  ASSAULT: 'red',
  COERCE: 'orange',
  SANCTION: 'orange',
  MOBILIZE: 'orange',
  AGREE: 'green',
  CONCEDE: 'green',
  RETREAT: 'green',
  COOPERATE: 'teal',
  AID: 'teal',
  SUPPORT: 'teal',
  CONSULT: 'blue',
  REQUEST: 'violet',
  PROTEST: 'violet',
  ACCUSE: 'pink',
  REJECT: 'pink',
  THREATEN: 'pink',
  STATEMENT: 'grey',
  OTHER: 'grey',
};

const statuses: Record<string, keyof typeof hues> = {
  UNVERIFIED: 'grey',
  CORROBORATED: 'blue',
  CONFIRMED: 'green',
  DISPUTED: 'orange',
  DENIED: 'red',
  RETRACTED: 'grey',
};

/** A shape for each hue, so that colour is never the only sign of a category. */
const signs: Record<keyof typeof hues, string> = {
  red: '▲',
  orange: '◆',
  green: '✓',
  teal: '■',
  blue: '●',
  violet: '?',
  pink: '!',
  grey: '–',
};

/** Returns the shape of a category, which stands beside its colour and its word. */
export function categorySign(category: string): string {
  return signs[categories[category] ?? 'grey'];
}

/** Returns the colour of a category, a status, or of any other value: values without a colour of their own are grey. */
export function colourOf(value: string): string {
  return hues[categories[value] ?? statuses[value] ?? 'grey'];
}

/** The colours of a drawing's paper, text and lines. */
export interface Paper {
  dark: boolean;
  paper: string;
  raised: string;
  ink: string;
  muted: string;
  edge: string;
  accent: string;
}

export function paperOf(dark: boolean): Paper {
  return dark
    ? {
        dark,
        paper: '#151c24',
        raised: '#1e2731',
        ink: '#ecf0f1',
        muted: '#a9b4be',
        edge: '#35414d',
        accent: '#6db3e8',
      }
    : {
        dark,
        paper: '#ffffff',
        raised: '#f6f7f8',
        ink: '#1b2631',
        muted: '#55616d',
        edge: '#d3d9de',
        accent: '#1a5c8f',
      };
}
