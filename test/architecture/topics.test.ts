import { TOPICS } from '@bellwether/events';
import { describe, expect, it } from 'vitest';
import { describeTopologies } from '../../services/cli/src/topologies.ts';
import { findCycle, repeatedNames, writerFaults } from './support/topic-rules.ts';

describe('the topologies of all services', () => {
  const topologies = describeTopologies();

  it('are there', () => {
    const services = new Set(topologies.map(({ service }) => service));
    expect([...services].sort()).toEqual(['alerting', 'ingest', 'projection', 'scoring']);
    expect(repeatedNames(topologies)).toEqual([]);
  });

  it('write only the topics of their own service, all of them in the catalogue', () => {
    expect(writerFaults(topologies, TOPICS)).toEqual([]);
  });

  it('lead no topic back to itself, but what a portfolio came to and what merged customers tell (ADR 13, 18)', () => {
    const without = (...names: string[]) => topologies.filter(({ name }) => !names.includes(name));
    expect(findCycle(without('ingest-findings', 'ingest-transfers'))).toBeUndefined();
    expect(findCycle(without('ingest-transfers'))).toContain('portfolio-findings -> customer-events');
    expect(findCycle(without('ingest-findings'))).toContain('customer-transfers -> customer-events');
  });
});

describe('the rules', () => {
  const catalogue = {
    events: { writer: 'ingest' },
    changes: { writer: 'scoring' },
    alerts: { writer: 'alerting' },
  };
  const scoring = { service: 'scoring', name: 'scoring', input: 'events', outputs: ['changes'] };
  const alerting = { service: 'alerting', name: 'alerting', input: 'changes', outputs: ['alerts'] };

  it('accept one writer a topic and a graph without a circle', () => {
    expect(writerFaults([scoring, alerting], catalogue)).toEqual([]);
    expect(findCycle([scoring, alerting])).toBeUndefined();
    expect(repeatedNames([scoring, alerting])).toEqual([]);
  });

  it('see a second writer and an unknown topic', () => {
    const intruder = { ...alerting, outputs: ['changes', 'gossip'] };
    expect(writerFaults([scoring, intruder], catalogue)).toEqual([
      'alerting names gossip, which is not in the catalogue',
      'alerting of alerting writes changes, which belongs to scoring',
    ]);
  });

  it('see a circle and a shared consumer group', () => {
    const back = { service: 'alerting', name: 'scoring', input: 'alerts', outputs: ['events'] };
    expect(findCycle([scoring, alerting, back])).toBe('events -> changes -> alerts -> events');
    expect(repeatedNames([scoring, back])).toEqual(['scoring']);
  });
});
