import { type Cursor, type Hdf5Bytes, UTF8 } from './bytes.js';
import { heapObjects } from './fractal-heap.js';
import { MESSAGE, type Message } from './messages.js';

/** Where the links of a group lead: to the address of an object, or to a kind of link that is not followed. */
export type Links = Map<string, number | 'soft link' | 'external link'>;

/** The links of a group in any of the three forms that HDF5 has, or undefined for what is no group. */
export function readLinks(file: Hdf5Bytes, messages: Message[]): Links | undefined {
  const table = messages.find(({ type }) => type === MESSAGE.symbolTable);
  const info = messages.find(({ type }) => type === MESSAGE.linkInfo);
  const links: Links = new Map();
  if (table) readSymbolTable(file, table.body, links);
  else if (info) {
    for (const { type, body } of messages) if (type === MESSAGE.link) readLink(body, links);
    for (const body of denseLinks(file, info.body)) readLink(body, links);
  } else return undefined;
  return links;
}

/** The form of old: a tree of nodes, whose names lie in a heap of the group. */
function readSymbolTable(file: Hdf5Bytes, body: Cursor, links: Links): void {
  const tree = body.addressOf('the tree of a group');
  const names = localHeap(file, body.addressOf('the heap of a group'));
  for (const leaf of treeLeaves(file, tree, 0, 8)) {
    const node = file.cursor(leaf.child);
    node.signature('SNOD', 'a node of a group');
    node.skip(2);
    const count = node.u16();
    for (let i = 0; i < count; i++) {
      const name = names(node.u64());
      const address = node.address();
      const isSoft = node.u32() === 2;
      node.skip(20);
      add(file, links, name, isSoft || address === undefined ? 'soft link' : address);
    }
  }
}

function add(file: Hdf5Bytes, links: Links, name: string, target: number | 'soft link' | 'external link') {
  if (links.has(name)) throw file.damaged(`a group of it has the name ${JSON.stringify(name)} twice`);
  links.set(name, target);
}

function localHeap(file: Hdf5Bytes, address: number): (offset: number) => string {
  const head = file.cursor(address);
  head.signature('HEAP', 'the heap of a group');
  head.skip(4);
  const length = head.u64();
  head.skip(8);
  const start = head.addressOf('the heap of a group');
  return (offset) => {
    if (offset >= length) throw file.damaged(`a name in it lies at ${offset} of ${length} bytes`);
    const bytes = file.part(start + offset, length - offset);
    const end = bytes.indexOf(0);
    if (end < 0) throw file.damaged('a name in it does not end');
    file.spend(end);
    return UTF8.decode(bytes.subarray(0, end));
  };
}

/** The children of the leaves of a tree of version 1, each with the key before it. */
export function* treeLeaves(
  file: Hdf5Bytes,
  address: number,
  type: number,
  keyLength: number,
  level?: number,
): Generator<{ key: Cursor; child: number }> {
  const node = file.cursor(address);
  node.signature('TREE', 'a node of a tree');
  if (node.u8() !== type) throw file.damaged(`the tree at ${address} is of another kind`);
  const own = node.u8();
  // Levels that count down leave no way to run in circles.
  if (level !== undefined && own !== level)
    throw file.damaged(`the tree at ${address} has levels in disorder`);
  const count = node.u16();
  node.skip(16); // the nodes beside it
  for (let i = 0; i < count; i++) {
    const key = node.take(keyLength);
    const child = node.addressOf('a node of a tree');
    if (own === 0) yield { key, child };
    else yield* treeLeaves(file, child, type, keyLength, own - 1);
  }
}

/** A link as newer files have it. */
function readLink(body: Cursor, links: Links): void {
  body.skip(1); // version
  const flags = body.u8();
  const kind = flags & 8 ? body.u8() : 0;
  if (flags & 4) body.skip(8); // order of creation
  if (flags & 0x10) body.skip(1); // encoding of the name
  const name = body.text(body.uint(1 << (flags & 3)));
  const target = kind === 0 ? body.addressOf(`the link ${JSON.stringify(name)}`) : undefined;
  add(body.file, links, name, target ?? (kind === 1 ? 'soft link' : 'external link'));
}

function denseLinks(file: Hdf5Bytes, info: Cursor): Cursor[] {
  info.skip(1); // version
  const flags = info.u8();
  if (flags & 1) info.skip(8); // the largest order of creation
  const heap = info.address();
  const names = info.address();
  return heap === undefined || names === undefined
    ? []
    : heapObjects(file, heap, names, { type: 5, before: 4 });
}
