import { readFileSync } from 'node:fs';
import { QUARANTINE_REASONS } from '@bellwether/events';
import { expect, it } from 'vitest';

const page = readFileSync(new URL('../../../../docs/quarantine.md', import.meta.url), 'utf8');

it.each(QUARANTINE_REASONS)('%s has a chapter that says the way out', (reason) => {
  const chapter = page.split(/^##/m).find((text) => text.startsWith(`# ${reason}\n`));
  expect(chapter).toContain('**Way out:**');
});
