// What Piscina's threads `require`. An ES module would do as well, but while a thread requires one, Node (20.20, at least) cannot end it:
// the whole process is aborted ("Assertion failed: facade->InstantiateModule"). An import can be ended.
module.exports = import('./node-worker.js').then(({ default: run }) => run);
