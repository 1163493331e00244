import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KpiCourseReport } from '../../services/projection/src/api/report-schemas/kpi-reports.ts';
import { importExample, openPipeline, type Pipeline } from '../integrity/support/open-pipeline.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../../docs/scoring/portfolio.md'), 'utf8');
/** A long time after the data: what is answered depends on its own date, not on the clock. */
const NOW = Date.UTC(2026, 0, 1);

interface Told {
  readonly kpi: string;
  readonly month: string;
  readonly group: string | null;
  readonly value: number | null;
  /** Where there is no value, the reason. */
  readonly status: string;
}

const TABLE: readonly Told[] = (/^### On real data\n([\s\S]*)/m.exec(PAGE)?.[1] ?? '')
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => {
    const [kpi = '', month = '', group = '', value = '', status = ''] = line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.replaceAll('`', '').trim());
    return { kpi, month, group: group || null, value: value === '' ? null : Number(value), status };
  });

describe('the KPIs of real purchases (S47, S48, S49, S54, S109)', () => {
  let pipeline: Pipeline;
  beforeAll(async () => {
    pipeline = await openPipeline({ now: NOW });
    await importExample(pipeline, 'cdnow');
  });
  afterAll(() => pipeline?.close());

  it('are written on the page', () => expect(TABLE.length).toBeGreaterThan(5));

  it.each(TABLE)(
    '$kpi $group of $month is as it is written',
    async ({ kpi, month, group, value, status }) => {
      const url = `/v1/tenants/cdnow/reports/kpi-course?kpi=${kpi}&months=18`;
      const { course } = await pipeline.get<KpiCourseReport>(url);
      const point = course.find((one) => one.month === month && one.group === group);
      expect([point?.value, point?.reason ?? point?.status]).toEqual([value, status]);
    },
  );
});
