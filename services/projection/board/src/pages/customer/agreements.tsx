import { useState } from 'preact/hooks';
import type { AgreementNode } from '../../../../src/api/schemas.ts';
import { AgreementAxis, AgreementBar } from '../../charts/agreement-bar.tsx';
import { type AgreementLine, axisRange, treeLines } from '../../lib/agreement-tree.ts';
import { plural } from '../../lib/format.ts';
import { useTenant, useTenantNow } from '../../lib/tenant-context.ts';
import { dayNumber, longDay } from '../../lib/time.ts';
import { DataTable } from '../../parts/data-table.tsx';
import { Tag } from '../../parts/marks.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Money } from '../../parts/values.tsx';

const FIRST = 30;

function Name(props: { readonly line: AgreementLine }) {
  const { agreement, depth } = props.line;
  return (
    <span class="agreement-name" style={{ '--depth': depth }}>
      <span class="agreement-type">
        {agreement.agreementType ?? (agreement.status === 'placeholder' ? '?' : 'other')}
      </span>
      <code>{agreement.agreementId}</code>
      {agreement.status !== 'active' && (
        <Tag
          title={
            agreement.status === 'placeholder' ? 'Only referred to; nothing else is known yet' : undefined
          }
        >
          {agreement.status}
        </Tag>
      )}
      {agreement.incomplete && (
        <Tag title="Changes without a stated base value: the value may be incomplete">incomplete</Tag>
      )}
    </span>
  );
}

function DatesTable(props: { readonly lines: readonly AgreementLine[]; readonly currency: string }) {
  const date = (day: string | null) => (day ? longDay(day) : '–');
  return (
    <DataTable
      caption="Agreements with their dates"
      rows={props.lines}
      columns={[
        { name: 'Agreement', cell: (line) => <Name line={line} /> },
        {
          name: `Value, ${props.currency}`,
          numeric: true,
          cell: ({ agreement }) => <Money valueMinor={agreement.valueMinor} currency={agreement.currency} />,
        },
        {
          name: 'Start',
          numeric: true,
          cell: ({ agreement }) => date(agreement.startDate ?? agreement.signedDate),
        },
        { name: 'Notice by', numeric: true, cell: ({ agreement }) => date(agreement.noticeDate) },
        { name: 'End', numeric: true, cell: ({ agreement }) => date(agreement.endDate) },
        {
          name: 'Renews',
          cell: ({ agreement }) =>
            agreement.autoRenew === null ? '–' : agreement.autoRenew ? 'by itself' : 'no',
        },
        { name: 'Terms', cell: ({ agreement }) => agreement.paymentTerms ?? '–' },
        { name: 'Amendments', numeric: true, cell: ({ agreement }) => agreement.amendments.length },
      ]}
    />
  );
}

function Gantt(props: { readonly lines: readonly AgreementLine[]; readonly currency: string }) {
  const tenant = useTenant();
  const now = useTenantNow();
  const today = dayNumber(now.day);
  const range = axisRange(
    props.lines.map((line) => line.agreement),
    today,
  );
  return (
    <table class="agreements">
      <caption class="sr">Agreements on a time axis, master agreements above what is sold under them</caption>
      <thead>
        <tr>
          <th scope="col">Agreement</th>
          <th scope="col" class="number">
            Value, {props.currency}
          </th>
          <th scope="col" class="agreement-time">
            <span class="sr">Time</span>
            <AgreementAxis
              range={range}
              today={today}
              todayName={tenant.clock === 'live' ? 'today' : longDay(now.day)}
            />
          </th>
        </tr>
      </thead>
      <tbody>
        {props.lines.map((line) => (
          <tr key={line.agreement.agreementId}>
            <th scope="row">
              <Name line={line} />
            </th>
            <td class="number">
              {line.agreement.valueMinor === null ? (
                <span class="grey">–</span>
              ) : (
                <Money valueMinor={line.agreement.valueMinor} currency={line.agreement.currency} />
              )}
            </td>
            <td class="agreement-time">
              <AgreementBar agreement={line.agreement} range={range} today={today} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Legend() {
  return (
    <p class="legend grey">
      <span>
        <svg width="12" height="12" viewBox="-6 0 12 12" aria-hidden="true" class="date-mark date-notice">
          <path d="M-5 2h10l-5 7z" />
        </svg>
        notice by
      </span>
      <span>
        <svg width="6" height="14" viewBox="-3 0 6 14" aria-hidden="true" class="date-mark date-end">
          <path d="M0 0v14" />
        </svg>
        end
      </span>
      <span>
        <svg width="6" height="10" viewBox="-3 11 6 10" aria-hidden="true" class="amendment">
          <path d="M0 11v10" />
        </svg>
        amendment
      </span>
    </p>
  );
}

/** The agreement tree on a time axis (S1), and the same as a table of dates. */
export function Agreements(props: {
  readonly agreements: readonly AgreementNode[];
  readonly currency: string;
}) {
  const [asTable, setAsTable] = useState(false);
  const [all, setAll] = useState(false);
  const lines = treeLines(props.agreements);
  const shown = all ? lines : lines.slice(0, FIRST);
  if (lines.length === 0) {
    return (
      <Panel title="Agreements">
        <p class="grey">No agreement is known.</p>
      </Panel>
    );
  }
  return (
    <Panel
      title="Agreements"
      class="panel-agreements"
      aside={
        <button type="button" class="quiet" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          {asTable ? 'Show on a time axis' : 'Show as table'}
        </button>
      }
    >
      {asTable ? (
        <DatesTable lines={lines} currency={props.currency} />
      ) : (
        <Gantt lines={shown} currency={props.currency} />
      )}
      {!asTable && <Legend />}
      {!asTable && shown.length < lines.length && (
        <button type="button" class="button more" onClick={() => setAll(true)}>
          Show all {plural(lines.length, 'agreement')}
        </button>
      )}
    </Panel>
  );
}
