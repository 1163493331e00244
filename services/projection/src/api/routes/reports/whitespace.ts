import { compareValues, type Whitespace, whitespaceOf } from '@bellwether/domain';
import type { TableRow } from '../../../read/table-row.ts';
import { offeringsBySegment } from '../../../steps/find-whitespace.ts';
import { OpenOffering, WhitespaceReport } from '../../report-schemas/whitespace.ts';
import { listReport } from './list-report.ts';
import type { Report } from './report.ts';

/** Of each customer as many as somebody will offer it; one customer alone can be asked for all of them. */
const MOST_A_CUSTOMER = 3;

/** Something that could be offered to a customer. */
interface Open {
  readonly customer: TableRow;
  readonly item: Whitespace;
}

/** What could be sold to whom. */
export const WHITESPACE_REPORTS: readonly Report[] = [
  listReport({
    name: 'whitespace',
    summary:
      'What the others of a segment hold and a customer does not, by what it would bring: of each customer the three ' +
      'foremost (S8)',
    parameters: {},
    answer: WhitespaceReport,
    item: OpenOffering,
    find: ({ table }) => findOpen(table.inOrder('value', 'desc')),
    order: [({ item }) => -item.expectedMinor, ({ item }) => -item.holdingBasisPoints],
    idOf: ({ customer, item }) => `${customer.customerId} ${item.agreementType} ${item.serviceLine ?? ''}`,
    present: ({ customer, item }) => {
      const { customerId, segment, valueMinor, owner } = customer.portfolioRow;
      return { customerId, name: customer.row.name, segment: segment ?? '', ...item, valueMinor, owner };
    },
  }),
];

/**
 * Open offerings nearly in the order in which they are told, so that putting three times as many rows as there are
 * customers in order costs little: by offering, and each offering's customers by id.
 */
function findOpen(customers: readonly TableRow[]) {
  const offeringsFor = offeringsBySegment(customers);
  const open = new Map<Whitespace, TableRow[]>();
  const without = { 'segment-unknown': 0, 'too-few-peers': 0 };
  for (const customer of customers.toSorted((a, b) => compareValues(a.customerId, b.customerId))) {
    const offerings = offeringsFor(customer);
    if (typeof offerings === 'string') {
      without[offerings] += 1;
      continue;
    }
    for (const item of whitespaceOf(customer.holdings, offerings, MOST_A_CUSTOMER)) {
      const rows = open.get(item);
      if (rows) rows.push(customer);
      else open.set(item, [customer]);
    }
  }
  const { 'segment-unknown': segmentUnknown, 'too-few-peers': tooFewPeers } = without;
  return {
    head: { compared: customers.length - segmentUnknown - tooFewPeers, segmentUnknown, tooFewPeers },
    found: [...open]
      .sort(([a], [b]) => b.expectedMinor - a.expectedMinor || b.holdingBasisPoints - a.holdingBasisPoints)
      .flatMap(([item, rows]) => rows.map((customer): Open => ({ customer, item }))),
  };
}
