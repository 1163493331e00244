import type { CustomerState, PortfolioHead } from '@bellwether/domain';
import { readTopic } from '@bellwether/embedded';
import {
  type AccountingRecord,
  type AlertRecord,
  type CustomerChange,
  type CustomerChangesRecord,
  type CustomerCurrent,
  type CustomerEventsRecord,
  PER_SCORE_TOPICS,
  PORTFOLIO_CUSTOMER_ID,
} from '@bellwether/events';
import type { KeyedStore, StoredDocument } from '@bellwether/stream';
import { type Between, comparable, comparableByKey } from '@bellwether/testkit';
import type { Engine } from '../../../services/cli/src/engine.ts';

type Readable = Pick<Engine, 'log' | 'store'>;

/** Everything that must come out the same whatever the batches, partitions and crashes were. */
export interface Picture {
  readonly states: ReadonlyMap<string, string>;
  /** All changes of each customer, in order; of the portfolio only the final values, it decides once a batch. */
  readonly changes: ReadonlyMap<string, string>;
  /** The newest picture told of each customer; the older ones depend on the batches. */
  readonly current: ReadonlyMap<string, string>;
  /** All records of each customer on the topics of single scores, in order; of models that are tried the newest. */
  readonly scores: ReadonlyMap<string, string>;
  readonly alerts: ReadonlyMap<string, string>;
  readonly alertStates: ReadonlyMap<string, string>;
  readonly portfolio: ReadonlyMap<string, string>;
  /** Totals by consumer group and tenant. */
  readonly accounting: ReadonlyMap<string, string>;
}

/** Takes the picture of a pipeline in which everything is processed. */
export async function pictureOf(engine: Readable, between: Between): Promise<Picture> {
  const ofCustomers = ({ value }: { readonly value: { readonly customerId: string } }) =>
    value.customerId !== PORTFOLIO_CUSTOMER_ID;
  const all = await recordsOf<CustomerChangesRecord>(engine, 'customer-changes');
  const told = all.flatMap(({ key, value }) =>
    value.kind === 'change' || value.kind === 'action' ? [{ key, value }] : [],
  );
  const current = await recordsOf<CustomerCurrent>(engine, 'customer-current');
  const newest = new Map(current.filter(ofCustomers).map((record) => [record.key, record]));
  const alerts = await recordsOf<AlertRecord>(engine, 'alerts');
  const scores = await Promise.all(
    Object.values(PER_SCORE_TOPICS).map(async (topic) =>
      (await recordsOf(engine, topic)).map(({ key, value }) => ({ key: `${topic} ${key}`, value })),
    ),
  );
  // A compacted topic forgets older records at times of its own.
  const tried = new Map((await recordsOf(engine, 'shadow-scores')).map(({ key, value }) => [key, value]));
  const shadows = Array.from(tried, ([key, value]) => ({ key: `shadow-scores ${key}`, value }));
  const isPortfolio = (id: string) => id.endsWith(`|${PORTFOLIO_CUSTOMER_ID}`);
  const alertStates = await documentsOf(engine, 'alerting-customers');
  return {
    states: statesOf(await documentsOf(engine, 'scoring-customers'), between),
    changes: comparableByKey(told.filter(ofCustomers), between),
    current: comparableByKey([...newest.values()], between),
    scores: comparableByKey([...scores.flat(), ...shadows], between),
    alerts: comparableByKey(alerts.filter(ofCustomers), between),
    alertStates: statesOf(
      alertStates.filter(({ id }) => !isPortfolio(id)),
      between,
    ),
    portfolio: await portfoliosOf(engine),
    accounting: await accountsOf(engine),
  };
}

/** All records of a topic. */
export async function recordsOf<Value>(engine: Pick<Readable, 'log'>, topic: string) {
  const records: { readonly key: string; readonly value: Value }[] = [];
  for await (const { key, value } of readTopic(engine.log, topic))
    records.push({ key, value: value as Value });
  return records;
}

/** All changes in the order of their partitions, those of portfolios too. */
export async function changesOf(engine: Pick<Readable, 'log'>): Promise<CustomerChange[]> {
  const all = await recordsOf<CustomerChangesRecord>(engine, 'customer-changes');
  return all.flatMap(({ value }) => (value.kind === 'change' ? [value] : []));
}

/** All events of a tenant that ingest let through, by customer. */
export async function eventsByCustomer(engine: Pick<Readable, 'log'>, tenant: string) {
  const events = (await recordsOf<CustomerEventsRecord>(engine, 'customer-events')).flatMap(({ value }) =>
    value.kind === 'event' && value.tenant === tenant ? [value] : [],
  );
  return Map.groupBy(events, ({ customerId }) => customerId);
}

/** The states of all customers of a tenant. */
export async function customersOf(engine: Readable, tenant: string): Promise<readonly CustomerState[]> {
  const documents = await documentsOf(engine, 'scoring-customers');
  return documents.map(({ state }) => state as CustomerState).filter((state) => state.tenant === tenant);
}

async function documentsOf({ log, store }: Readable, collection: string): Promise<readonly StoredDocument[]> {
  return documentsIn(store, collection, log.partitions('customer-events'));
}

/** Every document was made by some record, so "applied at or after the first offset" is all of them. */
async function documentsIn(store: KeyedStore, collection: string, partitions: number) {
  const found: StoredDocument[] = [];
  for (let partition = 0; partition < partitions; partition += 1) {
    found.push(...(await store.loadOpen(collection, partition, 0)));
  }
  return found.sort((a, b) => (a.id < b.id ? -1 : 1));
}

function statesOf(documents: readonly StoredDocument[], between: Between): ReadonlyMap<string, string> {
  return new Map(documents.map(({ id, state }) => [id, comparable(state, between)]));
}

async function portfoliosOf(engine: Readable): Promise<ReadonlyMap<string, string>> {
  const documents = await documentsOf(engine, 'portfolio-contributions-heads');
  const heads = documents
    .filter(({ id }) => !id.endsWith('#checkpoint'))
    .map(({ state }) => state as PortfolioHead);
  return new Map(
    heads.map(({ tenant, customers, positiveCustomers, sumMinor, sumSquares, published }) => {
      // The situation lasts until its exit threshold, so it may tell of the way, not only of the end.
      const { situation: _situation, ...values } = published ?? { situation: null };
      return [tenant, JSON.stringify({ customers, positiveCustomers, sumMinor, sumSquares, values })];
    }),
  );
}

async function accountsOf(engine: Readable): Promise<ReadonlyMap<string, string>> {
  const newest = new Map<string, AccountingRecord>();
  for (const topic of ['ingest-accounting', 'scoring-accounting']) {
    for (const { key, value } of await recordsOf<AccountingRecord>(engine, topic)) newest.set(key, value);
  }
  const groups = Map.groupBy(newest.values(), ({ group, tenant }) => `${group} ${tenant}`);
  const sum = (records: readonly AccountingRecord[], outcome: keyof AccountingRecord['tally']) =>
    records.reduce((total, { tally }) => total + tally[outcome], 0);
  return new Map(
    [...groups].map(([key, records]) => {
      const [ok, duplicate, quarantined] = [
        sum(records, 'ok'),
        sum(records, 'duplicate'),
        sum(records, 'quarantined'),
      ];
      return [key, `${ok} ok, ${duplicate} duplicate, ${quarantined} quarantined`];
    }),
  );
}
