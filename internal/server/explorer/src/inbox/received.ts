// What another page hands over. Any page may send anything, so each field is bounded, and a person accepts it.
import type { Article } from '../proposal/exchange';
import { articleMessage, mostCharacters } from './bookmarklet';

/** An article that a page offers, and the origin that the browser names as the page's. */
export interface Offer {
  origin: string;
  article: Article;
}

const longest = { title: 2000, address: 2000, publisher: 500, published: 40, language: 40 };

/**
 * Returns what a message offers; undefined if it is something else, `large` if it is too long. An address of another
 * origin than the page's is left out: no page can speak for another one.
 */
export function offerOf(data: unknown, origin: string): Offer | 'large' | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const message = data as Record<string, unknown>;
  if (message['type'] !== articleMessage || typeof message['content'] !== 'string') return undefined;
  const content = message['content'];
  if (content.length > mostCharacters) return 'large';
  if (content.trim() === '') return undefined;
  const field = (name: keyof typeof longest) => {
    const value = message[name];
    return typeof value === 'string' ? value.slice(0, longest[name]).replace(/\s+/g, ' ').trim() : '';
  };
  const published = field('published');
  const address = field('address');
  return {
    origin,
    article: {
      content,
      format: message['format'] === 'html' ? 'html' : 'text',
      title: field('title'),
      publisher: field('publisher'),
      published: /^\d{4}-\d{2}-\d{2}$/.test(published) ? published : '',
      address: isOf(address, origin) ? address : '',
      language: /^[A-Za-z]{2,3}(-[A-Za-z0-9]+)*$/.test(field('language')) ? field('language') : '',
    },
  };
}

function isOf(address: string, origin: string): boolean {
  try {
    const url = new URL(address);
    return url.origin === origin && /^https?:$/.test(url.protocol);
  } catch {
    return false;
  }
}

/** How many messages that are no offer are read before no more are. */
const mostRefused = 20;

interface Source {
  addEventListener: (type: 'message', listener: (event: MessageEvent) => void) => void;
  removeEventListener: (type: 'message', listener: (event: MessageEvent) => void) => void;
}

/**
 * Listens for one offer of the window that opened the page. The first one is taken, and nothing after it: a page that
 * goes on sending changes nothing.
 */
export function receive(source: Source, opener: unknown, take: (offer: Offer | 'large') => void): () => void {
  let refused = 0;
  const stop = () => source.removeEventListener('message', listen);
  const listen = (event: MessageEvent) => {
    if (event.source !== opener) return;
    const offer = offerOf(event.data, event.origin);
    if (offer === undefined) {
      if (++refused >= mostRefused) stop();
      return;
    }
    stop();
    take(offer);
  };
  source.addEventListener('message', listen);
  return stop;
}
