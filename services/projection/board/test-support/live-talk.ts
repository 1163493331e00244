import type { ServerResponse } from 'node:http';
import type { AlertRecord, CustomerChange } from '@bellwether/events';
import type { Alert, CustomerRow, Tenant } from '../../src/api/schemas.ts';
import { bandOfScore } from '../src/lib/bands.ts';
import { dayNumber } from '../src/lib/time.ts';
import { alertsOf } from './alerts.ts';
import { portfolioOf } from './portfolio.ts';
import { type Random, randomFrom } from './random.ts';

/** How long an acknowledgement takes to come back on the stream. */
const ACKNOWLEDGE_MS = 600;

function recordOf(tenant: Tenant, alert: Alert): AlertRecord {
  const ms = (instant: string | null) => (instant === null ? null : Date.parse(instant));
  return {
    kind: 'alert',
    tenant: tenant.tenant,
    customerId: alert.customerId,
    alertId: alert.alertId,
    rule: alert.rule as AlertRecord['rule'],
    cause: alert.cause,
    revision: 2,
    state: alert.state,
    severity: alert.severity,
    title: alert.title,
    code: alert.code,
    valueMinor: alert.valueMinor,
    currency: alert.currency,
    dueDay: alert.dueDate === null ? null : dayNumber(alert.dueDate),
    reasons: alert.reasons,
    historical: false,
    raisedAt: Date.parse(alert.raisedAt),
    acknowledgedAt: ms(alert.acknowledgedAt),
    acknowledgedBy: alert.acknowledgedBy,
    note: alert.note,
    resolvedAt: ms(alert.resolvedAt),
    changedAt: Date.now(),
    knownAt: Date.now(),
    raisedBySequence: 1,
  };
}

function changeOf(tenant: Tenant, row: CustomerRow, random: Random): CustomerChange {
  const previous = Math.round((row.healthScore ?? 50) * 100);
  const value = Math.min(9_900, Math.max(100, previous + random.whole(-300, 300)));
  return {
    kind: 'change',
    tenant: tenant.tenant,
    customerId: row.customerId,
    sequence: 1_000 + random.whole(0, 1_000_000),
    asOf: Date.now(),
    knownAt: Date.now(),
    historical: false,
    cause: 'new-data',
    causedBy: ['live-1'],
    engineVersion: '1',
    changes: [
      {
        type: 'score.health.changed',
        score: 'health',
        sequence: 1,
        unit: 'hundredths',
        value,
        previous,
        delta: value - previous,
        band: bandOfScore(value / 100),
        previousBand: row.healthBand,
        parts: {},
        reasons: [],
      },
    ],
  };
}

/** The stream of the mock: a change of one of the first customers every `everyMs` (0: silence). */
export class LiveTalk {
  readonly #listeners = new Map<ServerResponse, Tenant>();
  readonly #random = randomFrom(5);
  readonly #timer: ReturnType<typeof setInterval> | undefined;
  #id = 0;

  constructor(everyMs: number) {
    if (everyMs > 0) this.#timer = setInterval(() => this.#change(), everyMs);
  }

  join(tenant: Tenant, response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.write(': hello\n\n');
    this.#listeners.set(response, tenant);
    response.on('close', () => this.#listeners.delete(response));
  }

  acknowledge(tenant: Tenant, action: { readonly alertId: string; readonly actor: string }): void {
    setTimeout(() => {
      const list = alertsOf(tenant);
      const index = list.findIndex((alert) => alert.alertId === action.alertId);
      const alert = list[index];
      if (!alert) return;
      const next: Alert = {
        ...alert,
        state: 'acknowledged',
        acknowledgedAt: new Date().toISOString(),
        acknowledgedBy: action.actor,
      };
      list[index] = next;
      this.#tell(tenant, 'alert', recordOf(tenant, next));
    }, ACKNOWLEDGE_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #change(): void {
    for (const tenant of new Set(this.#listeners.values())) {
      if (tenant.clock !== 'live') continue;
      const scored = portfolioOf(tenant)
        .slice(0, 12)
        .filter((row) => row.healthScore !== null);
      if (scored.length > 0)
        this.#tell(tenant, 'change', changeOf(tenant, this.#random.pick(scored), this.#random));
    }
  }

  #tell(tenant: Tenant, event: string, data: unknown): void {
    this.#id += 1;
    for (const [response, listening] of this.#listeners) {
      if (listening !== tenant) continue;
      response.write(`event: ${event}\nid: ${this.#id}\ndata: ${JSON.stringify(data)}\n\n`);
    }
  }
}
