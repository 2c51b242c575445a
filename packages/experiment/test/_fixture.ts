import { readFileSync } from 'node:fs';

export const fixture = (name: string) =>
  JSON.parse(readFileSync(new URL(`../fixtures/${name}.json`, import.meta.url), 'utf8'));

/** Largest |actual − expected| ÷ |expected|; an expected 0 wants 0. */
export const relativeError = (actual: number, expected: number) =>
  actual === expected ? 0 : Math.abs(actual - expected) / Math.abs(expected);
