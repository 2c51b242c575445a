import type { WeightGradient } from '../../../tutorial/gradients.js';
import { shown } from '../../../view/chart/series.js';

/** The gradient of the first batch, weight by weight group: what training has to go by. */
export const Gradients = ({ gradients }: { gradients: readonly WeightGradient[] }) => (
  <table class="values">
    <caption>Gradient of the loss on the first 10 training rows, before any step</caption>
    <thead>
      <tr>
        <th scope="col">weights</th>
        <th scope="col">how many</th>
        <th scope="col">largest |gradient|</th>
      </tr>
    </thead>
    <tbody>
      {gradients.map(({ name, size, largest }) => (
        <tr key={name}>
          <th scope="row">{name}</th>
          <td>{size}</td>
          <td>{Number.isFinite(largest) ? shown(largest) : 'not a number'}</td>
        </tr>
      ))}
    </tbody>
  </table>
);
