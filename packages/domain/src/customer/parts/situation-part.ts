import type { AlertRule, Reason, SituationChange, SituationType } from '@bellwether/events';
import type { ContextItem } from '../../context/context-items.ts';
import type { PublishedParts } from '../customer-state.ts';
import type { Part, PartName, Scene, Slice } from './part.ts';
import { worthOf } from './worth.ts';

/** Parts that hold the code of a situation that stands, or null. */
type SituationPartName = {
  [Name in PartName]: PublishedParts[Name] extends string | null ? Name : never;
}[PartName];

/** Why a situation stands. */
export interface Ground {
  /** From a closed list of the rule. */
  readonly code: string;
  readonly text: string;
  readonly reasons: readonly Reason[];
}

interface SituationRule {
  readonly rule: AlertRule;
  readonly types: { readonly begun: SituationType; readonly ended: SituationType };
  readonly cause: string;
  readonly reads: readonly Slice[];
  readonly asks: readonly ContextItem[];
  readonly follows: readonly PartName[];
  /**
   * Why it stands now; null: it does not.
   * @param held code that stood when it was decided last
   */
  readonly decide: (held: string | null, scene: Scene) => Ground | null;
  readonly endedText: string;
  /** First day on which it may differ with no new event and no part that it follows moving; absent: never. */
  readonly nextDay?: (scene: Scene) => number | null;
}

/** A part that is one situation: it begins, is told again when its code changes, and ends. */
export function situationPart<Name extends SituationPartName>(given: SituationRule): Part<Name> {
  const { rule, types, cause, reads, asks, follows, decide, endedText, nextDay } = given;
  const part: Part<SituationPartName> = {
    reads,
    asks,
    follows,
    decide: (previous, scene) => {
      const ground = decide(previous, scene);
      const code = ground?.code ?? null;
      const { valueMinor, currency } = worthOf(scene);
      const told = { cause, valueMinor, currency };
      const changes: SituationChange[] = [];
      if (ground !== null && code !== previous) {
        const { text, reasons } = ground;
        changes.push({ type: types.begun, cause, code: ground.code, text, valueMinor, currency, reasons });
      }
      if (ground === null && previous !== null) {
        changes.push({ type: types.ended, ...told, code: previous, text: endedText, reasons: [] });
      }
      return { published: code, changes, nextDay: nextDay?.(scene) ?? null };
    },
    situationsOf: (code) => (code === null ? [] : [{ rule, cause, code, dueDay: null, daysBefore: null }]),
  };
  return part as Part<Name>;
}
