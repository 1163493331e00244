import { SHIPPED_PACKS } from '@bellwether/domain';
import { faultText } from '@bellwether/events';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { checkPack, readPack } from './read-pack.ts';

const GOOD = `
format: 1
id: small
version: 1.0.0
title: Small
source: made up
pillars: [{ pillar: usage, title: Usage, weight: 60 }, { pillar: support, title: Support, weight: 40 }]
signals:
  - signal: login-frequency
    pillar: usage
    weight: 60
    feed: activity
    windowDays: 30
    freshDays: 30
    curve: [[0, 0], [10, 80, often], [20, 100]]
  - signal: ticket-count
    pillar: support
    weight: 40
    feed: ticket
    windowDays: 90
    freshDays: 90
    steps: [[0, 100], [3, 50]]
bands: { healthyFromPoints: 80, needsAttentionFromPoints: 50, atRiskBelowPoints: 50, atRiskClearedFromPoints: 55 }
minimumCoveragePercent: 50
publishFromPoints: 0.5
goldenCases:
  - name: both
    readings: { login-frequency: 5, ticket-count: 3 }
    value: 44
    band: at-risk
    coveragePercent: 100
    contributions: { login-frequency: 24, ticket-count: 20 }
`;

function faultsOf(text: string) {
  const result = readPack(text);
  return result.ok ? [] : result.faults;
}
const changed = (...changes: readonly (readonly [string, string])[]) =>
  faultsOf(changes.reduce((text, [from, to]) => text.replace(from, to), GOOD));

describe('a model pack', () => {
  it('is read as it stands', () => {
    const result = readPack(GOOD);
    expect(result.ok && result.pack).toEqual(parse(GOOD));
  });

  it.each(SHIPPED_PACKS.map((pack) => [pack.id, pack] as const))('%s survives YAML and JSON', (_id, pack) => {
    expect(readPack(stringify(pack))).toEqual({ ok: true, pack });
    expect(readPack(JSON.stringify(pack))).toEqual({ ok: true, pack });
    expect(checkPack(JSON.parse(JSON.stringify(pack)))).toEqual({ ok: true, pack });
  });

  it.each([
    ['format: [1', 'YAML'],
    ['format: 1\nformat: 2', 'YAML'],
    ['just text', 'to be object'],
    ['', 'to be object'],
  ])('answers %j precisely', (text, expected) => {
    expect(faultsOf(text)[0]?.expected).toContain(expected);
  });

  it('says where YAML breaks', () => {
    expect(faultsOf('format: 1\nbands: {').map(({ path }) => path)).toContain('line 2');
  });

  it('does not unfold aliases without end', () => {
    const bomb = ['a: &a [x,x,x,x,x,x,x,x,x,x]'];
    for (const [name, before] of ['ba', 'cb', 'dc', 'ed', 'fe'].map((pair) => [...pair]))
      bomb.push(`${name}: &${name} [${Array(10).fill(`*${before}`).join(',')}]`);
    expect(faultsOf(bomb.join('\n'))).toEqual([{ path: '/', expected: 'at most 100 aliases', got: 'more' }]);
  });
});

describe('the form of a pack', () => {
  it('tells all faults at once, each with its path, what was expected and what is there', () => {
    const faults = changed(
      ['format: 1', 'format: 2'],
      ['id: small', 'id: Small Model'],
      ['version: 1.0.0', 'version: 1.0'],
      ['signal: ticket-count', 'signal: tickets'],
      ['weight: 60\n', 'weight: many\n'],
      ['[10, 80, often]', '[10, 180]'],
      ['[20, 100]]', '[20]]'],
      ['freshDays: 90', 'staleDays: 90'],
      ['windowDays: 90', 'windowDays: ninety'],
    );
    expect(faults).toEqual(
      expect.arrayContaining([
        { path: 'format', expected: '1', got: '2' },
        { path: 'id', expected: 'a name in small letters, digits and hyphens', got: '"Small Model"' },
        { path: 'version', expected: 'to be string', got: '1' },
        { path: 'signals[0].weight', expected: 'to be integer', got: '"many"' },
        { path: 'signals[0].curve[1][1]', expected: 'to be <= 100', got: '180' },
        { path: 'signals[0].curve[2]', expected: 'not to have fewer than 2 items', got: 'an array of 1' },
        { path: 'signals[1].freshDays', expected: 'to be present', got: 'nothing' },
        { path: 'signals[1].staleDays', expected: 'no such field', got: '90' },
        { path: 'signals[1].windowDays', expected: 'to be either integer or null', got: '"ninety"' },
      ]),
    );
    expect(faults.find(({ path }) => path === 'signals[1].signal')?.expected).toMatch(
      /^one of login-frequency, /,
    );
    expect(faults).toHaveLength(10);
  });

  it('is told as sentences', () => {
    const [fault] = changed(['minimumCoveragePercent: 50', 'minimumCoveragePercent: 120']);
    expect(fault && faultText(fault)).toBe('minimumCoveragePercent: expected to be <= 100, got 120');
  });

  it('wants a version of three numbers', () => {
    expect(changed(['version: 1.0.0', 'version: v1.0.0'])).toEqual([
      { path: 'version', expected: 'a version of three numbers such as 1.0.0', got: '"v1.0.0"' },
    ]);
  });
});

