import type { Cursor, Hdf5Bytes } from './bytes.js';

/** One message of an object header: what a group or dataset is told by. */
export interface Message {
  type: number;
  body: Cursor;
}

export const MESSAGE = {
  dataspace: 0x01,
  linkInfo: 0x02,
  datatype: 0x03,
  link: 0x06,
  externalFiles: 0x07,
  layout: 0x08,
  filters: 0x0b,
  attribute: 0x0c,
  continuation: 0x10,
  symbolTable: 0x11,
  attributeInfo: 0x15,
} as const;

/** Every message of the object header at an address, in both of its forms. */
export function readMessages(file: Hdf5Bytes, address: number): Message[] {
  const start = file.cursor(address);
  const isNew = file.cursor(address, 1).u8() === 0x4f; // O of OHDR
  const messages: Message[] = [];
  const { blocks, flags } = isNew ? newHeader(start) : oldHeader(start);
  for (let block = blocks.pop(); block; block = blocks.pop())
    while (block.left >= (isNew ? 4 : 8)) {
      const message = readMessage(block, isNew, flags);
      if (message.type === MESSAGE.continuation) blocks.push(continuation(message.body, isNew));
      else messages.push(message);
    }
  return messages;
}

interface Header {
  blocks: Cursor[];
  flags: number;
}

function oldHeader(cursor: Cursor): Header {
  const version = cursor.u8();
  if (version !== 1) throw cursor.file.damaged(`the object at ${cursor.at - 1} has the version ${version}`);
  cursor.skip(7); // reserved, number of messages, number of links
  const length = cursor.u32();
  cursor.skip(4);
  return { blocks: [cursor.take(length)], flags: 0 };
}

function newHeader(cursor: Cursor): Header {
  cursor.signature('OHDR', 'an object');
  cursor.skip(1); // version
  const flags = cursor.u8();
  if (flags & 0x20) cursor.skip(16); // times
  if (flags & 0x10) cursor.skip(4); // how many attributes are stored so
  const length = cursor.uint(1 << (flags & 3));
  return { blocks: [cursor.take(length)], flags };
}

function readMessage(block: Cursor, isNew: boolean, headerFlags: number): Message {
  const type = isNew ? block.u8() : block.u16();
  const length = block.u16();
  const flags = block.u8();
  if (!isNew) block.skip(3);
  else if (headerFlags & 4) block.skip(2); // order of creation
  // What is shared among objects, a type that has a name, lies elsewhere: Keras writes no such thing.
  const isShared = (flags & 2) !== 0;
  if (isShared && type !== MESSAGE.attribute)
    throw block.file.refused('an object of it has a part that is shared with others');
  return { type, body: block.take(length) };
}

function continuation(body: Cursor, isNew: boolean): Cursor {
  const address = body.addressOf('the continuation of an object');
  const block = body.file.cursor(address, body.u64());
  if (!isNew) return block;
  block.signature('OCHK', 'the continuation of an object');
  return block.take(block.left - 4); // a checksum ends it
}
