import { lookOf } from './series.js';

/** Each line's name beside a piece of it. */
export const Legend = ({ names }: { names: readonly string[] }) => (
  <ul class="legend">
    {names.map((name, i) => {
      const look = lookOf(i);
      return (
        <li key={name}>
          <svg viewBox="0 0 30 10" width="30" height="10" aria-hidden="true">
            <path class={look.className} d="M1 5H29" stroke-width={look.width} stroke-dasharray={look.dash} />
          </svg>
          {name}
        </li>
      );
    })}
  </ul>
);
