import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

/** Width of an element in px, followed as it changes; 0 before the first layout. */
export function useWidth() {
  const ref = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    setWidth(Math.floor(element.clientWidth));
    const observer = new ResizeObserver(() => setWidth(Math.floor(element.clientWidth)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { ref, width };
}

/** A chart that can be read as a table instead. */
export function ChartFrame(props: {
  readonly label: string;
  readonly height: number;
  readonly draw: (width: number) => ComponentChildren;
  readonly table: () => ComponentChildren;
  readonly controls?: ComponentChildren;
}) {
  const [asTable, setAsTable] = useState(false);
  const { ref, width } = useWidth();
  return (
    <div class="chart">
      <div class="chart-controls">
        {props.controls}
        <button type="button" class="quiet" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          {asTable ? 'Show as chart' : 'Show as table'}
          <span class="sr">: {props.label}</span>
        </button>
      </div>
      <div ref={ref} class="chart-area">
        {asTable ? (
          props.table()
        ) : (
          <div style={{ minHeight: `${props.height}px` }}>{width > 0 && props.draw(width)}</div>
        )}
      </div>
    </div>
  );
}

/** Maps a value range onto a pixel range. */
export function scale(
  from: readonly [number, number],
  to: readonly [number, number],
): (value: number) => number {
  const span = from[1] - from[0] || 1;
  return (value) => to[0] + ((value - from[0]) / span) * (to[1] - to[0]);
}
