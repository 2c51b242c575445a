// One-node ONNX models on onnxruntime-web's WASM backend, one thread.
import { loadOnnx, type OnnxSession } from './_peers.js';

export const ort = loadOnnx();
ort.env.wasm.numThreads = 1;

// As much of protobuf as a model of one node needs: field number and type, then varint or bytes.
const varint = (value: number): number[] =>
  value < 128 ? [value] : [(value & 127) | 128, ...varint(Math.floor(value / 128))];
const int = (field: number, value: number): number[] => [...varint(field << 3), ...varint(value)];
const bytes = (field: number, value: number[]): number[] => [
  ...varint((field << 3) | 2),
  ...varint(value.length),
  ...value,
];
const text = (field: number, value: string): number[] => bytes(field, [...new TextEncoder().encode(value)]);
const float = (field: number, value: number): number[] => [
  ...varint((field << 3) | 5),
  ...new Uint8Array(Float32Array.of(value).buffer),
];

function model(op: string, attributes: Record<string, number>): Uint8Array {
  const attribute = (name: string, value: number) =>
    bytes(5, [...text(1, name), ...float(2, value), ...int(20, 1)]);
  const node = [
    ...text(1, 'x'),
    ...text(2, 'y'),
    ...text(4, op),
    ...Object.entries(attributes).flatMap(([name, value]) => attribute(name, value)),
  ];
  const shape = bytes(2, bytes(1, text(2, 'n')));
  const io = (name: string) => [...text(1, name), ...bytes(2, bytes(1, [...int(1, 1), ...shape]))];
  const graph = [...bytes(1, node), ...text(2, 'g'), ...bytes(11, io('x')), ...bytes(12, io('y'))];
  const opset = (version: number) => bytes(8, int(2, version));
  return Uint8Array.from([...int(1, 9), ...bytes(7, graph), ...opset(20)]);
}

export const open = (op: string, attributes: Record<string, number>): Promise<OnnxSession> =>
  ort.InferenceSession.create(model(op, attributes), { executionProviders: ['wasm'] });

/** The values that the operator gives. */
export async function run(
  op: string,
  attributes: Record<string, number>,
  x: Float32Array,
): Promise<Float32Array> {
  const session = await open(op, attributes);
  const { y } = await session.run({ x: new ort.Tensor('float32', x, [x.length]) });
  await session.release();
  if (!y) throw new Error(`${op} gave no output`);
  return y.data as Float32Array;
}
