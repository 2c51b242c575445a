import type { exported } from './exports.mjs';

export function reports(all?: ReturnType<typeof exported>): Map<string, string>;
export function committed(name: string): string;
