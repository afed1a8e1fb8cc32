// Identity decisions and corrections that go with the proposal.
import { sameContent } from '../proposal/edit';
import type { Json } from '../proposal/types';
import { curations } from './state';

const isPair = (each: Json, a: string, b: string) =>
  each['type'] === 'identity' && ((each['a'] === a && each['b'] === b) || (each['a'] === b && each['b'] === a));

export function isApart(a: string, b: string): boolean {
  return curations.value.some((each) => isPair(each, a, b) && each['same'] === false);
}

export function mergedWith(a: string, b: string): boolean {
  return curations.value.some((each) => isPair(each, a, b) && each['same'] === true);
}

export function keepApart(a: string, b: string): void {
  putPair(a, b, false);
}

export function merge(a: string, b: string): void {
  putPair(a, b, true);
}

/** Removes the decision about two nodes. */
export function takeBack(a: string, b: string): void {
  curations.value = curations.value.filter((each) => !isPair(each, a, b));
}

function putPair(a: string, b: string, same: boolean): void {
  takeBack(a, b);
  curations.value = [...curations.value, { type: 'identity', a, b, same }];
}

/** Decides the value of a field of a node. */
export function correctField(node: string, field: string, value: unknown): void {
  const rest = curations.value.filter((each) => !(each['node'] === node && each['field'] === field));
  curations.value = [...rest, { type: 'correction', node, field, value }];
}

/** Reports whether a field has this value by a decision. */
export function isCorrected(node: string, field: string, value: unknown): boolean {
  return curations.value.some(
    (each) => each['node'] === node && each['field'] === field && sameContent(each['value'], value),
  );
}

export function removeCuration(curation: Json): void {
  curations.value = curations.value.filter((each) => each !== curation);
}
