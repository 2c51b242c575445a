/** A value with its interval; ends that are no numbers are left out. */
export interface NamedInterval {
  readonly name: string;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

const columns = 41;

/**
 * Intervals below each other over one axis with its 0, as lines of text: a curve with its band, turned by a right angle. Each line has
 * the numbers too.
 */
export function intervalLines(nameTitle: string, title: string, intervals: readonly NamedInterval[]): string {
  const ends = intervals.flatMap(({ mean, low, high }) => [mean, low, high]).filter(Number.isFinite);
  const reach = Math.max(1e-9, ...ends.map(Math.abs));
  const middle = (columns - 1) / 2;
  const at = (value: number) => Math.round(middle + (value / reach) * middle);
  const numbers = ({ mean, low, high }: NamedInterval) => [signed(mean), signed(low), signed(high)];
  const width = Math.max(...intervals.flatMap(numbers).map((text) => text.length));
  const nameWidth = Math.max(nameTitle.length, ...intervals.map(({ name }) => name.length));
  const lines = intervals.map((one) => {
    const drawn = Array.from({ length: columns }, (_, c) => {
      if (c === at(one.mean)) return '•';
      const within = c >= at(one.low) && c <= at(one.high);
      if (c === middle) return within ? '┼' : '│';
      return within ? '─' : ' ';
    }).join('');
    const [mean, low, high] = numbers(one).map((text) => text.padStart(width));
    return `${one.name.padEnd(nameWidth)}  ${drawn}  ${mean}  ${low} to ${high}`;
  });
  const axis = `${signed(-reach)}${'0'.padStart(middle - signed(-reach).length + 1)}${signed(reach).padStart(middle)}`;
  return [title, `${nameTitle.padEnd(nameWidth)}  ${axis}`, ...lines].join('\n');
}

const signed = (value: number): string =>
  Number.isFinite(value)
    ? `${value < -0.05 ? '−' : value >= 0.05 ? '+' : ''}${Math.abs(value).toFixed(1)}`
    : '–';
