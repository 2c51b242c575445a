import * as dataset from '../src/index.js';

Object.assign(globalThis, { dataset });
