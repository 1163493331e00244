import { bandWord } from '../../lib/bands.ts';
import { cut, exactMoney, inTitle, inWords, points, signed, signedMoney } from '../../lib/format.ts';
import { useTenant } from '../../lib/tenant-context.ts';
import { asProse, dayOf, exactInstant, longDay } from '../../lib/time.ts';
import type { ChangeEntry, EventEntry, TimelineGroup } from '../../lib/timeline-groups.ts';
import { BandMark } from '../../parts/marks.tsx';
import { Reasons } from '../../parts/reasons.tsx';

const FACT_LIMIT = 60;
/** Facts shown beside an event before its details are opened. */
const FIRST_FACTS = 4;

function isMoney(name: string): boolean {
  return name.endsWith('Minor');
}

const A_DAY = /^\d{4}-\d{2}-\d{2}$/;
const AN_INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$/;

function factText(name: string, value: unknown, tenant: { currency: string; timeZone: string }): string {
  const { currency } = tenant;
  if (isMoney(name) && typeof value === 'number') {
    return name === 'deltaMinor' ? signedMoney(value, currency) : exactMoney(value, currency);
  }
  if (typeof value === 'string' && !Number.isNaN(Date.parse(value))) {
    if (A_DAY.test(value)) return longDay(value);
    if (AN_INSTANT.test(value)) return exactInstant(value, tenant.timeZone);
  }
  return cut(typeof value === 'object' ? JSON.stringify(value) : String(value), FACT_LIMIT);
}

function factName(name: string): string {
  return name === 'deltaMinor' ? 'value' : inWords(name.replace(/Minor$/, ''));
}

/** What is read first: the money that it is about, then everything in the order of the source. */
function byInterest(facts: readonly [string, unknown][]): readonly [string, unknown][] {
  const shown = facts.filter(([name]) => name !== 'currency');
  return [...shown.filter(([name]) => isMoney(name)), ...shown.filter(([name]) => !isMoney(name))];
}

/** `€1,000.00 at 1.1, the rate of 22 December 2025`. */
function conversionText({
  currency,
  amounts,
  rate,
  rateDate,
}: NonNullable<EventEntry['conversion']>): string {
  const came = amounts.map(({ valueMinor }) => exactMoney(valueMinor, currency)).join(' and ');
  return `${came} at ${rate}, the rate of ${longDay(rateDate)}`;
}

function Event(props: { readonly event: EventEntry; readonly highlighted: boolean }) {
  const tenant = useTenant();
  const { event } = props;
  const facts = Object.entries(event.data);
  const { currency } = event.data;
  const told = typeof currency === 'string' ? { ...tenant, currency } : tenant;
  return (
    <div class={`timeline-event ${props.highlighted ? 'marked' : ''}`} id={`event-${event.eventId}`}>
      <p>{inTitle(event.type)}</p>
      <p class="grey facts">
        {byInterest(facts)
          .slice(0, FIRST_FACTS)
          .map(([name, value]) => (
            <span key={name}>
              {factName(name)} {factText(name, value, told)}
            </span>
          ))}
      </p>
      <details>
        <summary>
          Event<span class="sr"> {event.eventId}</span>
        </summary>
        <dl class="event-facts">
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{factName(name)}</dt>
              <dd>{factText(name, value, told)}</dd>
            </div>
          ))}
          {event.conversion !== null && (
            <div>
              <dt>converted</dt>
              <dd>{conversionText(event.conversion)}</dd>
            </div>
          )}
          <div>
            <dt>id</dt>
            <dd>
              <code>{event.eventId}</code>
            </dd>
          </div>
          <div>
            <dt>source</dt>
            <dd>
              <code>{event.source}</code>
            </dd>
          </div>
          <div>
            <dt>known since</dt>
            <dd>{exactInstant(event.knownAt, tenant.timeZone)}</dd>
          </div>
        </dl>
      </details>
    </div>
  );
}

function amount(value: number, unit: string | null, currency: string): string {
  if (unit === 'minor') return exactMoney(value, currency);
  return unit === 'hundredths' ? points(value / 100) : String(value);
}

