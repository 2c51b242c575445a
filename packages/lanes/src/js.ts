// The emitter of JavaScript.
export { jsElementwise, jsPrelude, jsScalar } from './js/functions.js';
export { JsLanes, jsFloat } from './js/js-lanes.js';