describe('what a pack must not contradict', () => {
  it('is its weights: 100 in all, and those of each pillar', () => {
    expect(changed(['title: Usage, weight: 60', 'title: Usage, weight: 50'])).toEqual([
      { path: 'pillars', expected: 'weights that sum to 100', got: '90' },
      { path: 'pillars[0].weight', expected: 'signals of usage whose weights sum to its 50', got: '60' },
    ]);
    expect(changed(['pillar: support\n', 'pillar: care\n']).map(({ path }) => path)).toEqual([
      'pillars[1].weight',
      'signals[1].pillar',
    ]);
  });

  it('is its signals: each once, with its own feed, and a window where it has one', () => {
    const twice = changed(
      ['signal: ticket-count', 'signal: login-frequency'],
      ['feed: ticket', 'feed: activity'],
    );
    expect(twice[0]).toEqual({
      path: 'signals[1].signal',
      expected: 'a name that nothing else has',
      got: '"login-frequency"',
    });
    expect(changed(['feed: ticket', 'feed: feedback'])).toEqual([
      { path: 'signals[1].feed', expected: 'ticket, the feed of ticket-count', got: '"feedback"' },
    ]);
    expect(changed(['windowDays: 90', 'windowDays: null'])[0]?.expected).toBe(
      'a number of days, for ticket-count looks back',
    );
  });

  it('is its scales: one of the two, ascending', () => {
    const both = changed([
      '    steps: [[0, 100], [3, 50]]',
      '    steps: [[0, 100]]\n    curve: [[0, 1], [1, 2]]',
    ]);
    expect(both).toEqual([{ path: 'signals[1].steps', expected: 'either a curve or steps', got: 'both' }]);
    expect(changed(['    steps: [[0, 100], [3, 50]]\n', ''])).toEqual([
      { path: 'signals[1].curve', expected: 'a curve or steps', got: 'neither' },
    ]);
    expect(changed(['[3, 50]', '[0, 50], [-1, 10]'])).toEqual([
      { path: 'signals[1].steps[1]', expected: 'readings that ascend', got: '0 after 0' },
      { path: 'signals[1].steps[2]', expected: 'readings that ascend', got: '-1 after 0' },
    ]);
  });

  it('is its comparisons: a baseline only where the past is kept, with its own fields', () => {
    const relative = (signal: string, fields: string) =>
      changed([
        `  - signal: ${signal}\n`,
        `  - signal: ${signal}\n    relativeTo: { curve: [[0, 0], [1, 1]], ${fields} }\n`,
      ]);
    const baseline = 'kind: own-baseline, periods: 3, minimumPeriods: 2, minimumUsual: 1';
    expect(relative('login-frequency', baseline)).toEqual([]);
    expect(relative('login-frequency', 'kind: segment')).toEqual([]);
    expect(relative('ticket-count', baseline)[0]).toMatchObject({
      path: 'signals[1].relativeTo.kind',
      expected: 'own-baseline only for login-frequency, total-activities, whose past is kept',
    });
    expect(relative('login-frequency', 'kind: segment, periods: 3').map(({ path }) => path)).toEqual([
      'signals[0].relativeTo.periods',
    ]);
    expect(relative('login-frequency', 'kind: own-baseline, periods: 3').map(({ path }) => path)).toEqual([
      'signals[0].relativeTo.minimumPeriods',
      'signals[0].relativeTo.minimumUsual',
    ]);
    expect(relative('login-frequency', baseline.replace('minimumPeriods: 2', 'minimumPeriods: 4'))).toEqual([
      { path: 'signals[0].relativeTo.minimumPeriods', expected: 'at most the 3 periods', got: '4' },
    ]);
  });

  it('is its bands and conditions', () => {
    expect(
      changed(
        ['healthyFromPoints: 80', 'healthyFromPoints: 50'],
        ['ClearedFromPoints: 55', 'ClearedFromPoints: 49'],
      ),
    ).toEqual([
      { path: 'bands.healthyFromPoints', expected: 'more than needsAttentionFromPoints, 50', got: '50' },
      { path: 'bands.atRiskClearedFromPoints', expected: 'at least atRiskBelowPoints, 50', got: '49' },
    ]);
    const bonus = 'bonuses: [{ name: csat, when: { fact: reference, is: [yes please] }, points: 5 }]\nbands:';
    expect(changed(['bands:', bonus])).toEqual([
      { path: 'bonuses[0].when.is[0]', expected: 'true or false', got: '"yes please"' },
    ]);
  });

  it('is its golden cases: names that it has, and what comes of them', () => {
    expect(changed(['ticket-count: 3 }', 'csat: 3 }'], ['ticket-count: 20 }', 'ticket: 20 }'])).toEqual([
      { path: 'goldenCases[0].readings.csat', expected: 'a signal of this pack', got: '3' },
      {
        path: 'goldenCases[0].contributions.ticket',
        expected: 'a signal, bonus or override of this pack',
        got: '20',
      },
    ]);
    expect(changed(['login-frequency: 5,', 'login-frequency: { reading: 5, norm: 10 },'])).toMatchObject([
      { path: 'goldenCases[0].readings.login-frequency' },
    ]);
    expect(changed(['value: 44', 'value: 45'], ['ticket-count: 20 }', 'ticket-count: 21 }'])).toEqual([
      { path: 'goldenCases[0].value', expected: '44, as the model gives', got: '45' },
      { path: 'goldenCases[0].contributions.ticket-count', expected: '20, as the model gives', got: '21' },
    ]);
  });
});
