import { describe, expect, it } from 'vitest';
import { accountsOf, changeMarkerOf, feedOfEntity } from './change-marker.ts';

const ACCOUNT = '0015g00000ABCdeAAH';
const header = (change: object = {}) => ({
  entityName: 'Account',
  recordIds: [ACCOUNT],
  changeType: 'GAP_UPDATE',
  changeOrigin: '',
  transactionKey: '000a1b2c-3d4e',
  sequenceNumber: 1,
  commitTimestamp: 1_767_600_000_000,
  commitUser: '0055g000001',
  ...change,
});

describe('a change event of a CRM (N14)', () => {
  it.each([
    ['the body itself', { ChangeEventHeader: header() }],
    ['its payload', { schema: 'x', payload: { ChangeEventHeader: header() }, event: { replayId: 5 } }],
    ['the data of a CloudEvent', { specversion: '1.0', data: { ChangeEventHeader: header() } }],
    ['the payload in the data of a CloudEvent', { data: { payload: { ChangeEventHeader: header() } } }],
  ])('says with a gap marker in %s that a record changed, but not how', (_where, body) => {
    expect(changeMarkerOf(body)).toEqual({
      cause: 'gap-marker',
      changeType: 'GAP_UPDATE',
      entityName: 'Account',
      recordIds: [ACCOUNT],
      committedAt: 1_767_600_000_000,
      id: '000a1b2c-3d4e:1',
    });
  });

  it.each(['GAP_CREATE', 'GAP_UPDATE', 'GAP_DELETE', 'GAP_UNDELETE'])(
    'is a gap of its records when it is a %s',
    (changeType) => {
      expect(changeMarkerOf({ ChangeEventHeader: header({ changeType }) })).toMatchObject({
        cause: 'gap-marker',
        recordIds: [ACCOUNT],
      });
    },
  );

  it('concerns any record after an overflow, whatever ids it carries', () => {
    const told = header({ changeType: 'GAP_OVERFLOW', recordIds: ['000000000000000AAA'] });
    expect(changeMarkerOf({ ChangeEventHeader: told })).toMatchObject({
      cause: 'overflow-marker',
      recordIds: [],
    });
  });

  it.each([
    ['has no records', { recordIds: undefined }],
    ['has too many records', { recordIds: Array.from({ length: 201 }, (_, i) => `r${i}`) }],
    ['names the record that stands for none', { recordIds: ['000000000000000AAA'] }],
    ['has a record that is no id', { recordIds: [ACCOUNT, '$where'] }],
  ])('concerns any record when it %s', (_what, change) => {
    expect(changeMarkerOf({ ChangeEventHeader: header(change) })?.recordIds).toEqual([]);
  });

  it.each([
    ['with its data', { ChangeEventHeader: header({ changeType: 'UPDATE' }), Name: 'Acme' }],
    ['without a header', { payload: {} }],
    ['that is none', 'GAP_UPDATE'],
    ['of another shape', { ChangeEventHeader: 'GAP_UPDATE' }],
  ])('%s is no marker', (_what, body) => {
    expect(changeMarkerOf(body)).toBeUndefined();
  });

  it('names customers where its records are accounts', () => {
    const records = (entityName: string) => {
      const marker = changeMarkerOf({ ChangeEventHeader: header({ entityName }) });
      return marker && accountsOf(marker);
    };
    expect([records('Account'), records('Opportunity')]).toEqual([[ACCOUNT], []]);
    expect([feedOfEntity('Opportunity'), feedOfEntity('Widget__c'), feedOfEntity('constructor')]).toEqual([
      'opportunity',
      undefined,
      undefined,
    ]);
  });
});
