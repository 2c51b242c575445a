import type { Browser } from 'playwright-core';

export const external: RegExp;
export const results: Record<string, unknown[]>;
export function bundleTfjs(folder: string): Promise<unknown>;
export function openBrowser(): Promise<Browser | undefined>;
export function resultOf(
  browser: Browser,
  page: { folder: string; outdir: string; imports?: Record<string, string> },
): Promise<unknown>;
