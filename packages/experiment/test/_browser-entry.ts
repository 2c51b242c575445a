import * as dataset from '@rectify/dataset';
import * as experiment from '../src/index.js';

Object.assign(globalThis, { dataset, experiment });
