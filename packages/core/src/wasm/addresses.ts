// What the kernels by address check, without making an object: a call on a short tensor takes less than a microsecond in all.

export type Kind = 'float32' | 'float64';

export function widthOf(kind: string): 4 | 8 {
  if (kind !== 'float32' && kind !== 'float64')
    throw new TypeError(`kind must be 'float32' or 'float64', got ${String(kind)}`);
  return kind === 'float32' ? 4 : 8;
}

export function checkSize(name: string, value: number, least: number): void {
  if (!Number.isSafeInteger(value) || value < least)
    throw new RangeError(`${name} must be an integer from ${least}, got ${value}`);
}

/** What lies below `start` is not the caller's. */
export function checkInside(name: string, address: number, bytes: number, start: number, end: number): void {
  if (!Number.isSafeInteger(address) || address < start || address + bytes > end)
    throw new RangeError(
      `${name} must be the address of ${bytes} bytes in a memory of ${end}${start > 0 ? `, from ${start} on` : ''}, got ${address}`,
    );
}

/** No byte of one is a byte of the other. */
export function checkApart(
  name: string,
  address: number,
  bytes: number,
  other: string,
  otherAddress: number,
  otherBytes: number,
): void {
  if (Math.max(address, otherAddress) < Math.min(address + bytes, otherAddress + otherBytes))
    throw new RangeError(
      `${name} overlaps ${other}: ${bytes} bytes at ${address}, ${otherBytes} at ${otherAddress}`,
    );
}

/** The same place, or no byte of one is a byte of the other. */
export function checkSameOrApart(
  name: string,
  address: number,
  other: string,
  otherAddress: number,
  bytes: number,
): void {
  if (address !== otherAddress && Math.abs(address - otherAddress) < bytes)
    throw new RangeError(
      `${name} overlaps ${other} without being it: addresses ${address} and ${otherAddress}`,
    );
}
