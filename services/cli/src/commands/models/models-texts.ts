import { formatMinor } from '@bellwether/domain';

/** A model as the API names it. */
export interface NamedModel {
  readonly id: string;
  readonly version: string;
  readonly title: string;
  readonly size: string | null;
  readonly since: string | null;
  readonly by: string | null;
}

/** The models of a tenant as the API answers them. */
export interface ModelsAnswer {
  readonly live: readonly NamedModel[];
  readonly shadows: readonly NamedModel[];
  readonly before: {
    readonly size: string | null;
    readonly pack: { readonly id: string; readonly version: string } | null;
  } | null;
  readonly history: readonly { readonly choiceId: string }[];
}

interface Counted {
  readonly customers: number;
  readonly valueMinor: number | null;
}
interface Mean {
  readonly meanHundredths: number | null;
}

/** What a model would change, as the API answers it. */
export interface DiffAnswer {
  readonly asOf: string;
  readonly currency: string;
  readonly shadowModel: { readonly id: string; readonly version: string; readonly size: string | null };
  readonly customers: number;
  readonly compared: number;
  readonly crossing: Counted;
  readonly alertsGained: Counted;
  readonly alertsLost: Counted;
  readonly live: Mean;
  readonly shadow: Mean;
  readonly bands: readonly { readonly band: string; readonly live: Counted; readonly shadow: Counted }[];
  readonly moves: readonly (Counted & { readonly from: string; readonly to: string })[];
  readonly items: readonly {
    readonly customerId: string;
    readonly name: string | null;
    readonly valueMinor: number | null;
    readonly liveHealthHundredths: number | null;
    readonly liveBand: string;
    readonly shadowHealthHundredths: number | null;
    readonly shadowBand: string;
    readonly alert: 'gained' | 'lost' | null;
  }[];
  readonly next: string | null;
}

/** `models list`: which count and which are tried, since when and by whom. */
export function modelsText({ live, shadows, before }: ModelsAnswer): string {
  const lines = live.map((model) => `counts  ${described(model)}`);
  for (const model of shadows) lines.push(`tried   ${described(model)}`);
  if (before === null) lines.push('There is no step back: nothing was promoted since the last one.');
  else {
    const name = before.pack === null ? 'no pack of its own' : `${before.pack.id} ${before.pack.version}`;
    lines.push(`A step back (models rollback) brings ${name}${forSize(before.size)}.`);
  }
  return printed(lines);
}

function described({ id, version, title, size, since, by }: NamedModel): string {
  const told = since === null ? 'since the beginning' : `since ${since} by ${by ?? 'nobody'}`;
  return `${id} ${version} (${title})${forSize(size)}, ${told}`;
}

function forSize(size: string | null): string {
  return size === null ? '' : ` for customers of the size ${size}`;
}

/** `models diff`: what would change, and the greatest customers for whom it would. */
export function diffText(diff: DiffAnswer): string {
  const { shadowModel, customers, compared, crossing, alertsGained, alertsLost, items } = diff;
  const money = (minor: number | null) =>
    minor === null ? 'unknown value' : formatMinor(minor, diff.currency);
  const count = ({ customers: members, valueMinor }: Counted) => `${members} (${money(valueMinor)})`;
  const lines = [
    `${shadowModel.id} ${shadowModel.version}${forSize(shadowModel.size)} on ${diff.asOf}: ` +
      `${compared} of ${customers} customers are scored by both.`,
    `Cross a band: ${count(crossing)}. At-risk alerts: ${count(alertsGained)} gained, ${count(alertsLost)} lost.`,
    `Mean health ${points(diff.live.meanHundredths)} becomes ${points(diff.shadow.meanHundredths)}.`,
    ...diff.bands.map(
      ({ band, live, shadow }) => `  ${band.padEnd(16)} ${live.customers} -> ${shadow.customers}`,
    ),
    ...diff.moves.map((move) => `  ${move.from} -> ${move.to}: ${count(move)}`),
    ...items.map((item) => {
      const alert = item.alert === null ? '' : `, alert ${item.alert}`;
      const [was, is] = [points(item.liveHealthHundredths), points(item.shadowHealthHundredths)];
      const who = item.name === null ? item.customerId : `${item.customerId} ${item.name}`;
      return `${who}, ${money(item.valueMinor)}: ${was} ${item.liveBand} -> ${is} ${item.shadowBand}${alert}`;
    }),
  ];
  if (diff.next !== null) lines.push('... more: --limit shows more, the API all of them as a file.');
  return printed(lines);
}

function points(hundredths: number | null): string {
  return hundredths === null ? 'none' : (hundredths / 100).toFixed(2);
}

/** Names, titles and people come from outside: nothing of them may steer a terminal. */
function printed(lines: readonly string[]): string {
  return `${lines.map((line) => line.replaceAll(/\p{Cc}/gu, ' ')).join('\n')}\n`;
}
