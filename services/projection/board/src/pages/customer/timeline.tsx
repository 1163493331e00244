import { useEffect, useState } from 'preact/hooks';
import type { TimelineEntry } from '../../../../src/api/schemas.ts';
import { apiUrl, getJson } from '../../lib/api.ts';
import { inTitle } from '../../lib/format.ts';
import { useLiveReload } from '../../lib/live.ts';
import { useResource } from '../../lib/resource.ts';
import { useTenant } from '../../lib/tenant-context.ts';
import { groupTimeline, topicOf } from '../../lib/timeline-groups.ts';
import { Choice, Panel } from '../../parts/panel.tsx';
import { Loaded } from '../../parts/states.tsx';
import { TimelineRow } from './timeline-row.tsx';

interface Page {
  readonly items: TimelineEntry[];
  readonly next: string | null;
}
const PAGE_LIMIT = 60;
const KINDS = [
  ['all', 'All'],
  ['event', 'Events'],
  ['change', 'Changes'],
] as const;
type Kind = (typeof KINDS)[number][0];

function Filters(props: {
  readonly kind: Kind;
  readonly setKind: (kind: Kind) => void;
  readonly topics: readonly string[];
  readonly topic: string;
  readonly setTopic: (topic: string) => void;
}) {
  return (
    <div class="timeline-filters">
      <Choice<Kind> label="Show" value={props.kind} options={KINDS} onChange={props.setKind} />
      <label class="select">
        <span class="sr">About</span>
        <select value={props.topic} onChange={(event) => props.setTopic(event.currentTarget.value)}>
          <option value="">About everything</option>
          {props.topics.map((topic) => (
            <option key={topic} value={topic}>
              {inTitle(topic)}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

function keyOf(entry: TimelineEntry): string {
  return entry.kind === 'event' ? entry.eventId : `${entry.sequence} ${entry.type}`;
}

/** The first page stays live; older pages are added below it as they are asked for. */
function useOlder(url: (cursor: string) => string, first: Page | null) {
  const [older, setOlder] = useState<Page | null>(null);
  const [loading, setLoading] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const next = older ? older.next : (first?.next ?? null);
  const load = async () => {
    if (next === null || loading) return;
    setLoading(true);
    setProblem(null);
    try {
      const page = await getJson<Page>(url(next));
      setOlder((last) => ({ items: [...(last?.items ?? []), ...page.items], next: page.next }));
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    } finally {
      setLoading(false);
    }
  };
  const known = new Set<string>();
  const items = [...(first?.items ?? []), ...(older?.items ?? [])].filter((entry) => {
    const key = keyOf(entry);
    return known.has(key) ? false : known.add(key);
  });
  return { items, next, loading, problem, load: () => void load() };
}

function Entries(props: {
  readonly entries: readonly TimelineEntry[];
  readonly kind: Kind;
  readonly topic: string;
}) {
  const [highlighted, setHighlighted] = useState<string | null>(null);
  useEffect(() => {
    if (highlighted === null) return;
    document.getElementById(`event-${highlighted}`)?.scrollIntoView({ block: 'center' });
    const timer = setTimeout(() => setHighlighted(null), 2_000);
    return () => clearTimeout(timer);
  }, [highlighted]);
  const shown = props.entries.filter(
    (entry) =>
      (props.kind === 'all' || entry.kind === props.kind) &&
      (props.topic === '' || topicOf(entry) === props.topic),
  );
  const groups = groupTimeline(shown);
  const loaded = new Set(props.entries.flatMap((entry) => (entry.kind === 'event' ? [entry.eventId] : [])));
  if (groups.length === 0) return <p class="grey">Nothing of this kind is loaded.</p>;
  return (
    <ol class="timeline">
      {groups.map((group, index) => (
        <TimelineRow
          key={group.key}
          group={group}
          sameDayAs={groups[index - 1]?.at ?? null}
          loaded={loaded}
          highlighted={highlighted}
          show={setHighlighted}
        />
      ))}
    </ol>
  );
}

/** What came in and what it changed, side by side, newest first. */
export function Timeline(props: { readonly customerId: string }) {
  const tenant = useTenant();
  const [kind, setKind] = useState<Kind>('all');
  const [topic, setTopic] = useState('');
  const path = `customers/${encodeURIComponent(props.customerId)}/timeline`;
  const first = useResource<Page>(apiUrl(tenant.tenant, path, { limit: PAGE_LIMIT }));
  useLiveReload(tenant.tenant, first.reload, {
    everyMs: 2_000,
    concerns: (message) => message.kind === 'change' && message.change.customerId === props.customerId,
  });
  const timeline = useOlder(
    (cursor) => apiUrl(tenant.tenant, path, { limit: PAGE_LIMIT, cursor }),
    first.data,
  );
  const topics = [...new Set(timeline.items.map(topicOf))].sort();
  return (
    <Panel
      title="Timeline"
      aside={<Filters kind={kind} setKind={setKind} topics={topics} topic={topic} setTopic={setTopic} />}
    >
      <Loaded what="The timeline" resource={first}>
        {() => <Entries entries={timeline.items} kind={kind} topic={topic} />}
      </Loaded>
      {timeline.problem !== null && (
        <p role="alert">Older entries could not be loaded: {timeline.problem}. What is shown still holds.</p>
      )}
      {timeline.next !== null && (
        <button type="button" class="button more" disabled={timeline.loading} onClick={timeline.load}>
          {timeline.loading ? 'Loading…' : 'Show older'}
        </button>
      )}
    </Panel>
  );
}
