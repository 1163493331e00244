import { readdirSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../test-support/temporary-folder.ts';
import { bringFolder } from './cache.ts';
import { verifyFolder } from './checksums.ts';

describe('a folder of the cache', () => {
  it('is filled once', async () => {
    const cache = temporaryFolder();
    let fillings = 0;
    const fill = async (draft: string): Promise<void> => {
      fillings += 1;
      await writeFile(join(draft, 'program'), 'works');
    };
    const path = join(cache, 'program-1');
    expect(await bringFolder(path, fill)).toBe(path);
    await bringFolder(path, fill);
    expect(fillings).toBe(1);
    expect(readdirSync(path)).toEqual(['program']);
  });

  it('is not there after a filling that failed, and can be tried again', async () => {
    const cache = temporaryFolder();
    const path = join(cache, 'program-1');
    const failure = bringFolder(path, async (draft) => {
      await writeFile(join(draft, 'half'), '');
      throw new Error('the network is gone');
    });
    await expect(failure).rejects.toThrow('the network is gone');
    expect(readdirSync(cache)).toEqual([]);
    await bringFolder(path, (draft) => writeFile(join(draft, 'whole'), ''));
    expect(readdirSync(path)).toEqual(['whole']);
  });

  it('is filled by two runs at the same time as by one', async () => {
    const cache = temporaryFolder();
    const path = join(cache, 'program-1');
    const fill = (draft: string): Promise<void> => writeFile(join(draft, 'program'), 'works');
    await Promise.all([bringFolder(path, fill), bringFolder(path, fill)]);
    expect(readdirSync(cache)).toEqual(['program-1']);
    expect(readdirSync(path)).toEqual(['program']);
  });
});

describe('what was downloaded', () => {
  const SUM_OF_NOTHING = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

  it('is used when it is what the list says', async () => {
    const folder = temporaryFolder();
    const list = join(temporaryFolder(), 'checksums.sha256');
    writeFileSync(list, `${SUM_OF_NOTHING}  a.jar\n`);
    writeFileSync(join(folder, 'a.jar'), '');
    await verifyFolder(folder, list);
  });

  it('is refused with a sentence when it is not', async () => {
    const folder = temporaryFolder();
    const list = join(temporaryFolder(), 'checksums.sha256');
    writeFileSync(list, `${SUM_OF_NOTHING}  a.jar\n`);
    writeFileSync(join(folder, 'a.jar'), 'changed on the way');
    await expect(verifyFolder(folder, list)).rejects.toThrow(
      /a\.jar has another content.*not used.*try again/s,
    );
  });
});
