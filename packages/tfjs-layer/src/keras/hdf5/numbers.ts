/** Turns the bytes of so many numbers, little-endian as in the file, into float32, which is what tfjs computes in. */
export const NUMBERS: Readonly<Record<string, (bytes: Uint8Array, values: Float32Array) => void>> = {
  float32: (bytes, values) => new Uint8Array(values.buffer, values.byteOffset, values.byteLength).set(bytes),
  float64: each((view, at) => view.getFloat64(at, true), 8),
  float16: each((view, at) => half(view.getUint16(at, true)), 2),
  bfloat16: each((view, at) => upper(view.getUint16(at, true)), 2),
  int8: each((view, at) => view.getInt8(at), 1),
  uint8: each((view, at) => view.getUint8(at), 1),
  bool: each((view, at) => Number(view.getUint8(at) !== 0), 1),
  int16: each((view, at) => view.getInt16(at, true), 2),
  uint16: each((view, at) => view.getUint16(at, true), 2),
  int32: each((view, at) => view.getInt32(at, true), 4),
  uint32: each((view, at) => view.getUint32(at, true), 4),
  int64: each((view, at) => Number(view.getBigInt64(at, true)), 8),
  uint64: each((view, at) => Number(view.getBigUint64(at, true)), 8),
};

function each(read: (view: DataView, at: number) => number, size: number) {
  return (bytes: Uint8Array, values: Float32Array): void => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let i = 0; i < values.length; i++) values[i] = read(view, i * size);
  };
}

/** The number of a float16: 1 bit of sign, 5 of exponent, 10 of fraction. */
function half(bits: number): number {
  const [sign, exponent, fraction] = [bits & 0x8000 ? -1 : 1, (bits >> 10) & 31, bits & 1023];
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
}

const word = new DataView(new ArrayBuffer(4));

/** The number of a bfloat16, which is the upper half of a float32. */
function upper(bits: number): number {
  word.setUint32(0, bits << 16);
  return word.getFloat32(0);
}
