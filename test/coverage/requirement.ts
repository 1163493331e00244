import type { ScoreName, SituationType, TopicName } from '@bellwether/events';

/** A number by which code, tests and documents cite a requirement. */
export type RequirementNumber = `${'S' | 'D' | 'N'}${number}`;

/** What applications can see a requirement on: a topic, or a kind of change on `customer-changes`. */
export type Shown = TopicName | SituationType | `score.${ScoreName}.changed`;

/** A requirement in a few words, and where it is shown. It is done unless it says that it is open or for later. */
export interface Requirement {
  readonly number: RequirementNumber;
  readonly what: string;
  readonly topics?: readonly Shown[];
  /** What GET answers below `/v1/tenants/{tenant}`, as OpenAPI writes it. */
  readonly endpoints?: readonly `/${string}`[];
  /** Pages, by their path in the project, that explain it by its number. */
  readonly documents?: readonly string[];
  /** What is missing now. */
  readonly open?: string;
  /** What is left for work to come, by name; what follows a colon tells more. */
  readonly later?: string;
}

/** What has become of a requirement. */
export type Standing = 'done' | 'open' | 'later';

/** Open before later: what is missing now is to be told. */
export function standingOf({ open, later }: Requirement): Standing {
  if (open !== undefined) return 'open';
  return later === undefined ? 'done' : 'later';
}
