// The table that is open. The URL says which one and what is decided about its columns; this follows it.
import { computed, effect, signal, untracked } from '@preact/signals';
import { codec, type StateOf } from '../route/codec.js';
import { go, hrefOf, route } from '../route/route.js';
import { Cancelled, callback, startWorker, type WorkerHandle } from '../worker/client.js';
import type { OpenProgress } from '../worker/open-table.js';
import type { TableInfo } from '../worker/table-info.js';
import { tableFields } from './table-fields.js';

type Wanted = StateOf<typeof tableFields>;

export interface Open {
  readonly info: TableInfo;
  readonly worker: WorkerHandle;
  readonly wanted: Wanted;
}

interface Opening {
  readonly name: string;
  readonly bytes: number | undefined;
  readonly progress: OpenProgress | undefined;
}

const tableCodec = codec(tableFields);
const placesWithTable: readonly string[] = ['data', 'train', 'compare'];

const open = signal<Open>();
/** Files of this visit by their SHA-256, so that Back finds them again. */
const files = new Map<string, File>();

/** The table that is open; the one before stays until the next one is read. */
export const table = computed(() => open.value);
export const opening = signal<Opening>();
/** What went wrong with the last opening, and how to try again. */
export const openError = signal<{ readonly message: string; readonly retry: (() => void) | undefined }>();
/** What is said of files that were given together: one table is open at a time. */
export const notOpened = signal<string>();
/** A private table that the link names and that is not at hand. */
export const missing = signal<{ readonly name: string; readonly sha256: string }>();

let current: WorkerHandle | undefined;
/** A file that the reader gave is being read: it comes before what the URL asks for. */
let given = false;

/** Reads a table in a worker of its own. It takes the place of the one before when all went well. */
async function read(file: File | null, wanted: Wanted): Promise<TableInfo | undefined> {
  current?.end();
  notOpened.value = undefined;
  const worker = startWorker();
  current = worker;
  // An error with a file stays in sight while the embedded table is read in its stead.
  if (file) openError.value = undefined;
  const name = file?.name ?? 'the embedded table';
  opening.value = { name, bytes: file?.size, progress: undefined };
  const onProgress = callback((progress: OpenProgress) => {
    if (current === worker) opening.value = { name, bytes: file?.size, progress };
  });
  try {
    const info = await worker.call((api) =>
      api.open(file, { label: wanted.label, columns: wanted.columns }, onProgress),
    );
    if (current !== worker) return undefined;
    if (file) files.set(info.sha256, file);
    open.value?.worker.end();
    missing.value = undefined;
    open.value = { info, worker, wanted: { ...wanted, table: file?.name ?? '', sha256: info.sha256 } };
    return info;
  } catch (error) {
    if (current === worker) {
      worker.end();
      if (!(error instanceof Cancelled))
        openError.value = { message: (error as Error).message, retry: () => void read(file, wanted) };
    }
    return undefined;
  } finally {
    if (current === worker) {
      current = undefined;
      opening.value = undefined;
    }
  }
}

/** Opens a file that a reader gave, and says so in the URL; `#/data` is gone to from a place without a table. */
export async function openFile(file: File): Promise<void> {
  const { place } = route.value;
  const target = placesWithTable.includes(place) ? place : 'data';
  given = true;
  if (target !== place) go(hrefOf(target));
  const reading = read(file, tableCodec.fallback);
  const worker = current;
  const info = await reading;
  if (current !== undefined && current !== worker) return; // another file was given meanwhile
  given = false;
  if (!info) {
    follow();
    return;
  }
  const params = new URLSearchParams(route.value.params);
  for (const name of Object.keys(tableFields)) params.delete(name);
  params.set('table', file.name);
  params.set('sha256', info.sha256);
  go(hrefOf(route.value.place, params));
}

/** Opens the first of the files that were dropped or pasted together; of the others it is said that they are not. */
export function openFirst([file, ...others]: readonly File[], how: 'dropped' | 'pasted'): void {
  if (file === undefined) return;
  void openFile(file);
  if (others.length === 0) return;
  const named = others.slice(0, mostNamed).map(({ name }) => name);
  const more = others.length - named.length;
  const rest = [...named, ...(more > 0 ? [`${more} more`] : [])].join(', ');
  const are = others.length === 1 ? 'is' : 'are';
  notOpened.value = `${others.length + 1} files were ${how}, and one table is open at a time: ${file.name} is taken, ${rest} ${are} not.`;
}

const mostNamed = 4;

/** Text that a reader pasted, as a file. */
export const openText = (text: string): Promise<void> =>
  openFile(new File([text], 'pasted.csv', { type: 'text/csv' }));

/** Back to the embedded table. */
export function openEmbedded(): void {
  openError.value = undefined;
  go(hrefOf(route.value.place));
}

/** Ends the reading that is under way; the table before stays. */
export function cancelOpening(): void {
  current?.end();
  current = undefined;
  opening.value = undefined;
  given = false;
  follow();
}

/** Changes what is decided about the columns: a step that Back takes back. */
export function choose(change: Partial<Pick<Wanted, 'label' | 'columns'>>): void {
  const { state } = tableCodec.read(route.value.params);
  const params = new URLSearchParams(route.value.params);
  for (const name of Object.keys(tableFields)) params.delete(name);
  for (const [name, value] of tableCodec.write({ ...state, ...change })) params.set(name, value);
  go(hrefOf(route.value.place, params));
}

const sameTable = (a: Wanted, b: Wanted) => tableCodec.write(a).toString() === tableCodec.write(b).toString();

/** Opens what the URL asks for, in places that work on a table, unless it is open. */
function follow(): void {
  const { place, params } = route.peek();
  if (!placesWithTable.includes(place) || given) return;
  const { state: wanted } = tableCodec.read(params);
  const now = open.peek();
  const file = files.get(wanted.sha256);
  const isOpen = now !== undefined && sameTable(now.wanted, wanted);
  const absent = !isOpen && wanted.table !== '' && !file;
  missing.value = absent ? { name: wanted.table, sha256: wanted.sha256 } : undefined;
  if (!isOpen && !absent) void read(file ?? null, wanted);
}

/** Follows the URL. Called once. */
export function followTable(): void {
  effect(() => {
    route.value;
    // What went wrong before was said of another address; where it still goes wrong, it is said anew.
    openError.value = undefined;
    untracked(follow);
  });
}
