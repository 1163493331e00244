import type { AgreementNode } from '../../../src/api/schemas.ts';
import { axisTicks, type DayRange, placeOf } from '../lib/agreement-tree.ts';
import { inWords } from '../lib/format.ts';
import { longDay } from '../lib/time.ts';

const HEIGHT = 32;

function Mark(props: {
  readonly day: string;
  readonly range: DayRange;
  readonly path: string;
  readonly name: string;
}) {
  return (
    <svg
      x={`${placeOf(props.day, props.range)}%`}
      y="0"
      overflow="visible"
      class={`date-mark date-${props.name}`}
    >
      <title>{`${props.name} ${longDay(props.day)}`}</title>
      <path d={props.path} />
    </svg>
  );
}

function amendmentText(amendment: AgreementNode['amendments'][number]): string {
  const what = `${inWords(amendment.type)} ${longDay(amendment.effectiveDate)}`;
  return amendment.reason ? `${what}: ${amendment.reason}` : what;
}

function describe(agreement: AgreementNode): string {
  const parts = [
    agreement.startDate && `from ${longDay(agreement.startDate)}`,
    agreement.endDate ? `to ${longDay(agreement.endDate)}` : 'no end date',
    agreement.noticeDate && `notice by ${longDay(agreement.noticeDate)}`,
  ];
  return parts.filter(Boolean).join(', ');
}

/** One agreement on the common time axis: its term as a bar, amendments as ticks, notice and end dates as marks. */
export function AgreementBar(props: {
  readonly agreement: AgreementNode;
  readonly range: DayRange;
  readonly today: number;
}) {
  const { agreement, range } = props;
  const start = agreement.startDate ?? agreement.signedDate;
  const left = start ? placeOf(start, range) : 0;
  const right = agreement.endDate ? placeOf(agreement.endDate, range) : 100;
  const today = `${placeOf(props.today, range)}%`;
  return (
    <svg width="100%" height={HEIGHT} role="img" aria-label={describe(agreement)} class="agreement-bar">
      <line class="today-line" x1={today} x2={today} y1="0" y2={HEIGHT} />
      {agreement.status === 'placeholder' ? (
        <rect class="term placeholder" x="1%" width="98%" y="11" height="10" rx="2">
          <title>Only referred to by another agreement; nothing else is known</title>
        </rect>
      ) : (
        <rect
          class={`term term-${agreement.status}`}
          x={`${left}%`}
          width={`${Math.max(0.5, right - left)}%`}
          y="11"
          height="10"
          rx="2"
        >
          <title>{describe(agreement)}</title>
        </rect>
      )}
      {agreement.amendments.map((amendment) => (
        <svg
          key={amendment.eventId}
          x={`${placeOf(amendment.effectiveDate, range)}%`}
          overflow="visible"
          class="amendment"
        >
          <title>{amendmentText(amendment)}</title>
          <path d="M0 11v10" />
        </svg>
      ))}
      {agreement.noticeDate && (
        <Mark day={agreement.noticeDate} range={range} name="notice" path="M-5 2h10l-5 7z" />
      )}
      {agreement.endDate && <Mark day={agreement.endDate} range={range} name="end" path="M0 6v20" />}
    </svg>
  );
}

/** The years or quarters above the bars, and where today is. */
export function AgreementAxis(props: {
  readonly range: DayRange;
  readonly today: number;
  readonly todayName: string;
}) {
  const today = placeOf(props.today, props.range);
  return (
    <svg width="100%" height="36" aria-hidden="true" class="agreement-axis">
      {axisTicks(props.range, 8).map((tick) => (
        <svg key={tick.day} aria-hidden="true" x={`${placeOf(tick.day, props.range)}%`} overflow="visible">
          <path class="axis" d="M0 28v8" />
          <text class="label grey" x="3" y="32">
            {tick.label}
          </text>
        </svg>
      ))}
      <svg aria-hidden="true" x={`${today}%`} overflow="visible">
        <text
          class="label today-label"
          y="12"
          text-anchor={today > 80 ? 'end' : today < 20 ? 'start' : 'middle'}
        >
          {props.todayName}
        </text>
        <path class="today-line" d="M0 16v20" />
      </svg>
    </svg>
  );
}
