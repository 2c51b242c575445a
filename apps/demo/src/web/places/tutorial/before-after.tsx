import { percent } from '../../../report/format.js';
import type { Count } from '../../../tutorial/measures.js';

interface Props {
  readonly before: { readonly train: Count; readonly test: Count };
  readonly after: { readonly train: Count; readonly test: Count };
}

/** On a phone it breaks before the percentage, and not within it. */
const share = ({ correct, total }: Count) => (
  <>
    {correct}/{total} = <span class="whole">{percent(correct / total)}</span>
  </>
);

/** Accuracy of both parts before and after the training, so narrow that a phone shows both columns. */
export const BeforeAfter = ({ before, after }: Props) => (
  <table class="before-after">
    <caption>Accuracy: right answers of all rows</caption>
    <thead>
      <tr>
        <th scope="col">part</th>
        <th scope="col">before training</th>
        <th scope="col">after training</th>
      </tr>
    </thead>
    <tbody>
      {(['train', 'test'] as const).map((part) => (
        <tr key={part}>
          <th scope="row">{part === 'train' ? 'training' : 'test'}</th>
          <td>{share(before[part])}</td>
          <td>{share(after[part])}</td>
        </tr>
      ))}
    </tbody>
  </table>
);
