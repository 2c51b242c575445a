import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

/** Pixels of a drawing to one `rem`: text in it is as large as beside it, also where a wide screen makes both larger. */
const pixelsPerRem = 16;

/** The width of an element in pixels of a drawing; undefined until it is measured. */
export function useWidth<T extends Element>(): { place: RefObject<T>; width: number | undefined } {
  const place = useRef<T>(null);
  const [width, setWidth] = useState<number>();
  // Before it is seen, so that nothing below moves once it is measured.
  useLayoutEffect(() => {
    const element = place.current as T;
    const measure = (pixels: number) => {
      const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
      setWidth(Math.round((pixels / rem) * pixelsPerRem));
    };
    measure(element.clientWidth);
    const observer = new ResizeObserver(([entry]) => measure(entry.contentRect.width));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { place, width };
}
