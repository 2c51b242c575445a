import { TOGETHER, VECTOR } from '../primitives/primitives.js';

/** Hands out addresses, multiples of a vector's size, one after the other. */
export class Arena {
  constructor(private at: number) {}

  get end(): number {
    return this.at;
  }

  bytes(count: number): number {
    const address = this.at;
    this.at += Math.ceil(count / VECTOR) * VECTOR;
    return address;
  }

  /** Room for vectors, and behind them for those that loops may go on to. */
  vectors(count: number): number {
    return this.bytes(paddedVectors(count) * VECTOR);
  }
}

/** A count of vectors with those that loops may go on to. */
export const paddedVectors = (count: number): number => count + TOGETHER - 1;
