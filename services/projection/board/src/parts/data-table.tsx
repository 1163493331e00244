import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { plural } from '../lib/format.ts';

/** A column of a plain table; `numeric` ones are aligned right. */
export interface Column<T> {
  readonly name: string;
  readonly numeric?: boolean;
  readonly cell: (row: T) => ComponentChildren;
}

const FIRST_ROWS = 12;

/** The table behind a chart: its first rows, and all of them, then in a window of their own, when asked for. */
export function DataTable<T>(props: {
  readonly caption: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly rowClass?: (row: T) => string;
  /** Rows shown before all are asked for. */
  readonly first?: number;
}) {
  const [all, setAll] = useState(false);
  const rows = all ? props.rows : props.rows.slice(0, props.first ?? FIRST_ROWS);
  const scroll = all ? 'table-scroll table-window' : 'table-scroll';
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section class={scroll} tabIndex={0} aria-label={props.caption}>
        <table class="table">
          <caption class="sr">{props.caption}</caption>
          <thead>
            <tr>
              {props.columns.map((column) => (
                <th key={column.name} scope="col" class={column.numeric ? 'number' : undefined}>
                  {column.name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <tr key={index} class={props.rowClass?.(row)}>
                {props.columns.map((column) => (
                  <td key={column.name} class={column.numeric ? 'number' : undefined}>
                    {column.cell(row)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {rows.length < props.rows.length && (
        <button type="button" class="button more" onClick={() => setAll(true)}>
          Show all {plural(props.rows.length, 'row')}
        </button>
      )}
    </>
  );
}
