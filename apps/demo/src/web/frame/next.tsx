import { linkTo } from '../route/carry.js';
import { nextOf } from '../route/places.js';
import { route } from '../route/route.js';

/** Where the story goes on: one link at the end of each place. */
export function Next() {
  const next = nextOf(route.value.place);
  return (
    <p class="next">
      {next ? (
        <a href={linkTo(next.id)}>
          <span>Next: {next.name}</span>
          <small>{next.title}</small>
        </a>
      ) : (
        <a href="#/">
          <span>Next: send it on</span>
          <small>The address of this page holds everything you chose. Back to the start</small>
        </a>
      )}
    </p>
  );
}
