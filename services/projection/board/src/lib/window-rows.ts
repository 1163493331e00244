import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';

/** Rows drawn beyond the visible ones, above and below. */
const EXTRA = 12;

/** First and last + 1 of the rows to draw. */
export interface RowWindow {
  readonly start: number;
  readonly end: number;
}

/** The rows of a long list that a window of `height` px shows when the list's top is at `top` px. */
export function rowsInView(options: {
  readonly top: number;
  readonly height: number;
  readonly rowHeight: number;
  readonly count: number;
}): RowWindow {
  const first = Math.floor(-options.top / options.rowHeight);
  const visible = Math.ceil(options.height / options.rowHeight);
  const start = Math.min(Math.max(0, first - EXTRA), Math.max(0, options.count - 1));
  return { start, end: Math.min(options.count, Math.max(0, first) + visible + EXTRA) };
}

/** Which rows of the list inside `container` to draw while the page scrolls; all rows are `rowHeight` px high. */
export function useRowWindow(
  container: RefObject<HTMLElement | null>,
  options: { readonly count: number; readonly rowHeight: number },
): RowWindow {
  const [range, setRange] = useState<RowWindow>({ start: 0, end: 40 });
  const measure = () => {
    const top = container.current?.getBoundingClientRect().top ?? 0;
    const next = rowsInView({ top, height: innerHeight, ...options });
    setRange((last) => (last.start === next.start && last.end === next.end ? last : next));
  };
  useLayoutEffect(measure, [options.count, options.rowHeight]);
  useEffect(() => {
    let frame = 0;
    const onScroll = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(measure);
    };
    addEventListener('scroll', onScroll, { passive: true });
    addEventListener('resize', onScroll);
    return () => {
      cancelAnimationFrame(frame);
      removeEventListener('scroll', onScroll);
      removeEventListener('resize', onScroll);
    };
  }, [options.count, options.rowHeight]);
  return range;
}

/** Follows a media query. */
export function useMedia(query: string): boolean {
  const [matches, setMatches] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const list = matchMedia(query);
    const update = () => setMatches(list.matches);
    update();
    list.addEventListener('change', update);
    return () => list.removeEventListener('change', update);
  }, [query]);
  return matches;
}
