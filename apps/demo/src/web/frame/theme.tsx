import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

const themes = ['system', 'light', 'dark'] as const;
type Theme = (typeof themes)[number];

const signs: Record<Theme, string> = { system: '◐', light: '○', dark: '●' };

/** As `boot.js` reads it before the first paint. */
const key = 'rectify-theme';

const theme = signal<Theme>('system');

function use(next: Theme): void {
  theme.value = next;
  const root = document.documentElement;
  if (next === 'system') delete root.dataset.theme;
  else root.dataset.theme = next;
}

/** Light, dark, or as the system has it. It is the reader's, not the link's: the URL does not hold it. */
export function ThemeButton() {
  useEffect(() => use((document.documentElement.dataset.theme as Theme | undefined) ?? 'system'), []);
  const next = themes[(themes.indexOf(theme.value) + 1) % themes.length];
  const change = () => {
    use(next);
    try {
      localStorage.setItem(key, next);
    } catch {
      // A browser that keeps nothing keeps no theme either.
    }
  };
  return (
    <button
      type="button"
      class="quiet"
      onClick={change}
      aria-label={`Theme: ${theme.value}. Change to ${next}`}
    >
      {signs[theme.value]}
    </button>
  );
}
