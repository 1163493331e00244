import { readFileSync } from 'node:fs';
import { QUARANTINE_REASONS } from '@bellwether/events';
import { describe, expect, it } from 'vitest';
import { examplePath } from '../testing/ingest.fixture.ts';
import { CONVERSIONS } from './map-schema.ts';
import { readMap } from './read-map.ts';

function page(name: string): string {
  return readFileSync(examplePath(`../docs/${name}`), 'utf8');
}

describe('the documentation', () => {
  it('shows maps that are right', () => {
    const maps = Array.from(page('importing.md').matchAll(/```yaml\n(.*?)```/gs), (match) =>
      readMap(match[1] ?? ''),
    );
    expect(maps.map((map) => (map.ok ? [] : map.faults))).toEqual([[], [], []]);
    for (const name of ['cdnow', 'usaspending']) {
      expect(readMap(readFileSync(examplePath(`${name}/map.yaml`), 'utf8'))).toMatchObject({ ok: true });
    }
  });

  it('tells every conversion', () => {
    for (const conversion of CONVERSIONS) expect(page('importing.md')).toContain(`\`${conversion}\``);
  });

  it('tells every reason for quarantine with a way out, and no other', () => {
    const sections = page('quarantine.md').split('\n## ')[1]?.split('\n### ').slice(1) ?? [];
    expect(sections.map((section) => section.split('\n')[0])).toEqual([...QUARANTINE_REASONS]);
    for (const section of sections) expect(section).toContain('**Way out:**');
  });
});