/** From what to what, or null where the change has no number. */
function numbersOf(change: ChangeEntry, currency: string): string | null {
  const { value, previous, delta, unit } = change;
  if (value === null && previous === null) return null;
  const text = (number: number | null) => (number === null ? 'unknown' : amount(number, unit, currency));
  if (value === previous) return `stays at ${text(value)}`;
  const by = delta === null || unit !== 'hundredths' ? '' : ` (${signed(delta / 100)})`;
  return `${previous === null ? '' : `${text(previous)} → `}${text(value)}${by}`;
}

/** A change as numbers, as a sentence, or both where each says something of its own. */
function tellingOf(change: ChangeEntry, currency: string): { numbers: string | null; text: string } {
  const numbers = numbersOf(change, currency);
  const isScore = change.type.startsWith('score.');
  if (numbers !== null && isScore && change.value !== null) return { numbers, text: '' };
  const told = change.value !== null && change.text.includes(amount(change.value, change.unit, currency));
  return { numbers: told ? null : numbers, text: change.text };
}

function Change(props: { readonly change: ChangeEntry }) {
  const tenant = useTenant();
  const { change } = props;
  const { numbers, text } = tellingOf(change, tenant.currency);
  const bandMoved = change.band !== null && change.band !== change.previousBand;
  const isHealth = change.type === 'score.health.changed';
  return (
    <div class="timeline-change">
      <p>
        <strong>{inTitle(change.type.replace(/^(?:score|risk)\.|\.changed$/g, ''))}</strong>{' '}
        {numbers !== null && <span class="numbers">{numbers}</span>}
      </p>
      {bandMoved && (
        <p class="band-move">
          {isHealth && change.previousBand !== null && (
            <>
              <BandMark band={change.previousBand} />
              <span aria-hidden="true">→</span>
              <span class="sr">to</span>
            </>
          )}
          {isHealth ? <BandMark band={change.band ?? ''} /> : <span>{bandWord(change.band ?? '')}</span>}
        </p>
      )}
      {text && <p class="grey">{asProse(text)}</p>}
      {change.reasons.length > 0 && (
        <details>
          <summary>Why</summary>
          <Reasons reasons={change.reasons} unit={change.unit === 'hundredths' ? 'hundredths' : 'none'} all />
        </details>
      )}
    </div>
  );
}

function Cause(props: {
  readonly changes: readonly ChangeEntry[];
  readonly loaded: ReadonlySet<string>;
  readonly show: (eventId: string) => void;
}) {
  const change = props.changes[0];
  if (!change) return null;
  const known = change.causedBy.find((id) => props.loaded.has(id));
  if (known !== undefined) {
    return (
      <button type="button" class="quiet" onClick={() => props.show(known)}>
        What caused it
      </button>
    );
  }
  const words = change.cause === 'time-decay' ? 'A day passed' : inTitle(change.cause);
  return (
    <p class="grey">
      {words}
      {change.causedBy.length > 0 && <span> (older than what is loaded)</span>}
    </p>
  );
}

/** One event with the changes that it caused; or changes with what caused them. */
export function TimelineRow(props: {
  readonly group: TimelineGroup;
  readonly sameDayAs: string | null;
  readonly loaded: ReadonlySet<string>;
  readonly highlighted: string | null;
  readonly show: (eventId: string) => void;
}) {
  const tenant = useTenant();
  const { group } = props;
  const day = dayOf(group.at, tenant.timeZone);
  const repeated = props.sameDayAs !== null && dayOf(props.sameDayAs, tenant.timeZone) === day;
  return (
    <li class={repeated ? 'same-day' : undefined}>
      <time dateTime={group.at} title={exactInstant(group.at, tenant.timeZone)} class="grey">
        <span class={repeated ? 'sr' : undefined}>{longDay(day)}</span>
      </time>
      {group.event ? (
        <Event event={group.event} highlighted={props.highlighted === group.event.eventId} />
      ) : (
        <div class="timeline-event">
          <Cause changes={group.changes} loaded={props.loaded} show={props.show} />
        </div>
      )}
      <div class="timeline-changes">
        {group.changes.map((change) => (
          <Change key={`${change.sequence} ${change.type}`} change={change} />
        ))}
        {group.changes.length === 0 && group.event && <p class="grey">changed no score</p>}
      </div>
    </li>
  );
}
