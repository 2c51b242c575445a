import { lightRules } from '../../view/light-rules.js';

const padding = 12;
const lineHeight = 18;

/** A chart as a file of its own, with its title and the names of its lines. */
export function chartSvg(figure: Element): string {
  const drawn = figure.querySelector(':scope > svg') as SVGSVGElement;
  const [, , width, height] = (drawn.getAttribute('viewBox') as string).split(' ').map(Number);
  const names = [...figure.querySelectorAll('.legend li')].map((item) => ({
    name: item.textContent ?? '',
    line: item.querySelector('path')?.outerHTML ?? '',
  }));
  const top = padding + lineHeight * (1 + names.length) + 6;
  const title = figure.querySelector('figcaption')?.textContent ?? '';
  const legend = names.map(
    ({ name, line }, i) =>
      `<g transform="translate(${padding} ${padding + lineHeight * (i + 1)})"><g transform="translate(0 4)">${line}</g><text class="name" x="38" y="13">${escaped(name)}</text></g>`,
  );
  const inner = drawn.cloneNode(true) as SVGSVGElement;
  inner.querySelector('.tracer')?.remove();
  inner.setAttribute('y', String(top));
  inner.setAttribute('width', String(width));
  inner.setAttribute('height', String(height));
  const whole = [width + padding, top + height + padding];
  return `<svg xmlns="http://www.w3.org/2000/svg" class="chart intervals" viewBox="0 0 ${whole.join(' ')}" width="${whole[0]}" height="${whole[1]}" role="img" aria-label="${escaped(drawn.getAttribute('aria-label') ?? title)}">
<style>${lightRules}</style>
<rect width="100%" height="100%" fill="white"/>
<text class="name" x="${padding}" y="${padding + 10}">${escaped(title)}</text>
${legend.join('\n')}
${new XMLSerializer().serializeToString(inner)}
</svg>
`;
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
