// The reader of HDF5 against what h5py reads from the same files (fixtures/hdf5, made by scripts/hdf5_fixtures.py).
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Hdf5File } from '../src/keras/hdf5/file.js';

interface Read {
  datasets: Record<string, { shape: number[]; values: string[] }>;
  attributes: Record<string, Record<string, string | number | string[] | number[]>>;
  groups: Record<string, string[]>;
}

const folder = new URL('../fixtures/hdf5/good/', import.meta.url);
const names = readdirSync(folder).flatMap((file) => (file.endsWith('.h5') ? [file.slice(0, -3)] : []));
const bytesOf = (name: string) => new Uint8Array(readFileSync(new URL(`${name}.h5`, folder)));

describe.each(names)('%s is read as by h5py', (name) => {
  const want: Read = JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'));
  const file = new Hdf5File(bytesOf(name), { ratio: 30 });

  it('its datasets', () => {
    expect(Object.keys(want.datasets).length + Object.keys(want.attributes['/']).length).toBeGreaterThan(2);
    for (const [path, { shape, values }] of Object.entries(want.datasets)) {
      const dataset = file.dataset(path);
      expect(dataset?.shape, path).toEqual(shape);
      const numbers = values.map((text) => Number(text.replace('inf', 'Infinity')));
      expect([...(dataset?.read() ?? [])], path).toEqual([...Float32Array.from(numbers)]);
    }
  });

  it('its groups and attributes', () => {
    for (const [path, children] of Object.entries(want.groups))
      expect(file.children(path)?.sort(), path).toEqual(children);
    for (const [path, attributes] of Object.entries(want.attributes))
      for (const [key, value] of Object.entries(attributes))
        expect(file.attribute(path, key), key).toEqual(value);
  });

  it('nothing where there is nothing', () => {
    expect(file.dataset('nowhere/at/all')).toBeUndefined();
    expect(file.children('nowhere')).toBeUndefined();
    expect(file.attribute('/', 'nowhere')).toBeUndefined();
    for (const path of Object.keys(want.groups)) expect(file.dataset(path)).toBeUndefined();
  });
});
