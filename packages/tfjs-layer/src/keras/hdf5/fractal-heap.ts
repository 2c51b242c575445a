import type { Cursor, Hdf5Bytes } from './bytes.js';

/** How the records of a tree say where an object lies in its heap: the tree's type, and the bytes before that in a record. */
interface Records {
  type: number;
  before: number;
}

const bitsOf = (value: number): number => Math.floor(Math.log2(Math.max(value, 1)));
/** Bytes that hold a number up to this limit. */
const bytesFor = (limit: number): number => Math.floor(bitsOf(limit) / 8) + 1;

/** Every object of a heap that a tree of version 2 refers to: the links of a large group, or many attributes. */
export function heapObjects(file: Hdf5Bytes, heap: number, tree: number, records: Records): Cursor[] {
  const find = fractalHeap(file, heap);
  return [...treeRecords(file, tree, records.type)].map((record) => {
    record.skip(records.before);
    return find(record);
  });
}

/** The records of a tree of version 2, in any order. */
function* treeRecords(file: Hdf5Bytes, address: number, type: number): Generator<Cursor> {
  const head = file.cursor(address);
  head.signature('BTHD', 'a tree');
  head.skip(1); // version
  if (head.u8() !== type) throw file.damaged(`the tree at ${address} is of another kind`);
  const nodeLength = head.u32();
  const recordLength = head.u16();
  const depth = head.u16();
  head.skip(2); // when to split and to merge
  const root = head.address();
  const count = head.u16();
  if (root === undefined) return;
  if (recordLength < 8 || depth > 16) throw file.damaged(`the tree at ${address} has no such form`);
  // A pointer to a node holds how many records that has, and for nodes that have children how many those have, each in as few bytes
  // as the most of them need.
  const most = [Math.floor((nodeLength - 10) / recordLength)];
  const inAll = [most[0] as number];
  const countBytes = bytesFor(most[0] as number);
  const pointer = (level: number) => countBytes + (level > 1 ? bytesFor(inAll[level - 1] as number) : 0);
  for (let level = 1; level <= depth; level++) {
    const own = 8 + pointer(level);
    most[level] = Math.floor((nodeLength - 10 - own) / (recordLength + own));
    inAll[level] = ((most[level] as number) + 1) * (inAll[level - 1] as number) + (most[level] as number);
  }
  function* node(at: number, records: number, level: number): Generator<Cursor> {
    const cursor = file.cursor(at);
    cursor.signature(level === 0 ? 'BTLF' : 'BTIN', 'a node of a tree');
    cursor.skip(2); // version, type
    for (let i = 0; i < records; i++) yield cursor.take(recordLength);
    if (level === 0) return;
    for (let i = 0; i <= records; i++) {
      const child = cursor.addressOf('a node of a tree');
      const held = cursor.uint(countBytes);
      cursor.skip(pointer(level) - countBytes);
      yield* node(child, held, level - 1);
    }
  }
  yield* node(root, count, depth);
}

/** A heap, as the function that finds an object by what a record says. */
function fractalHeap(file: Hdf5Bytes, address: number): (id: Cursor) => Cursor {
  const head = file.cursor(address);
  head.signature('FRHP', 'a heap');
  head.skip(1); // version
  head.skip(2); // length of what a record says
  const filters = head.u16();
  const flags = head.u8();
  const longest = head.u32();
  head.skip(8 + 8 + 8 + 8); // objects too long for a block, and free space
  head.skip(8 + 8 + 8 + 8); // space managed, allocated, offset of the next block, number of objects
  head.skip(8 + 8 + 8 + 8); // long and tiny objects
  const width = head.u16();
  const firstBlock = head.u64();
  const largestBlock = head.u64();
  const offsetBytes = Math.ceil(head.u16() / 8);
  head.skip(2);
  const root = head.addressOf('the block of a heap');
  const rows = head.u16();
  if (filters > 0) throw file.refused('a heap in it is compressed');
  if (width === 0 || firstBlock === 0 || offsetBytes > 8) throw file.damaged('a heap in it has no such form');
  const lengthBytes = Math.min(Math.ceil(bitsOf(largestBlock) / 8), bytesFor(longest));
  const sizeOf = (row: number) => (row < 2 ? firstBlock : firstBlock * 2 ** (row - 1));
  const checksum = flags & 2 ? 4 : 0;

  /** The block that holds an offset, and where it begins. */
  function direct(block: number, begin: number, rows: number, offset: number): { at: number; begin: number } {
    if (rows === 0) return { at: block, begin };
    const node = file.cursor(block);
    node.signature('FHIB', 'a block of a heap');
    node.skip(1 + 8 + offsetBytes);
    let at = begin;
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < width; column++, at += sizeOf(row)) {
        const child = node.address();
        if (child === undefined || offset < at || offset >= at + sizeOf(row)) continue;
        const isDirect = sizeOf(row) <= largestBlock;
        const within = isDirect ? 0 : bitsOf(sizeOf(row)) - bitsOf(firstBlock * width) + 1;
        if (within >= rows && !isDirect) throw file.damaged('the blocks of a heap in it hold each other');
        return direct(child, at, within, offset);
      }
    throw file.damaged(`a heap in it has nothing at ${offset}`);
  }

  return (id) => {
    const kind = id.u8() & 0x30;
    if (kind !== 0) throw file.refused('a heap in it has objects of another kind');
    const offset = id.uint(offsetBytes);
    const length = id.uint(lengthBytes);
    const { at, begin } = direct(root, 0, rows, offset);
    const block = file.cursor(at);
    block.signature('FHDB', 'a block of a heap');
    if (offset - begin < 5 + 8 + offsetBytes + checksum)
      throw file.damaged('a heap in it has an object before its blocks');
    return file.cursor(at + offset - begin, length);
  };
}
