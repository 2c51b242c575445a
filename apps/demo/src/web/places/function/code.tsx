import { useState } from 'preact/hooks';
import { codeLines } from './code-lines.js';
import type { ShownFunction } from './shown-function.js';

/** The code that makes the function, to be copied. */
export function Code({ shown }: { shown: ShownFunction }) {
  return (
    <dl class="code">
      {codeLines(shown).map(({ where, code, note }) => (
        <div key={where}>
          <dt>
            {where}
            {code !== undefined && <CopyButton what={`the ${where} code`} text={code} />}
          </dt>
          <dd>{code === undefined ? <span class="muted">{note}</span> : <Pre code={code} />}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Code that may be wider than the page: it scrolls by keys too. */
const Pre = ({ code }: { code: string }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys (axe: scrollable-region-focusable)
  <pre tabIndex={0}>{code}</pre>
);

/** Copies a text, and says whether that was possible. */
export function CopyButton({ what, text }: { what: string; text: string }) {
  const [said, setSaid] = useState<string>();
  const copy = async () => {
    const copied = await navigator.clipboard?.writeText(text).then(
      () => true,
      () => false,
    );
    setSaid(copied ? 'Copied' : 'Mark it and press Ctrl + C: this browser does not let a page copy');
    setTimeout(() => setSaid(undefined), 3000);
  };
  return (
    <>
      <button type="button" class="small" onClick={copy} aria-label={`Copy ${what}`}>
        Copy
      </button>
      <span role="status" class="muted">
        {said}
      </span>
    </>
  );
}
