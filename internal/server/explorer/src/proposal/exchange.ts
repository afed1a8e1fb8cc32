// Requests to /proposals. Addresses are relative to the page's, so a proxy may put a prefix before both.
import type { Json, Outcome, Proposal, Refusal, Review } from './types';
import { proposalOfAnswer } from './files';

/** The server refused a request, or did not answer: then the code is LOST. */
export class ServerFault extends Error {
  override readonly name = 'ServerFault';
  constructor(
    message: string,
    readonly code: string,
  ) {
    super(message);
  }
}

export interface Article {
  content: string;
  format: '' | 'text' | 'markdown' | 'html';
  title: string;
  publisher: string;
  published: string;
  address: string;
  language: string;
}

/** What the server read in an article. */
export interface ArticleFacts {
  title: string;
  publisher: string;
  published: string;
  address: string;
  language: string;
  sha256: string;
  sentences: number;
}

export interface Converted {
  proposal: Proposal;
  refused: Refusal[];
}

/** What is previewed and loaded. */
export interface Submission {
  records?: Json[];
  review?: Review;
  curations?: Json[];
  by?: string;
  note?: string;
  at?: string;
  keepText?: boolean;
  replace?: boolean;
  revision?: number;
}

export async function askQuestion(
  article: Article,
  part: string,
): Promise<{ question: string; article: ArticleFacts }> {
  return (await post('proposals/question', { article, part })) as { question: string; article: ArticleFacts };
}

export async function convert(article: Article, answers: string[], model: string): Promise<Converted> {
  const answer = (await post('proposals/convert', { article, answers, ...(model !== '' && { model }) })) as Json;
  const refused = Array.isArray(answer['refused']) ? (answer['refused'] as Refusal[]) : [];
  return { proposal: proposalOfAnswer(answer['records'], answer['review']), refused };
}

export async function preview(submission: Submission): Promise<Outcome> {
  return (await post('proposals/preview', submission)) as Outcome;
}

export async function load(submission: Submission): Promise<Outcome> {
  return (await post('proposals', submission)) as Outcome;
}

async function post(address: string, body: unknown): Promise<unknown> {
  let response: Response;
  let answer: { errors?: { message: string; extensions?: { code?: string } }[] };
  try {
    response = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      credentials: 'same-origin',
      body: JSON.stringify(body),
    });
  } catch (error) {
    throw new ServerFault(error instanceof Error ? error.message : '', 'LOST');
  }
  try {
    answer = (await response.json()) as typeof answer;
  } catch {
    throw new ServerFault(`status ${response.status}`, codeOf(response.status));
  }
  const [fault] = answer.errors ?? [];
  if (fault) throw new ServerFault(fault.message, fault.extensions?.code ?? codeOf(response.status));
  if (!response.ok) throw new ServerFault(`status ${response.status}`, codeOf(response.status));
  return answer;
}

/** Returns the code of an answer without one, as a proxy or a server without this address sends it. */
function codeOf(status: number): string {
  if (status === 404) return 'FORBIDDEN'; // an older server, or one without --allow-writes
  if (status === 413) return 'LIMIT_EXCEEDED';
  return status >= 500 ? 'UNAVAILABLE' : 'BAD_INPUT';
}
