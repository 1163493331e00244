import { packOf } from '@bellwether/domain';
import { shown } from '@bellwether/events';
import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { mustBeKnown, mustCountAlone } from '../../read/read-customer.ts';
import { readCustomerLog, takeRecords } from '../../read/read-customer-log.ts';
import { presentHistory, readChanges } from '../../read/read-history.ts';
import { checkHypothesis } from '../../read/read-hypothesis.ts';
import { scoresThen } from '../../read/read-scores-then.ts';
import { follow, presentWhatIf } from '../../read/read-what-if.ts';
import { presentWhy } from '../../read/read-why.ts';
import { traceScore } from '../../steps/trace-score.ts';
import { History, ScoresThen, Why } from '../history-schemas.ts';
import { AskedInstant, askedInstants } from '../instants.ts';
import { invalidRequest } from '../problem.ts';
import { answers, CustomerParams, choice, query } from '../query.ts';
import type { RouteDeps } from '../route-deps.ts';
import { Hypothesis, WhatIf } from '../what-if-schemas.ts';

/** Scores of a customer; the concentration is one of the portfolio. */
const CUSTOMER_SCORES = [
  'health',
  'ltv',
  'revenue',
  'rfm',
  'churn',
  'lifecycle',
  'relationship',
  'tier',
  'complexity',
] as const;
const score = Type.Optional(choice(CUSTOMER_SCORES, '`health` if not given'));
const instant = (words: string) => `RFC 3339 instant, or a date in the tenant's time zone: ${words}`;
const FROM = instant('the beginning of the day');
const TO = instant('its end. Now if not given');

const HistoryQuery = query({
  score,
  from: Type.Optional(AskedInstant(`${FROM}. The beginning if not given`)),
  to: Type.Optional(AskedInstant(TO)),
});
const ThenQuery = query({
  asOf: Type.Optional(AskedInstant(TO)),
  knownAt: Type.Optional(AskedInstant(TO)),
});
const WhyQuery = query({ score, from: AskedInstant(FROM), to: Type.Optional(AskedInstant(TO)) });

const tags = ['customers'];
const address = '/v1/tenants/:tenant/customers/:customerId';
type Params = Static<typeof CustomerParams>;

/** The scores of a customer as they were, why they moved, as known at an instant, and as they would be. */
export function registerHistoryRoutes(app: FastifyInstance, deps: RouteDeps): void {
  registerHistory(app, deps);
  registerThen(app, deps);
  registerWhy(app, deps);
  registerWhatIf(app, deps);
}

function registerHistory(app: FastifyInstance, deps: RouteDeps): void {
  app.get<{ Params: Params; Querystring: Static<typeof HistoryQuery> }>(
    `${address}/history`,
    {
      schema: {
        tags,
        summary: 'A score over time, one point a published change',
        params: CustomerParams,
        querystring: HistoryQuery,
        response: answers(History),
      },
    },
    async ({ params, query: { score = 'health', from, to } }) => {
      const view = await deps.tenantOf(params.tenant);
      await mustBeKnown(deps, view, params.customerId);
      const asked = {
        from: { text: from, means: 'first', otherwise: Number.NEGATIVE_INFINITY },
        to: { text: to, means: 'last', otherwise: Number.POSITIVE_INFINITY },
      } as const;
      const span = orderedSpan(askedInstants(asked, view, deps.now()));
      const { entries } = await readChanges(deps.readModels, params);
      return presentHistory(score, traceScore(entries, score), span);
    },
  );
}

function registerThen(app: FastifyInstance, deps: RouteDeps): void {
  app.get<{ Params: Params; Querystring: Static<typeof ThenQuery> }>(
    `${address}/scores`,
    {
      schema: {
        tags,
        summary: 'All scores at an instant, as known at an instant',
        params: CustomerParams,
        querystring: ThenQuery,
        response: answers(ScoresThen),
      },
    },
    async ({ params, query: { asOf, knownAt } }) => {
      const view = await deps.tenantOf(params.tenant);
      await mustCountAlone(deps, view, params.customerId);
      const now = deps.now();
      const asked = {
        asOf: { text: asOf, means: 'last', otherwise: now },
        knownAt: { text: knownAt, means: 'last', otherwise: now },
      } as const;
      const instants = askedInstants(asked, view, now);
      const log = await readCustomerLog(deps, params);
      const { entries } = await readChanges(deps.readModels, params);
      return await scoresThen(log, entries, { customerId: params.customerId, ...instants });
    },
  );
}

function registerWhy(app: FastifyInstance, deps: RouteDeps): void {
  app.get<{ Params: Params; Querystring: Static<typeof WhyQuery> }>(
    `${address}/why`,
    {
      schema: {
        tags,
        summary: 'Why a score moved between two instants, by signal and by cause',
        params: CustomerParams,
        querystring: WhyQuery,
        response: answers(Why),
      },
    },
    async ({ params, query: { score = 'health', from, to } }) => {
      const view = await deps.tenantOf(params.tenant);
      await mustBeKnown(deps, view, params.customerId);
      const now = deps.now();
      const asked = {
        from: { text: from, means: 'first', otherwise: now },
        to: { text: to, means: 'last', otherwise: now },
      } as const;
      const span = orderedSpan(askedInstants(asked, view, now));
      const changes = await readChanges(deps.readModels, params);
      return presentWhy(changes, { customerId: params.customerId, score, ...span });
    },
  );
}

function registerWhatIf(app: FastifyInstance, deps: RouteDeps): void {
  app.post<{ Params: Params; Body: Hypothesis }>(
    `${address}/what-if`,
    {
      schema: {
        tags,
        summary: 'What would be published under another model or with other events; publishes nothing',
        params: CustomerParams,
        querystring: query({}),
        body: Hypothesis,
        response: answers(WhatIf),
      },
    },
    async ({ params, body }) => {
      const view = await deps.tenantOf(params.tenant);
      const { customerId } = params;
      await mustCountAlone(deps, view, customerId);
      const now = deps.now();
      const log = await readCustomerLog(deps, params);
      const before = await takeRecords(log);
      const live = packOf(before);
      const hypothesis = checkHypothesis(body, {
        ...{ view, customerId, log, live, now },
        rates: deps.rates(),
      });
      return presentWhatIf(await follow(before, log, { ...hypothesis, now }), { customerId, now });
    },
  );
}

/** @throws ProblemError 400 where the span ends before it begins */
function orderedSpan<Span extends { readonly from: number; readonly to: number }>(span: Span): Span {
  if (span.from <= span.to) return span;
  const got = shown(new Date(span.to).toISOString());
  throw invalidRequest([{ path: '?to', expected: 'an instant that is not before `from`', got }]);
}
