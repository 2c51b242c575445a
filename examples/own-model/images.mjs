/** Random numbers from 0 to 1 out of a seed (mulberry32). */
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const size = 8;

/** Small grey images with noise: class 0 has a bright row, class 1 a bright column. In place of your own. */
export function barImages(count, seed = 1) {
  const draw = random(seed);
  const labels = Array.from({ length: count }, () => (draw() < 0.5 ? 0 : 1));
  const images = labels.map((label) => {
    const place = Math.floor(size * draw());
    return Float32Array.from({ length: size * size }, (_, i) => {
      const on = (label === 0 ? Math.floor(i / size) : i % size) === place;
      return (on ? 0.8 : 0) + 1.2 * (draw() - 0.5);
    });
  });
  return { images, labels };
}
