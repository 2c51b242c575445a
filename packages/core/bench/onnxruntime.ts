// onnxruntime-web on its WASM backend, one thread, one model of one node for each function.
import { data, type Name, report, reportCopy, SIZES, timeAsync } from './_measure.js';
import { open, ort } from './_onnx.js';
import { type Peer, peers } from './_operators.js';

const contender = 'onnxruntime-web';
for (const n of SIZES) {
  reportCopy(contender, n);
  const x = new ort.Tensor('float32', data(n), [n]);
  for (const [name, { onnx }] of Object.entries(peers) as [Name, Peer][]) {
    if (!onnx) continue;
    const session = await open(...onnx);
    const times = await timeAsync(n, async () => {
      const { y } = await session.run({ x });
      y?.dispose();
    });
    report({ contender, name, pass: 'forward', n, ...times });
    await session.release();
  }
}
