// The operations of loading that may fail, each by what a runtime says when it does.
import files, { type FileHandle } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import * as tf from '@tensorflow/tfjs-core';
import { Inflate } from 'fflate';

/** Calls `before` at every operation of its kind, until what it gives is called. */
export type Point = (before: () => void) => () => void;

/** Tells of every call of a method. */
const calls =
  <K extends string>(holder: Record<K, unknown>, ...names: K[]): Point =>
  (before) => {
    const own = names.map((name) => holder[name] as (...args: unknown[]) => unknown);
    for (const [i, name] of names.entries())
      holder[name] = function (this: unknown, ...args: unknown[]) {
        before();
        return own[i]?.apply(this, args);
      };
    return () => {
      for (const [i, name] of names.entries()) holder[name] = own[i];
    };
  };

const together =
  (...points: Point[]): Point =>
  (before) => {
    const restores = points.map((point) => point(before));
    return () => {
      for (const restore of restores) restore();
    };
  };

const any = (value: unknown) => value as Record<string, unknown>;

/** Tells of arrays that are made by their length or of values, by our loader or by tfjs for it; a view of another makes none. */
const arrays: Point = (before) => {
  const names = ['ArrayBuffer', 'Uint8Array', 'Float32Array', 'Int32Array'];
  const own = names.map((name) => any(globalThis)[name] as new (...args: unknown[]) => object);
  for (const [i, name] of names.entries())
    any(globalThis)[name] = new Proxy(own[i] as (typeof own)[number], {
      construct(made, args, newTarget) {
        if (!(args[0] instanceof ArrayBuffer)) before();
        return Reflect.construct(made, args, newTarget);
      },
    });
  return () => {
    for (const [i, name] of names.entries()) any(globalThis)[name] = own[i];
  };
};

/** Tells of what is asked of a disk, and of a file that is open. */
const disk: Point = (before) => {
  const restore = calls(any(files), 'stat', 'realpath')(before);
  const { open } = files;
  files.open = async (...args) => {
    before();
    const file = await open(...args);
    calls(any(file as FileHandle), 'stat', 'read')(before);
    return file;
  };
  syncBuiltinESMExports();
  return () => {
    restore();
    files.open = open;
    syncBuiltinESMExports();
  };
};

export const points = {
  arrays: { point: arrays, error: () => new RangeError('Array buffer allocation failed') },
  tensors: {
    // Every value that a tensor gets is written by the backend.
    point: (before) => calls(any(tf.backend()), 'write')(before),
    error: () => new RangeError('Array buffer allocation failed'),
  },
  unpacking: { point: calls(any(Inflate.prototype), 'push'), error: () => new Error('invalid block type') },
  decoding: {
    point: together(calls(any(TextDecoder.prototype), 'decode'), calls(any(JSON), 'parse')),
    error: () => new SyntaxError('Unexpected end of JSON input'),
  },
  disk: { point: disk, error: () => Object.assign(new Error('EIO: i/o error'), { code: 'EIO' }) },
  network: {
    point: together(
      calls(any(globalThis), 'fetch'),
      calls(any(ReadableStreamDefaultReader.prototype), 'read'),
    ),
    error: () => new TypeError('terminated'),
  },
  blobs: {
    point: calls(any(Blob.prototype), 'arrayBuffer'),
    error: () => new DOMException('The file could not be read', 'NotReadableError'),
  },
} satisfies Record<string, { point: Point; error(): Error }>;
