import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, getAll, getJson, postJson } from './support/api.ts';
import { cloudEvent } from './support/cloud-events.ts';
import {
  firstContentfulPaintMs,
  openBrowser,
  openPage,
  type WatchedPage,
  waitUntilShown,
} from './support/open-browser.ts';
import { type RunningBellwether, startBellwether } from './support/start-bellwether.ts';
import { sweepBoard } from './support/sweep-board.ts';
import { temporaryFolder } from './support/temporary-folder.ts';
import type { AlertAnswer, CustomerRow } from './support/tenant-numbers.ts';

const CHROMIUM = process.env.CHROMIUM_PATH ?? '';

describe.skipIf(CHROMIUM === '')('the board in a browser, on the real data', () => {
  let bellwether: RunningBellwether;
  let browser: Browser;
  let watched: WatchedPage;
  let page: Page;
  const at = (path: string): string => `${bellwether.url}/v1/tenants/${path}`;
  const rows = () => page.locator('[data-row]');
  const nameOf = async (index: number) => (await rows().nth(index).locator('.c-name a').innerText()).trim();
  const open = async (path: string): Promise<void> => {
    await page.goto(path);
    await waitUntilShown(page);
  };

  beforeAll(async () => {
    bellwether = await startBellwether({ data: temporaryFolder('board') });
    browser = await openBrowser(CHROMIUM);
    watched = await openPage(browser, bellwether.url, { viewport: { width: 1280, height: 800 } });
    page = watched.page;
    await bellwether.said(/The simulated tenant is live now\./, 200_000);
  });
  afterAll(async () => {
    await browser?.close();
    await bellwether?.stop('SIGKILL');
  });

  it('is there within a second', async () => {
    const paints: number[] = [];
    for (let visit = 0; visit < 3; visit += 1) {
      // A context of its own: nothing comes from the cache.
      const fresh = await openPage(browser, bellwether.url);
      await fresh.page.goto('/t/usaspending/overview');
      paints.push(await firstContentfulPaintMs(fresh.page));
      await fresh.close();
    }
    console.log(`First contentful paint after ${paints.map((ms) => `${Math.round(ms)} ms`).join(', ')}.`);
    expect(Math.min(...paints)).toBeLessThan(1_000);
  });

  it('opens at a tenant and changes to another, which says what it is', async () => {
    await page.goto('/');
    await page.waitForURL(/\/t\/[a-z]+\/overview$/);
    await page.getByLabel('Tenant').selectOption('usaspending');
    await page.waitForURL('/t/usaspending/overview');
    await page.locator('.tenant-nature', { hasText: 'as of 10 Sep 2016, frozen' }).waitFor();
    await page.getByLabel('Tenant').selectOption('simulated');
    await page.locator('.tenant-nature', { hasText: 'synthetic data' }).waitFor();
    expect(watched.takeFaults()).toEqual([]);
  });

  it('shows the concentration that the report has', async () => {
    await open('/t/usaspending/concentration');
    const shown = await page.locator('main').innerText();
    for (const number of ['75.75 %', '88.26 %', '95.86 %', '1,845.8', '14.0 M'])
      expect(shown).toContain(number);
    expect(await page.locator('main [title="14,006,479.11 USD"]').count()).toBeGreaterThan(0);
  });

  it('sorts and filters the customers as the API does, and keeps both in the address', async () => {
    await open('/t/simulated/customers');
    const byValue = await getAll<CustomerRow>(at('simulated/customers?sort=value'));
    expect(await nameOf(0)).toBe(byValue[0]?.name);
    await page.getByRole('button', { name: 'Customer' }).click();
    await page.locator('th.c-name[aria-sort=ascending]').waitFor();
    const byName = await getAll<CustomerRow>(at('simulated/customers?sort=name'));
    await expect.poll(() => nameOf(0)).toBe(byName[0]?.name);
    expect(page.url()).toContain('sort=name');

    await page.getByLabel('Band').selectOption('not-scorable');
    const unknown = await getAll<CustomerRow>(at('simulated/customers?band=not-scorable'));
    await expect.poll(() => rows().count()).toBe(unknown.length);
    expect(await rows().locator('.c-score').allInnerTexts()).not.toContain('0.0');
    await page.reload();
    await waitUntilShown(page);
    expect(await rows().count()).toBe(unknown.length);
    expect(watched.takeFaults()).toEqual([]);
  });

  it('is used by keyboard: search, walk the rows, open a customer, ask for help', async () => {
    await open('/t/usaspending/customers');
    await page.keyboard.press('/');
    await page.keyboard.type('sicpa');
    await expect.poll(() => rows().count()).toBe(1);
    await page.keyboard.press('Escape');
    await open('/t/usaspending/customers');
    for (const key of ['j', 'j', 'k', 'j']) await page.keyboard.press(key);
    const focused = await page.locator('[data-row]:focus').getAttribute('data-customer');
    expect(focused).toBe('146625272');
    await page.keyboard.press('o');
    await page.waitForURL('/t/usaspending/customers/146625272');
    await page.keyboard.press('?');
    await page.getByRole('heading', { name: 'Keyboard' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: 'Keyboard' }).waitFor({ state: 'hidden' });
    expect(watched.takeFaults()).toEqual([]);
  });

  it('says why a customer stands where it stands: the points of its signals add up to the score (N1)', async () => {
    await open('/t/simulated/customers?atRisk=true');
    const name = await nameOf(0);
    await rows().first().locator('.c-name a').click();
    await page.getByRole('heading', { name, level: 1 }).waitFor();
    await waitUntilShown(page);
    const madeOf = page.locator('table.made-of');
    const points = (await madeOf.locator('tbody td.number').allInnerTexts()).map(Number);
    const score = Number(await madeOf.locator('tfoot td.number').innerText());
    expect(points.length).toBeGreaterThan(2);
    // Each is rounded to a tenth of a point.
    expect(Math.abs(points.reduce((sum, one) => sum + one, 0) - score)).toBeLessThan(0.1 * points.length);
    expect(await madeOf.locator('.remark').first().innerText()).not.toBe('');
    expect(await page.locator('p.summary').innerText()).toMatch(/^Health fell|^Health/);
    expect(watched.takeFaults()).toEqual([]);
  });

  it('says of a customer that cannot be scored what is missing, and shows no number for it', async () => {
    await open('/t/cdnow/customers/1901');
    const shown = await page.locator('main').innerText();
    expect(shown).toContain('this source was never connected');
    expect(shown).toMatch(/Health, of 100\s+Unknown/);
  });

  it('acknowledges an alert with one key, once it knows who is there', async () => {
    await open('/t/simulated/alerts');
    await page.keyboard.press('j');
    const alert = page.locator('[data-alert]:focus');
    const alertId = (await alert.getAttribute('data-alert')) ?? '';
    await page.keyboard.press('a');
    await page.getByLabel('Name').fill('Ada Lovelace');
    await page.getByRole('dialog').getByRole('button', { name: 'Acknowledge' }).click();
    const shown = page.locator(`[data-alert="${alertId}"]`);
    await shown.getByText('Acknowledged by Ada Lovelace').waitFor();
    const answer = await getJson<AlertAnswer>(at(`simulated/alerts/${encodeURIComponent(alertId)}`));
    expect(answer).toMatchObject({ state: 'acknowledged', acknowledgedBy: 'Ada Lovelace' });
    await open('/t/simulated/alerts?state=acknowledged');
    await page.locator(`[data-alert="${alertId}"]`).waitFor();
    expect(watched.takeFaults()).toEqual([]);
  });

  it('shows a change as it comes, marked, without a reload and without moving a row', async () => {
    const created = (customer: string, valueMinor: number) =>
      cloudEvent(customer, 'agreement.created', {
        agreementId: `${customer}-msa`,
        agreementType: 'MSA',
        valueMinor,
      });
    await postJson(at('live-shop/events'), [created('first', 5_000_000), created('second', 2_000_000)]);
    const shops = () => fetch(at('live-shop/customers')).then((answer) => answer.text());
    await eventually(shops, (text) => text.includes('first') && text.includes('second'));
    await open('/t/live-shop/customers');
    await page.evaluate(`window.beenHere = true`);
    const value = page.locator('[data-customer=second] .c-value');
    expect(await value.locator('data').getAttribute('title')).toBe('20,000.00 USD');

    const more = { agreementId: 'second-msa', deltaMinor: 7_000_000 };
    await postJson(at('live-shop/events'), cloudEvent('second', 'agreement.amended', more));
    await value.locator('.marked [title="90,000.00 USD"]').waitFor();
    expect(await rows().first().getAttribute('data-customer')).toBe('first');
    await page.getByRole('button', { name: /newer/ }).click();
    await expect.poll(() => rows().first().getAttribute('data-customer')).toBe('second');
    expect(await page.evaluate(`window.beenHere`)).toBe(true);
    expect(watched.takeFaults()).toEqual([]);
  });

  it('looks as it should on every page, in both themes and both widths: no error, no overflow, WCAG A and AA', async () => {
    const [atRisk] = await getAll<CustomerRow>(at('simulated/customers?atRisk=true'));
    const { faults, folder, pictures } = await sweepBoard(browser, bellwether.url, atRisk?.customerId ?? '');
    console.log(`${pictures} pictures of the board are in ${folder}`);
    expect(faults).toEqual([]);
  });
});
