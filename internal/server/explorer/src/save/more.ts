// What a saved page holds besides the answers that are shown: the evidence of the listed events, and the filters.
import { ApiError, ask } from '../api/client';
import { type Operation, textOf } from '../api/operation';
import { questions } from '../api/questions';
import { ChosenEvent, EventEvidence, Facets, TollHistory } from '../api/types';
import { pageSize } from '../evidence/pageSize';
import { few, filters } from '../facets/fields';
import { language } from '../i18n/messages';
import { view } from '../state/store';
import type { SavedAnswer } from './saved';
import { shownEvents } from './shown';

/** How many events are asked for at a time: their questions are one request. */
const together = 4;

/** Returns the answers, of how many events they have the evidence, and how many events are selected. */
export async function readMore(
  told: (done: number, all: number) => void,
): Promise<{ answers: SavedAnswer[]; count: number; all: number }> {
  const { ids, all } = shownEvents(questions().map(({ panel, answered }) => ({ panel, data: answered?.data })));
  const common = { knownAt: view.peek().knownAt ?? null, languages: [language.peek()] };
  const answers = await answersOf([[Facets, { ...filters(view.peek().selection), ...common, top: few }]]);
  let count = 0;
  for (let first = 0; first < ids.length; first += together) {
    told(first, ids.length);
    const parts = await Promise.all(
      ids.slice(first, first + together).map((id) =>
        answersOf([
          [EventEvidence, { id, ...common, first: pageSize }],
          [TollHistory, { id, ...common }],
          [ChosenEvent, { id, knownAt: common.knownAt }],
        ]),
      ),
    );
    count += parts.filter((part) => part.length > 0).length;
    answers.push(...parts.flat());
  }
  return { answers, count, all };
}

/** Returns the answers to questions; none if the API refuses one of them. */
async function answersOf(asked: readonly [Operation<unknown, unknown>, unknown][]): Promise<SavedAnswer[]> {
  try {
    return await Promise.all(
      asked.map(async ([operation, variables]) => ({
        query: textOf(operation),
        variables,
        data: await ask(operation, variables),
      })),
    );
  } catch (error) {
    if (error instanceof ApiError) return [];
    throw error;
  }
}
