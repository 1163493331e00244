import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { BOARD_PAGES, LOOKS } from './board-pages.ts';
import { accessibilityFaults, openPage, overflowFaults, waitUntilShown } from './open-browser.ts';

/** Opens every page in every look, notes what is wrong, and takes a picture of each for people to look at. */
export async function sweepBoard(
  browser: Browser,
  origin: string,
  customerId: string,
): Promise<{ readonly faults: readonly string[]; readonly folder: string; readonly pictures: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'bellwether-pictures-'));
  const faults: string[] = [];
  let pictures = 0;
  for (const { theme, width, height } of LOOKS) {
    const { page, takeFaults, close } = await openPage(browser, origin, {
      viewport: { width, height },
      colorScheme: theme,
      reducedMotion: 'reduce',
    });
    for (const { name, path } of BOARD_PAGES) {
      await page.goto(path.replace('{customer}', encodeURIComponent(customerId)));
      await waitUntilShown(page);
      const label = `${name}-${width}-${theme}`;
      const found = [...takeFaults(), ...(await accessibilityFaults(page)), ...(await overflowFaults(page))];
      faults.push(...found.map((fault) => `${label}: ${fault}`));
      // Long lists draw what the window shows, so only the window is a true picture of them.
      await page.screenshot({
        path: join(folder, `${label}.png`),
        fullPage: !/customers$|alerts$/.test(name),
      });
      pictures += 1;
    }
    await close();
  }
  return { faults, folder, pictures };
}
