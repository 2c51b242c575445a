// What a place keeps in its URL: typed fields, each written only where it is not its default.

/** One value of a URL's parameters. */
export interface Field<T> {
  readonly fallback: T;
  /** The value that a text stands for; undefined where it stands for none. */
  read(text: string): T | undefined;
  write(value: T): string;
}

export type StateOf<F> = { readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never };

export interface Codec<S> {
  readonly fallback: S;
  /** The state, and the parameters that stand for nothing: their defaults are taken instead. */
  read(params: URLSearchParams): { readonly state: S; readonly refused: readonly string[] };
  write(state: S): URLSearchParams;
}

export function codec<F extends Readonly<Record<string, Field<unknown>>>>(fields: F): Codec<StateOf<F>> {
  type S = StateOf<F>;
  const entries = Object.entries(fields) as [keyof S & string, Field<unknown>][];
  return {
    fallback: Object.fromEntries(entries.map(([name, { fallback }]) => [name, fallback])) as S,
    read(params) {
      const refused: string[] = [];
      const values = entries.map(([name, field]) => {
        const text = params.get(name);
        if (text === null) return [name, field.fallback];
        const value = field.read(text);
        if (value === undefined) refused.push(`${name}=${text}`);
        return [name, value ?? field.fallback];
      });
      return { state: Object.fromEntries(values) as S, refused };
    },
    write(state) {
      const params = new URLSearchParams();
      for (const [name, field] of entries) {
        const text = field.write(state[name]);
        if (text !== field.write(field.fallback)) params.set(name, text);
      }
      return params;
    },
  };
}

const inRange = (value: number, low: number, high: number) => value >= low && value <= high;

export const integer = (fallback: number, low: number, high: number): Field<number> => ({
  fallback,
  read: (text) => (/^\d+$/.test(text) && inRange(Number(text), low, high) ? Number(text) : undefined),
  write: String,
});

export const decimal = (fallback: number, low = -Infinity, high = Infinity): Field<number> => ({
  fallback,
  read: (text) =>
    text.trim() !== '' && Number.isFinite(Number(text)) && inRange(Number(text), low, high)
      ? Number(text)
      : undefined,
  write: (value) => String(+value.toPrecision(6)),
});

/** A number that may be absent. */
export const maybeDecimal = (): Field<number | null> => ({
  fallback: null,
  read: (text) => (text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined),
  write: (value) => (value === null ? '' : String(+value.toPrecision(6))),
});

export const choice = <T extends string>(fallback: T, names: readonly T[]): Field<T> => ({
  fallback,
  read: (text) => names.find((name) => name === text),
  write: (value) => value,
});

export const text = (fallback = '', accept: (text: string) => boolean = () => true): Field<string> => ({
  fallback,
  read: (given) => (accept(given) ? given : undefined),
  write: (value) => value,
});

/** Texts with commas between them; `accept` says of each whether it is one, and may throw. */
export const texts = (
  fallback: readonly string[],
  accept: (text: string) => boolean,
): Field<readonly string[]> => ({
  fallback,
  read(given) {
    const list = given.split(',').filter((one) => one !== '');
    return list.every(accept) ? list : undefined;
  },
  write: (list) => list.join(','),
});

/** True where a check does not throw. */
export const passes =
  (check: (text: string) => unknown) =>
  (text: string): boolean => {
    try {
      check(text);
      return true;
    } catch {
      return false;
    }
  };
