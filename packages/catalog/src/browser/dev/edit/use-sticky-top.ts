// A column that stays in sight while the page scrolls, and scrolls with it as far as it is higher than the window.

import type { RefObject } from "preact";
import { useLayoutEffect } from "preact/hooks";

/** Below the column, in pixels. */
const MARGIN = 16;

/** Keeps `--sticky-top` of an element: with it as `top`, the element's end is at the end of the window. */
export function useStickyTop(element: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const column = element.current;
    if (column === null) return;
    const measure = () =>
      column.style.setProperty("--sticky-top", `${Math.round(innerHeight - column.offsetHeight - MARGIN)}px`);
    const observer = new ResizeObserver(measure);
    observer.observe(column);
    addEventListener("resize", measure);
    return () => {
      observer.disconnect();
      removeEventListener("resize", measure);
    };
  }, []);
}
