/** Ranks around 0; equal numbers share the mean of theirs. */
export function ranksOf(numbers: readonly number[]): Float64Array {
  const order = [...numbers.keys()].sort((a, b) => numbers[a] - numbers[b]);
  const ranks = new Float64Array(numbers.length);
  for (let i = 0; i < order.length; ) {
    let end = i;
    while (end < order.length && numbers[order[end]] === numbers[order[i]]) end++;
    for (let k = i; k < end; k++) ranks[order[k]] = (i + end - order.length) / 2;
    i = end;
  }
  return ranks;
}

export const squares = (numbers: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < numbers.length; i++) sum += numbers[i] ** 2;
  return sum;
};
