import type { MissingSignal } from '@bellwether/events';

/** True of a score that had to do without a feed that has fallen silent (N2). */
export function isSpoilt(score: { readonly missing?: readonly MissingSignal[] } | null): boolean {
  return score?.missing?.some(({ why }) => why === 'feed-stale') ?? false;
}
