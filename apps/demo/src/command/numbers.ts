import { InvalidArgumentError } from 'commander';

/** A reader of whole numbers for an option. */
export const integer =
  (from: number, to: number) =>
  (text: string): number => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < from || value > to)
      throw new InvalidArgumentError(`It must be an integer from ${from} to ${to}.`);
    return value;
  };

/** Seeds are what a 32-bit generator takes. */
export const seed = integer(0, 4294967295);

/** A reader of finite numbers. */
export function number(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value))
    throw new InvalidArgumentError('It must be a finite number.');
  return value;
}
