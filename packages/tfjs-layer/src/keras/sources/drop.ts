import { KerasFormatError, show, unreachable } from '../format.js';
import { assertBelow, type Place } from './place.js';

/** A file of a browser: of an `<input>`, of a drop, of a folder that was opened. */
export interface DroppedFile {
  readonly path: string;
  readonly file: Blob;
}

interface FileHandle {
  kind: 'file';
  name: string;
  getFile(): Promise<Blob>;
}
interface DirectoryHandle {
  kind: 'directory';
  name: string;
  values(): AsyncIterable<FileHandle | DirectoryHandle>;
}

export const isHandle = (source: object): source is FileHandle | DirectoryHandle =>
  'kind' in source &&
  ((source.kind === 'file' && 'getFile' in source) || (source.kind === 'directory' && 'values' in source));

/** Whether a source is a list of files, as `<input multiple>` or a drop gives. */
export function isList(source: object): source is ArrayLike<Blob> | Iterable<Blob> {
  const list = Symbol.iterator in source ? [...(source as Iterable<unknown>)] : [];
  return list.length > 0 && list.every((file) => file instanceof Blob);
}

/** The files of a list, by their paths within the folder that was chosen. */
export const filesOf = (list: ArrayLike<Blob> | Iterable<Blob>): DroppedFile[] =>
  Array.from(list as Iterable<Blob>, (file) => {
    const { name = '', webkitRelativePath = '' } = file as Partial<File>;
    return { path: webkitRelativePath || name, file };
  });

/** The files of a folder that the user opened, at most so many. */
export async function filesIn(handle: FileHandle | DirectoryHandle, most: number): Promise<DroppedFile[]> {
  const files: DroppedFile[] = [];
  const visit = async (one: FileHandle | DirectoryHandle, path: string): Promise<void> => {
    if (one.kind === 'file') files.push({ path, file: await one.getFile() });
    else
      for await (const child of one.values())
        await visit(child, path === '' ? child.name : `${path}/${child.name}`);
    if (files.length > most)
      throw new KerasFormatError(`the folder has more than ${most} files, which is limits.weights`);
  };
  await visit(handle, handle.kind === 'file' ? handle.name : '');
  return files;
}

/** The one file among those that is a model, and beside it what `save_weights` wrote, where that is there. */
export function modelAmong(files: DroppedFile[]): [model: DroppedFile, weights?: DroppedFile] {
  const isApart = ({ path }: DroppedFile) => /\.weights\.(h5|json)$/i.test(path);
  const apart = files.filter(isApart);
  const rest = files.length > apart.length ? files.filter((file) => !isApart(file)) : files;
  const model = theOne(
    rest,
    [
      /(^|\/)model\.json$/i,
      /\.keras$/i,
      /\.weights\.json$/i,
      /\.(h5|hdf5)$/i,
      /(^|\/)config\.json$/i,
      /\.json$/i,
    ],
    'one model.json, .keras or .h5',
  );
  const [first] = apart;
  if (rest === files || !first) return [model];
  if (!/\.json$/i.test(model.path)) throw weightsTwice(model, first);
  return [model, theOne(apart, [/\.json$/i, /\.h5$/i], 'one .weights.h5 or .weights.json')];
}

/** Nobody can tell which weights are meant. */
export const weightsTwice = (model: DroppedFile, weights: DroppedFile): KerasFormatError =>
  new KerasFormatError(
    `${show(model.path)} has weights of its own, and beside it is ${show(weights.path)}: leave that out, or give the topology alone, as to_json() writes it`,
  );

/** The only file of those that the first pattern with any matches. */
function theOne(files: DroppedFile[], patterns: RegExp[], what: string): DroppedFile {
  const candidates = patterns.map((pattern) => files.filter(({ path }) => pattern.test(path)));
  const found = files.length === 1 ? files : (candidates.find((list) => list.length > 0) ?? []);
  const [one, ...others] = found;
  if (!one || others.length > 0)
    throw new KerasFormatError(
      `among the files must be ${what}, and there are ${found.length}: ${show(files.map(({ path }) => path))}`,
    );
  return one;
}

/** The files beside a model. */
export function besideFile(model: DroppedFile, files: DroppedFile[]): Place {
  const folder = model.path.slice(0, model.path.lastIndexOf('/') + 1);
  const byPath = new Map(files.map(({ path, file }) => [path, file]));
  return {
    async read(part, take) {
      assertBelow(part);
      const file = byPath.get(folder + part.replace(/^(\.\/)+/, ''));
      if (!file) throw new KerasFormatError(`the file of weights ${show(part)} is not among the files`);
      return readBlob(file, take);
    },
  };
}

export async function readBlob(blob: Blob, take: (bytes: number) => void): Promise<Uint8Array> {
  take(blob.size);
  try {
    return new Uint8Array(await blob.arrayBuffer());
  } catch (error) {
    const { name = 'the Blob' } = blob as Partial<File>;
    throw unreachable(name, 'could not be read', error);
  }
}
