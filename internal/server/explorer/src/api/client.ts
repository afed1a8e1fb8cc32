// Requests to the API. Its address is relative to the page's, so a proxy may put a prefix before both.
import { batched } from './batch';
import type { Operation } from './operation';
import { answeredAt, revision } from './revision';

const endpoint = 'graphql';

/** The API answered with an error. `code` is that of `extensions.code`, such as LIMIT_EXCEEDED. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  constructor(
    message: string,
    readonly code: string,
  ) {
    super(message);
  }
}

/** The API did not answer. The request may be repeated. `lost`: there is no server; `busy`: it cannot answer yet. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError';
  constructor(
    message: string,
    readonly reason: 'lost' | 'busy',
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export interface Response {
  data?: unknown;
  errors?: { message: string; extensions?: { code?: string } }[];
}

/** Executes a query and returns the response. It rejects as `ask` does. */
export type Source = (
  operation: Operation<unknown, unknown>,
  variables: unknown,
  signal?: AbortSignal,
) => Promise<Response>;

let source: Source = batched((body, signal) => post(JSON.stringify(body), signal));

/** Lets another source than the server answer. */
export function answerFrom(other: Source): void {
  source = other;
}

/** Executes a query. It rejects with an ApiError, a ConnectionError, or the reason of the signal. */
export async function ask<Data, Variables>(
  operation: Operation<Data, Variables>,
  variables: Variables,
  signal?: AbortSignal,
): Promise<Data> {
  const answer = await source(operation, variables, signal);
  const [fault] = answer.errors ?? [];
  if (fault?.extensions?.code === 'UNAVAILABLE') throw new ConnectionError(fault.message, 'busy');
  if (fault) throw new ApiError(fault.message, fault.extensions?.code ?? 'INTERNAL');
  return answer.data as Data;
}

async function post(body: string, signal: AbortSignal | undefined): Promise<Response> {
  let status = 0;
  try {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json',
        'casus-revision': revision.peek() ?? '?', // asks for the revision of the answer
      },
      credentials: 'same-origin',
      body,
      ...(signal && { signal }),
    });
    status = response.status;
    const answer = (await response.json()) as Response;
    if (isUnavailable(status)) throw new ConnectionError(answer.errors?.[0]?.message ?? `status ${status}`, 'busy');
    const told = response.headers.get('casus-revision');
    if (told !== null) answeredAt(told);
    return answer;
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    if (error instanceof ConnectionError) throw error;
    throw new ConnectionError(status === 0 ? 'no answer' : `status ${status}`, 'lost', { cause: error });
  }
}

/** Reports whether a status of a server, or of a proxy before it, means that the request should be repeated later. */
function isUnavailable(status: number): boolean {
  return status === 429 || status === 502 || status === 503 || status === 504;
}
