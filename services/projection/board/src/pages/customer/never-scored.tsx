import type { CustomerDetail } from '../../../../src/api/schemas.ts';
import { inWords, percent } from '../../lib/format.ts';
import { useTenant, useTenantNow } from '../../lib/tenant-context.ts';
import { BandShape } from '../../parts/marks.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Command } from '../../parts/states.tsx';
import { WHY_MISSING } from './health-now.tsx';

type Missing = CustomerDetail['health']['missing'][number];

interface Source {
  readonly name: string;
  /** Event types by which its signals become known; the first is the one to begin with. */
  readonly types: readonly string[];
  readonly signals: readonly string[];
}

/** Which events each signal of the models is read from. */
const SOURCES: readonly Source[] = [
  {
    name: 'Use of the product',
    types: ['activity.login', 'activity.feature-used'],
    signals: ['login-frequency', 'feature-adoption', 'usage-trend'],
  },
  {
    name: 'Support tickets',
    types: ['ticket.opened', 'ticket.responded', 'ticket.resolved'],
    signals: ['ticket-load', 'response-time', 'resolution-time'],
  },
  { name: 'Surveys', types: ['feedback.csat'], signals: ['csat'] },
  {
    name: 'Goals',
    types: ['goal.set', 'goal.met', 'goal.value-realised'],
    signals: ['goals-met', 'value-realised'],
  },
  { name: 'Contacts', types: ['contact.created'], signals: ['executive-sponsor'] },
];

function wordsOf(missing: readonly Missing[]): string {
  return missing.map((item) => inWords(item.signal)).join(', ');
}

function whyOf(missing: readonly Missing[]): string {
  const whys = [...new Set(missing.map((item) => WHY_MISSING[item.why] ?? item.why))];
  return whys.join('; ');
}

/** The signal that the command below begins to tell. */
const FIRST_SIGNAL = 'login-frequency';

/** One command that sends a first event about this customer. */
function commandFor(tenant: string, customerId: string, atMs: number): string {
  const event = {
    specversion: '1.0',
    id: `${customerId}-login-1`,
    source: 'product',
    type: 'activity.login',
    subject: customerId,
    time: new Date(atMs).toISOString(),
    data: {},
  };
  const url = `${location.origin}/v1/tenants/${encodeURIComponent(tenant)}/events`;
  const body = JSON.stringify(event).replaceAll("'", "'\\''");
  return `curl -X POST '${url}' -H 'content-type: application/cloudevents+json' -d '${body}'`;
}

/** In place of a chart of nothing: which sources are missing, what they would tell, and how to send them. */
export function NeverScored(props: { readonly customer: CustomerDetail }) {
  const tenant = useTenant();
  const now = useTenantNow();
  const { health, customerId } = props.customer;
  const sources = SOURCES.flatMap((source) => {
    const missing = health.missing.filter((item) => source.signals.includes(item.signal));
    return missing.length > 0 ? [{ ...source, missing }] : [];
  });
  const others = health.missing.filter(
    (item) => !SOURCES.some((source) => source.signals.includes(item.signal)),
  );
  return (
    <Panel title="Health is not known yet" class="never-scored">
      <p>
        {percent(health.coverage * 100, 0)} of what counts is known, too little for a score. These would tell
        more:
      </p>
      <ul class="sources">
        {sources.map(({ name, types, missing }) => (
          <li key={name}>
            <BandShape band="not-scorable" />
            <div>
              <strong>{name}</strong> <span class="grey">{whyOf(missing)}</span>
              <p>for {wordsOf(missing)}</p>
            </div>
            <p class="source-types">
              {types.map((type) => (
                <code key={type}>{type}</code>
              ))}
            </p>
          </li>
        ))}
        {others.length > 0 && (
          <li>
            <BandShape band="not-scorable" />
            <div>
              <strong>Other signals</strong> <span class="grey">{whyOf(others)}</span>
              <p>for {wordsOf(others)}</p>
            </div>
          </li>
        )}
      </ul>
      <p>Send such events, or load a file of them; the score shows here as soon as enough is known.</p>
      {health.missing.some((item) => item.signal === FIRST_SIGNAL) && (
        <Command text={commandFor(tenant.tenant, customerId, now.ms)} />
      )}
      <p class="grey small">
        Model {health.model.id} {health.model.version}
      </p>
    </Panel>
  );
}
