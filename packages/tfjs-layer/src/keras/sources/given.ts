import type { io } from '@tensorflow/tfjs-core';

/** Where a model can come from; see `loadKerasModel`. */
export type KerasSource =
  | string
  | URL
  | Blob
  | Response
  | ArrayBuffer
  | ArrayBufferView
  | Iterable<Blob>
  | ArrayLike<Blob>
  | io.IOHandler
  | io.ModelArtifacts
  | object;
