import type { Activation } from '@rectify/core/js';
import type { Mark, Shade } from '../../../view/chart/plane.js';

const steps = 800;
/** Below this |f′| a unit hardly learns: the limit of the comparison's saturated units. */
const hardly = 0.01;

type Kind = Shade['kind'] | 'live';

const names: Record<Shade['kind'], string> = {
  dead: 'dead: f and f′ are 0',
  saturated: 'saturated: |f′| ≤ 0.01',
};

/** Where a unit passes nothing and learns nothing, and where it hardly learns. */
export function rangesOf(f: Activation, from: number, to: number): Shade[] {
  const kindAt = (x: number): Kind => {
    const slope = Math.abs(f.derivative(x));
    if (slope > hardly) return 'live';
    return slope === 0 && f(x) === 0 ? 'dead' : 'saturated';
  };
  // Kinks belong to neither side: looked at are the middles of short stretches between them.
  const ends = [from, ...f.kinks.filter((kink) => kink > from && kink < to), to];
  const edges = ends.flatMap((end, i) => {
    if (i + 1 === ends.length) return [end];
    const count = Math.max(1, Math.round((steps * (ends[i + 1] - end)) / (to - from)));
    return Array.from({ length: count }, (_, k) => end + ((ends[i + 1] - end) * k) / count);
  });
  const shades: Shade[] = [];
  for (let i = 0; i + 1 < edges.length; i++) {
    const kind = kindAt((edges[i] + edges[i + 1]) / 2);
    if (kind === 'live') continue;
    const last = shades.at(-1);
    if (last?.kind === kind && last.to === edges[i])
      shades[shades.length - 1] = { ...last, to: edges[i + 1] };
    else shades.push({ from: edges[i], to: edges[i + 1], kind, name: names[kind] });
  }
  return shades;
}

/** Points of a curve, broken where it jumps. */
export function pointsOf(
  { kinks }: Activation,
  f: (x: number) => number,
  from: number,
  to: number,
): (readonly [number, number])[] {
  const ends = [from, ...kinks.filter((kink) => kink > from && kink < to), to];
  return ends.slice(1).flatMap((end, i) => {
    const start = ends[i];
    const inset = (end - start) * 1e-9; // to either side of a kink, not on it
    const count = Math.max(2, Math.ceil((240 * (end - start)) / (to - from)));
    const run = Array.from({ length: count + 1 }, (_, k) => {
      const x = start + inset + ((end - start - 2 * inset) * k) / count;
      return [x, f(x)] as const;
    });
    const jumps = i > 0 && Math.abs(f(start + inset) - f(start - inset)) > 1e-6;
    return jumps ? [[start, Number.NaN] as const, ...run] : run;
  });
}

/** The derivative that is taken at each kink. */
export const kinkMarks = (f: Activation, series: number, from: number, to: number): Mark[] =>
  f.kinks
    .filter((kink) => kink >= from && kink <= to)
    .map((kink) => ({ x: kink, y: f.derivative(kink), series }));
