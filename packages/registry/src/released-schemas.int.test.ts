import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TOPIC_NAMES } from '@bellwether/events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  compatibilityFaults,
  presentSchema,
  RELEASE_COMMAND,
  RELEASED_FOLDER,
  readReleased,
  releaseSchemas,
} from './released-schemas.ts';

describe('the released schemas', () => {
  it.each(TOPIC_NAMES)('of %s can all be read by the present one, which is released', async (topic) => {
    const released = await readReleased(RELEASED_FOLDER, topic);
    const present = presentSchema(topic);
    expect(compatibilityFaults(topic, present, released)).toEqual([]);
    expect(
      released.at(-1) === present,
      `the schema has changed: write a new version with ${RELEASE_COMMAND}`,
    ).toBe(true);
  });
});

describe('a release', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bellwether-release-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** Makes version 1 of the clock's schema another than the present one. */
  async function releaseOther(
    change: (schema: { fields: Record<string, unknown>[] }) => void,
  ): Promise<void> {
    await releaseSchemas(folder);
    const path = join(folder, 'clock-value', 'v1.avsc');
    const schema = JSON.parse(await readFile(path, 'utf8'));
    change(schema);
    await writeFile(path, JSON.stringify(schema));
  }

  it('writes what is new and leaves the rest', async () => {
    expect(await releaseSchemas(folder)).toEqual({
      written: TOPIC_NAMES.map((topic) => join(`${topic}-value`, 'v1.avsc')),
    });
    expect(await releaseSchemas(folder)).toEqual({ written: [] });
    await releaseOther(({ fields }) => fields.splice(2, 1));
    expect(await releaseSchemas(folder)).toEqual({ written: [join('clock-value', 'v2.avsc')] });
    expect(await readReleased(folder, 'clock')).toHaveLength(2);
  });

  it('writes nothing that programs of before could not live with, and says which', async () => {
    await releaseOther(({ fields }) => Object.assign(fields[0] ?? {}, { type: 'long' }));
    expect(await releaseSchemas(folder)).toEqual({
      faults: [
        expect.stringMatching(/what was written with version 1 of clock cannot be read any more: /),
        expect.stringMatching(/programs of version 1 of clock cannot read what would be written: /),
      ],
    });
    expect(await readReleased(folder, 'clock')).toHaveLength(1);
  });
});
