import { VECTOR } from '../primitives/primitives.js';

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

  vectors(count: number): number {
    return this.bytes(count * VECTOR);
  }
}
