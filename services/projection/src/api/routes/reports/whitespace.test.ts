import type { EventData } from '@bellwether/events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GivenCustomer, openWith, takeCustomers } from '../../../test-support/customers.ts';
import type { ProjectionUnderTest } from '../../../test-support/projection-under-test.ts';
import { faultsOf } from '../../../test-support/strict-schema.ts';
import { CustomerWhitespace, type WhitespaceReport } from '../../report-schemas/whitespace.ts';

const SMB = { segment: 'smb' };
const sow = (serviceLine: string, valueMinor: number): EventData<'agreement.created'> => ({
  agreementId: serviceLine,
  agreementType: 'SOW',
  serviceLine,
  valueMinor,
});

/** Six small customers, two of the enterprise segment, and one of whom the segment is not known. */
const CUSTOMERS: readonly GivenCustomer[] = [
  {
    customerId: 'ada',
    name: 'Ada',
    owner: 'Bo',
    valueMinor: 9,
    tier: SMB,
    agreements: [sow('hosting', 400)],
  },
  { customerId: 'bob', tier: SMB, agreements: [sow('hosting', 200), sow('training', 100)] },
  { customerId: 'cem', tier: SMB, agreements: [sow('training', 100)] },
  { customerId: 'dot', tier: SMB, agreements: [sow('training', 100), sow('advisory', 1_000)] },
  {
    customerId: 'eve',
    tier: SMB,
    agreements: [sow('audit', 5), { ...sow('old', 9_000), endDate: '2023-01-31' }],
  },
  { customerId: 'fay', tier: SMB },
  { customerId: 'big', tier: { segment: 'enterprise' }, agreements: [sow('design', 700)] },
  { customerId: 'too', tier: { segment: 'enterprise' } },
  { customerId: 'new', agreements: [sow('hosting', 1)] },
];

let projection: ProjectionUnderTest;
beforeAll(async () => {
  projection = await openWith(CUSTOMERS);
  await takeCustomers(projection, [], 'nobody');
});
afterAll(() => projection.close());

describe('what the others of a segment hold and a customer does not (S8)', () => {
  it('comes by what it would bring, of each customer the three foremost', async () => {
    const report = await projection.get<WhitespaceReport>('/v1/tenants/acme/reports/whitespace');
    expect(report).toMatchObject({ compared: 6, segmentUnknown: 1, tooFewPeers: 2, next: null });
    // To five peers: advisory 1,000 / 5 = 200, hosting 600 / 5 = 120, training 300 / 5 = 60, audit 5 / 5 = 1.
    const told = report.items.map((item) => [item.customerId, item.serviceLine, item.expectedMinor]);
    expect(told).toEqual([
      ['ada', 'advisory', 200],
      ['bob', 'advisory', 200],
      ['cem', 'advisory', 200],
      ['eve', 'advisory', 200],
      ['fay', 'advisory', 200],
      ['cem', 'hosting', 120],
      ['dot', 'hosting', 120],
      ['eve', 'hosting', 120],
      ['fay', 'hosting', 120],
      ['ada', 'training', 60],
      ['eve', 'training', 60],
      ['fay', 'training', 60],
      ['ada', 'audit', 1],
      ['bob', 'audit', 1],
      ['cem', 'audit', 1],
      ['dot', 'audit', 1],
    ]);
    expect(report.items[0]).toEqual({
      customerId: 'ada',
      name: 'Ada',
      segment: 'smb',
      agreementType: 'SOW',
      serviceLine: 'advisory',
      holdingBasisPoints: 2_000,
      holders: 1,
      peers: 5,
      meanValueMinor: 1_000,
      expectedMinor: 200,
      valueMinor: 9,
      owner: 'Bo',
    });
  });

  it('comes as a file', async () => {
    const { body } = await projection.app.inject('/v1/tenants/acme/reports/whitespace?format=csv');
    expect(body.split('\r\n').slice(0, 2)).toEqual([
      'customerId,name,segment,agreementType,serviceLine,holdingBasisPoints,holders,peers,meanValueMinor,' +
        'expectedMinor,valueMinor,owner,asOf,currency',
      'ada,Ada,smb,SOW,advisory,2000,1,5,1000,200,9,Bo,2024-05-20,USD',
    ]);
    expect(body.trimEnd().split('\r\n')).toHaveLength(17);
  });

  const of = (customerId: string) =>
    projection.get<CustomerWhitespace>(`/v1/tenants/acme/customers/${customerId}/whitespace`);

  it('is told of one customer in full', async () => {
    const told = await of('fay');
    expect(faultsOf(CustomerWhitespace, told)).toEqual([]);
    expect(told).toMatchObject({ asOf: '2024-05-20', currency: 'USD', segment: 'smb', reason: null });
    expect(told.items.map(({ serviceLine, expectedMinor }) => [serviceLine, expectedMinor])).toEqual([
      ['advisory', 200],
      ['hosting', 120],
      ['training', 60],
      ['audit', 1],
    ]);
  });

  it('says why nothing is told of a customer', async () => {
    expect(await of('big')).toMatchObject({ segment: 'enterprise', reason: 'too-few-peers', items: [] });
    expect(await of('new')).toMatchObject({ segment: null, reason: 'segment-unknown', items: [] });
  });

  it('comes as a file of one customer, and is not there for one that is not', async () => {
    const file = await projection.app.inject('/v1/tenants/acme/customers/bob/whitespace?format=csv');
    expect(file.body.split('\r\n').slice(0, 2)).toEqual([
      'agreementType,serviceLine,holdingBasisPoints,holders,peers,meanValueMinor,expectedMinor,asOf,currency',
      'SOW,advisory,2000,1,5,1000,200,2024-05-20,USD',
    ]);
    const response = await projection.app.inject('/v1/tenants/acme/customers/nobody/whitespace');
    expect([response.statusCode, response.json().detail]).toEqual([404, 'There is no customer nobody.']);
  });
});
