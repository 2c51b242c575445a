// What Piscina's threads `require`. An ES module would do as well, but while a thread requires one, Node (20.20, at least) cannot end it: the whole
// process would be aborted ("Assertion failed: facade->InstantiateModule"). An import can be ended.
module.exports = import('./chunk-thread.js').then(({ default: run }) => run);
