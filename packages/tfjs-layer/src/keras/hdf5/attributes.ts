import type { Cursor, Hdf5Bytes } from './bytes.js';
import { heapObjects } from './fractal-heap.js';
import { MESSAGE, type Message } from './messages.js';
import { type DataType, elements, readShape, readType } from './types.js';

/** What an attribute may hold that Keras writes. */
export type AttributeValue = string | number | string[] | number[];

/** An attribute, read when it is asked for. */
type Attribute = () => AttributeValue | undefined;

/** The attributes of an object by name. */
export function readAttributes(
  file: Hdf5Bytes,
  messages: Message[],
  heapText: (id: Cursor) => string,
): Map<string, Attribute> {
  const bodies = messages.flatMap(({ type, body }) =>
    type === MESSAGE.attribute ? [body] : type === MESSAGE.attributeInfo ? dense(file, body) : [],
  );
  return new Map(bodies.map((body) => readAttribute(body, heapText)));
}

function dense(file: Hdf5Bytes, info: Cursor): Cursor[] {
  info.skip(1); // version
  const flags = info.u8();
  if (flags & 1) info.skip(2); // the largest order of creation
  const heap = info.address();
  const names = info.address();
  return heap === undefined || names === undefined
    ? []
    : heapObjects(file, heap, names, { type: 8, before: 0 });
}

function readAttribute(body: Cursor, heapText: (id: Cursor) => string): [string, Attribute] {
  const version = body.u8();
  const flags = body.u8();
  const lengths = [body.u16(), body.u16(), body.u16()];
  if (version === 3) body.skip(1); // encoding of the name
  // The first version fills each part up to eight bytes.
  const part = (length = 0) => {
    const { at } = body;
    const taken = body.take(length);
    if (version === 1) body.skip(Math.min(body.left, (8 - (length % 8)) % 8));
    return { taken, at };
  };
  const name = part(lengths[0]).taken.text(lengths[0] as number);
  const [type, space] = [part(lengths[1]).taken, part(lengths[2]).taken];
  const read = () => {
    if (version > 1 && flags & 1)
      throw body.file.refused(`the type of its attribute ${JSON.stringify(name)} is shared`);
    const { at } = body;
    type.at = type.end - (lengths[1] as number);
    space.at = space.end - (lengths[2] as number);
    const value = readValue(body, readType(type), readShape(space), heapText);
    body.at = at;
    return value;
  };
  return [name, read];
}

function readValue(
  body: Cursor,
  { name, size, inHeap }: DataType,
  shape: number[] | null,
  heapText: (id: Cursor) => string,
): AttributeValue | undefined {
  if (shape === null || size === 0) return undefined;
  const count = elements(shape);
  if (count * size > body.left) throw body.file.damaged(`an attribute of ${count} values is cut short`);
  const number = Object.hasOwn(WHOLE, name) ? WHOLE[name] : undefined;
  const one: (() => string | number) | undefined =
    name === 'string'
      ? () => (inHeap ? heapText(body.take(16)) : body.text(size))
      : number && (() => number(body.view, body.skip(size)));
  if (!one) return undefined;
  if (shape.length === 0) return one();
  return Array.from({ length: count }, one) as string[] | number[];
}

/** The numbers of an attribute: whole ones, for counts and versions. */
const WHOLE: Record<string, (view: DataView, at: number) => number> = {
  bool: (view, at) => view.getUint8(at),
  int8: (view, at) => view.getInt8(at),
  uint8: (view, at) => view.getUint8(at),
  int16: (view, at) => view.getInt16(at, true),
  uint16: (view, at) => view.getUint16(at, true),
  int32: (view, at) => view.getInt32(at, true),
  uint32: (view, at) => view.getUint32(at, true),
  int64: (view, at) => Number(view.getBigInt64(at, true)),
  uint64: (view, at) => Number(view.getBigUint64(at, true)),
};
