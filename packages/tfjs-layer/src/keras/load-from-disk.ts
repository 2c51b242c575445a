import { loadFrom, type loadKerasModel as loadOnWeb } from './load.js';
import { disk } from './sources/disk.js';

/**
 * Loads a model that Keras wrote, as a model of tfjs that computes the same.
 *
 * @param source A path of this machine or a URL; the bytes, a `Blob`, `File` or `Response` of a `.keras` archive, of an HDF5 model or of a `model.json`;
 * a list of files or a folder that a browser gives; an `IOHandler`, `ModelArtifacts`, or a topology by itself. Only a topology without
 * any trace of weights gets random ones. The files of weights that a `model.json` names are read from its own folder or below.
 * @param options.limits What of a stranger's file is believed; each of {@link KerasLimits} has a default.
 * @returns The model, not compiled: how it was trained is not read. Our layer names are registered, as by `register()`, so that
 * the model can be saved and loaded by tfjs. A model whose `trainable`, initializers and regularizers can be read trains on, too.
 * @throws KerasFormatError when the file is damaged, or a layer or a field cannot be read with the same meaning; its message, of at
 * most 300 characters, names both, and the source. Nothing is left in memory then.
 * @throws Error when a path or URL cannot be read; its message names it.
 * @throws TypeError, RangeError for a source or an option that is none.
 * @throws what `signal`, `onProgress` or the `load` of an `IOHandler` throws, as it is.
 */
export const loadKerasModel: typeof loadOnWeb = (source, options) => loadFrom(source, options, disk);
