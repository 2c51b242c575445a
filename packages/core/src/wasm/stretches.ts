// The free stretches of a pool. Giving one back joins it with its neighbours, which are found by where they end and start; taking one
// looks where stretches of that size are. So n arrays cost n steps, however they lie.

interface Stretch {
  start: number;
  bytes: number;
}

/** Stretches of 2^k to 2^(k+1) − 1 bytes stand under k. */
const classOf = (bytes: number): number => Math.floor(Math.log2(bytes));

export class Stretches {
  /** Bytes that are free; they need not lie together. */
  free = 0;
  private readonly byStart = new Map<number, Stretch>();
  private readonly byEnd = new Map<number, Stretch>();
  private readonly bySize = Array.from({ length: 33 }, () => new Set<Stretch>());

  constructor(start: number, bytes: number) {
    this.give(start, bytes);
  }

  /** The start of that many bytes, now taken; undefined where no stretch is so long. */
  take(bytes: number): number | undefined {
    const stretch = this.find(bytes);
    if (!stretch) return undefined;
    this.remove(stretch);
    const { start } = stretch;
    if (stretch.bytes > bytes) this.add({ start: start + bytes, bytes: stretch.bytes - bytes });
    return start;
  }

  give(start: number, bytes: number): void {
    const before = this.byEnd.get(start);
    const after = this.byStart.get(start + bytes);
    if (before) this.remove(before);
    if (after) this.remove(after);
    this.add({ start: before?.start ?? start, bytes: (before?.bytes ?? 0) + bytes + (after?.bytes ?? 0) });
  }

  /** One of the own class if the first of it is long enough, else any of a larger class, else whichever of the own class is. */
  private find(bytes: number): Stretch | undefined {
    const own = classOf(bytes);
    const [first] = this.bySize[own];
    if (first && first.bytes >= bytes) return first;
    for (const larger of this.bySize.slice(own + 1)) for (const stretch of larger) return stretch;
    for (const stretch of this.bySize[own]) if (stretch.bytes >= bytes) return stretch;
    return undefined;
  }

  private add(stretch: Stretch): void {
    this.free += stretch.bytes;
    this.byStart.set(stretch.start, stretch);
    this.byEnd.set(stretch.start + stretch.bytes, stretch);
    this.bySize[classOf(stretch.bytes)].add(stretch);
  }

  private remove(stretch: Stretch): void {
    this.free -= stretch.bytes;
    this.byStart.delete(stretch.start);
    this.byEnd.delete(stretch.start + stretch.bytes);
    this.bySize[classOf(stretch.bytes)].delete(stretch);
  }
}
