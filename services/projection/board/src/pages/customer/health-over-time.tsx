import { useState } from 'preact/hooks';
import type { CustomerDetail, History } from '../../../../src/api/schemas.ts';
import { ChartFrame } from '../../charts/frame.tsx';
import { SCORE_LINE_HEIGHT, ScoreLine, type ScorePoint } from '../../charts/score-line.tsx';
import { WaterfallChart } from '../../charts/waterfall.tsx';
import { asBand, bandWord } from '../../lib/bands.ts';
import { inWords, points as pointsText, signed } from '../../lib/format.ts';
import { useTenant, useTenantNow } from '../../lib/tenant-context.ts';
import { exactInstant, longDay } from '../../lib/time.ts';
import { hundredthsIn, pointAt, waterfallBetween } from '../../lib/waterfall.ts';
import { DataTable } from '../../parts/data-table.tsx';
import { BandMark } from '../../parts/marks.tsx';
import { Choice, Panel } from '../../parts/panel.tsx';

const DAY_MS = 86_400_000;
const SPANS = [
  ['7', '1 week'],
  ['30', '30 days'],
  ['90', '90 days'],
  ['365', '1 year'],
] as const;
type Span = (typeof SPANS)[number][0] | 'point';
type Point = History['points'][number];

function asPoints(history: History): ScorePoint[] {
  const toPoints = hundredthsIn(history.unit) / 100;
  return history.points.map((point) => ({
    point,
    atMs: Date.parse(point.at),
    value: point.value === null ? null : point.value * toPoints,
  }));
}

function HistoryTable(props: {
  readonly points: readonly ScorePoint[];
  readonly compareFrom: (point: Point) => void;
}) {
  const tenant = useTenant();
  return (
    <DataTable
      caption="Health score by published change, newest first"
      rows={[...props.points].reverse()}
      columns={[
        {
          name: 'When',
          cell: ({ point }) => (
            <span title={exactInstant(point.at, tenant.timeZone)}>{longDay(point.at)}</span>
          ),
        },
        {
          name: 'Score',
          numeric: true,
          cell: ({ value }) => (value === null ? 'unknown' : pointsText(value)),
        },
        { name: 'Band', cell: ({ point }) => <BandMark band={asBand(point.band)} /> },
        { name: 'Cause', cell: ({ point }) => inWords(point.cause) },
        {
          name: 'Compare',
          cell: ({ point }) => (
            <button type="button" class="quiet" onClick={() => props.compareFrom(point)}>
              From here<span class="sr">, {longDay(point.at)}</span>
            </button>
          ),
        },
      ]}
    />
  );
}

function Why(props: {
  readonly history: History;
  readonly from: Point;
  /** The day compared with; the score of `from` still held then. */
  readonly fromMs: number;
  readonly to: Point;
  readonly health: CustomerDetail['health'];
}) {
  const { from, to } = props;
  const day = longDay(new Date(Math.max(props.fromMs, Date.parse(from.at))).toISOString());
  const factor = hundredthsIn(props.history.unit);
  const waterfall = waterfallBetween(from, to, factor);
  if (!waterfall) {
    const unknown = from.value === null ? from : to;
    return (
      <p class="grey">
        On {longDay(unknown.at)} too little was known for a score, so there is nothing to compare.
      </p>
    );
  }
  const startName = `${day}, ${bandWord(asBand(from.band)).toLowerCase()}`;
  if (waterfall.steps.length === 0) {
    return (
      <p class="grey">
        Nothing moved the score: it has been {pointsText(waterfall.end / 100)} since {day}.
      </p>
    );
  }
  return (
    <>
      <p>
        {signed((waterfall.end - waterfall.start) / 100)} points since {day}, by signal:
      </p>
      <WaterfallChart
        waterfall={waterfall}
        startName={startName}
        endName="Now"
        textOf={(signal) => props.health.reasons.find((reason) => reason.signal === signal)?.text}
      />
    </>
  );
}

/** The score over time with its changes marked, and why it went from one point to the present. */
export function HealthOverTime(props: {
  readonly history: History;
  readonly health: CustomerDetail['health'];
}) {
  const now = useTenantNow();
  const [span, setSpan] = useState<Span>('7');
  const [chosen, setChosen] = useState<Point | null>(null);
  const { history, health } = props;
  const points = asPoints(history);
  const last = history.points.at(-1);
  if (!last) {
    return (
      <Panel title="Health over time">
        <p class="grey">No score has been published for this customer yet.</p>
      </Panel>
    );
  }
  const fromMs = span === 'point' && chosen ? Date.parse(chosen.at) : now.ms - Number(span) * DAY_MS;
  const from = (span === 'point' ? chosen : pointAt(history.points, fromMs)) ?? last;
  return (
    <Panel title="Health over time">
      <ChartFrame
        label="health over time"
        height={SCORE_LINE_HEIGHT}
        draw={(width) => (
          <ScoreLine
            points={points}
            endMs={Math.max(now.ms, Date.parse(last.at))}
            width={width}
            fromMs={fromMs}
          />
        )}
        table={() => (
          <HistoryTable
            points={points}
            compareFrom={(point) => {
              setChosen(point);
              setSpan('point');
            }}
          />
        )}
      />
      <div class="why-head">
        <h3>Why it moved</h3>
        <Choice<Span> label="Compare with" value={span} options={SPANS} onChange={setSpan} />
      </div>
      <Why history={history} from={from} fromMs={fromMs} to={last} health={health} />
    </Panel>
  );
}
