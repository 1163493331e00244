import { formatMinor } from '@bellwether/domain';
import { formatDay, type MissingSignal } from '@bellwether/events';

/** What the sentence is made from. Scores and contributions in hundredths of a point, days epoch days. */
export interface SummaryInput {
  readonly today: number;
  readonly health: number | null;
  /** Health at the beginning of the time looked at; null: not scorable then, or not known. */
  readonly before: { readonly health: number; readonly day: number } | null;
  /** What moved in between, by signal, in words. */
  readonly moves: readonly { readonly text: string; readonly contribution: number }[];
  /** What speaks for and against the present value, by signal. */
  readonly missing: readonly MissingSignal[];
  /** Weight of the signals present, hundredths of all. */
  readonly coverage: number;
  readonly valueMinor: number;
  readonly currency: string;
}

/** Less than half a point is no news. */
const NOTICEABLE_HUNDREDTHS = 50;
const NAMED = 2;

/** One sentence to say on the phone, from the reasons of the published changes alone (N1). */
export function summariseCustomer(input: SummaryInput): string {
  const { health, before, today } = input;
  if (health === null) return notScorable(input);
  if (before === null)
    return `Health is ${points(health)}${because(input.moves, { up: true, lead: ', carried by ' })}.`;
  const delta = health - before.health;
  const since = `since ${dayText(before.day, today)}`;
  if (Math.abs(delta) < NOTICEABLE_HUNDREDTHS) return `Health has stayed at ${points(health)} ${since}.`;
  const verb = delta < 0 ? 'fell' : 'rose';
  const why = because(input.moves, { up: delta > 0, lead: ', mostly ' });
  return `Health ${verb} from ${points(before.health)} to ${points(health)} ${since}${why}.`;
}

function notScorable({ valueMinor, currency, coverage, missing }: SummaryInput): string {
  const worth = `Worth ${formatMinor(valueMinor, currency)}`;
  const known = `only ${Math.round(coverage / 100)} % of the signals are known`;
  const names = missing.slice(0, 3).map(({ signal }) => signal.replaceAll('-', ' '));
  const more = missing.length - names.length;
  const lacking =
    names.length === 0 ? '' : `, missing are ${list(more > 0 ? [...names, `${more} more`] : names)}`;
  return `${worth}; health cannot be scored: ${known}${lacking}.`;
}

function because(moves: SummaryInput['moves'], how: { readonly up: boolean; readonly lead: string }): string {
  const named = moves
    .filter(({ contribution }) => (how.up ? contribution > 0 : contribution < 0))
    .sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution))
    .slice(0, NAMED)
    .map(({ text, contribution }) => `${text} (${signed(contribution)})`);
  return named.length === 0 ? '' : `${how.lead}${list(named)}`;
}

function list(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

function points(hundredths: number): string {
  return String(Math.round(hundredths / 100));
}

function signed(hundredths: number): string {
  const text = (Math.abs(hundredths) / 100).toFixed(1);
  return hundredths < 0 ? `\u2212${text}` : `+${text}`;
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** `3 May`, with the year where it is not this one. */
function dayText(day: number, today: number): string {
  const [year, month, date] = formatDay(day).split('-');
  const text = `${Number(date)} ${MONTHS[Number(month) - 1]}`;
  return formatDay(today).startsWith(`${year}-`) ? text : `${text} ${year}`;
}
