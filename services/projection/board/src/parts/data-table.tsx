import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { plural } from '../lib/format.ts';

/** A column of a plain table; `numeric` ones are aligned right. */
export interface Column<T> {
  readonly name: string;
  readonly numeric?: boolean;
  readonly cell: (row: T) => ComponentChildren;
}

const FIRST_ROWS = 50;

/** The table behind a chart: complete, at first cut to fifty rows. */
export function DataTable<T>(props: {
  readonly caption: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly rowClass?: (row: T) => string;
}) {
  const [all, setAll] = useState(false);
  const rows = all ? props.rows : props.rows.slice(0, FIRST_ROWS);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section class="table-scroll" tabIndex={0} aria-label={props.caption}>
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
