import { linkTo } from '../route/carry.js';
import { places } from '../route/places.js';
import { route } from '../route/route.js';
import { openKeys } from './keys-dialog.js';
import { ThemeButton } from './theme.js';

export const Header = () => (
  <header>
    <a class="brand" href="#/">
      <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
        <rect width="32" height="32" rx="7" />
        <path d="M5 22 16 19 27 7" />
      </svg>
      Rectify
    </a>
    <nav aria-label="Places">
      <ol>
        {places.map(({ id, name }) => (
          <li key={id}>
            <a href={linkTo(id)} aria-current={route.value.place === id ? 'page' : undefined}>
              {name}
            </a>
          </li>
        ))}
      </ol>
    </nav>
    <div class="tools">
      <ThemeButton />
      <button type="button" class="quiet" onClick={openKeys} aria-label="Keys">
        ?
      </button>
    </div>
  </header>
);
