// The licences of all that the page and its workers are made of, as the file `licenses.md` beside them. Vite's own list has the page's
// packages and not those of the workers.
import type { Plugin } from 'vite';
import { licenceTexts } from '../../../../../scripts/licence-texts.mjs';

const files = new Set<string>();

/** Notes what a worker is made of. */
export function noteParts(): Plugin {
  return {
    name: 'rectify-note-parts',
    generateBundle(_, bundle) {
      for (const part of Object.values(bundle))
        if (part.type === 'chunk')
          for (const id of part.moduleIds) files.add(id.replace(/^\0/, '').split('?')[0]);
    },
  };
}

/** Notes what the page is made of, and writes the licences of it and of the workers, which are made before it. */
export function writeLicences(): Plugin {
  return {
    name: 'rectify-write-licences',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler() {
        this.emitFile({ type: 'asset', fileName: 'licenses.md', source: licenceTexts(files) });
      },
    },
  };
}
