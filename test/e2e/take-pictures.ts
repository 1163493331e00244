/**
 * Takes the pictures of the README anew: `node test/e2e/take-pictures.ts [FOLDER]`, by default into docs/images.
 * It starts Bellwether on an empty data folder, and needs a Chromium (CONTRIBUTING: how it is found).
 */
import { mkdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { findChromium } from '../../scripts/support/find-chromium.ts';
import { getAll } from './support/api.ts';
import { openBrowser, openPage, waitUntilShown } from './support/open-browser.ts';
import { PROJECT_FOLDER, startBellwether } from './support/start-bellwether.ts';
import { temporaryFolder } from './support/temporary-folder.ts';
import type { CustomerRow } from './support/tenant-numbers.ts';

/** Drawn larger than it is kept, so that the picture of a customer shows the reasons too: 1280 by 800 in the end. */
const VIEWPORT = { width: 1600, height: 1000 };
const SCALE = 0.8;

const folder = resolve(process.argv[2] ?? join(PROJECT_FOLDER, 'docs/images'));
const chromium = findChromium(process.env);
if (chromium === undefined) throw new Error('There is no Chromium: set CHROMIUM_PATH.');
mkdirSync(folder, { recursive: true });
const bellwether = await startBellwether({ data: temporaryFolder('pictures') });
await bellwether.said(/The simulated tenant is live now\./, 200_000);
const browser = await openBrowser(chromium);
const { page } = await openPage(browser, bellwether.url, {
  viewport: VIEWPORT,
  deviceScaleFactor: SCALE,
  colorScheme: 'light',
});
const [customer] = await getAll<CustomerRow>(`${bellwether.url}/v1/tenants/simulated/customers?atRisk=true`);
const pictures = {
  overview: '/t/simulated/overview',
  customer: `/t/simulated/customers/${customer?.customerId}`,
  concentration: '/t/usaspending/concentration',
};
for (const [name, path] of Object.entries(pictures)) {
  await page.goto(path);
  await waitUntilShown(page);
  // A week in which nothing happened would show no reasons.
  const month = page.getByRole('button', { name: '30 days', exact: true });
  if (await month.isVisible()) await month.click();
  await page.mouse.move(0, 0);
  await page.waitForTimeout(2_500);
  const file = join(folder, `${name}.png`);
  await page.screenshot({ path: file });
  console.log(`${file}: ${Math.round(statSync(file).size / 1_000)} kB`);
}
await browser.close();
await bellwether.stop();
