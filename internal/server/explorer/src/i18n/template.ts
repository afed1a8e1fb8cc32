// Texts with parameters.
import { numberFormat } from './format';

export type Parameters = Record<string, string | number>;

/** Replaces each {name} by its parameter; numbers are written as the language writes them. */
export function format(language: string, text: string, parameters: Parameters): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = parameters[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? numberFormat(language).format(value) : value;
  });
}
