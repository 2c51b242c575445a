import { loadFrom, type loadKerasModel as loadOnWeb } from './load.js';
import { disk } from './sources/disk.js';

/** See {@link loadOnWeb}; a path is one of this machine. */
export const loadKerasModel: typeof loadOnWeb = (source, options) => loadFrom(source, options, disk);
