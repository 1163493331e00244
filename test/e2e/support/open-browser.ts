import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A page that notes everything a reader should never meet. */
export interface WatchedPage {
  readonly page: Page;
  /** Console errors, script errors, failed requests and requests to other places, in words; begins anew when read. */
  takeFaults(): string[];
  close(): Promise<void>;
}

/** The browser of the tests (CONTRIBUTING: how it is found). */
export async function openBrowser(executablePath: string): Promise<Browser> {
  return await chromium.launch({ executablePath, args: ARGUMENTS });
}

/** Opens a page of its own context; nothing but `origin` can be reached from it. */
export async function openPage(
  browser: Browser,
  origin: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({ baseURL: origin, locale: 'en-GB', ...options });
  const page = await context.newPage();
  let faults: string[] = [];
  await page.route(
    (url) => url.origin !== origin,
    async (route) => {
      faults.push(`external request ${route.request().url()}`);
      await route.abort();
    },
  );
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`script: ${error.message}`));
  page.on('response', (answer) => {
    if (answer.status() >= 400) faults.push(`${answer.status()} of ${answer.url()}`);
  });
  return {
    page,
    takeFaults: () => {
      const taken = faults;
      faults = [];
      return taken;
    },
    close: () => context.close(),
  };
}

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly help: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
  }[];
}

/** What axe finds against WCAG 2.2 A and AA, in words. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  const runOnly = JSON.stringify({ runOnly: WCAG });
  const { violations } = (await page.evaluate(`axe.run(document, ${runOnly})`)) as AxeResult;
  return violations.map(({ id, help, nodes }) => {
    const [first] = nodes;
    const where = `${first?.html.slice(0, 160)} (${first?.failureSummary.slice(0, 200)})`;
    return `${id}: ${help}, ${nodes.length} times, first ${where}`;
  });
}

/** By how many pixels the page is wider than its window, and what sticks out. */
export async function overflowFaults(page: Page): Promise<string[]> {
  return (await page.evaluate(`(() => {
    const root = document.documentElement;
    const wide = root.scrollWidth - root.clientWidth;
    if (wide <= 0) return [];
    const out = [...document.querySelectorAll('main *, header *, nav *')]
      .filter((element) => element.getBoundingClientRect().right > root.clientWidth + 1)
      .slice(0, 3)
      .map((element) => element.outerHTML.slice(0, 120));
    return ['the page is ' + wide + ' px too wide: ' + out.join(' | ')];
  })()`)) as string[];
}

/** First contentful paint of the loaded page, ms after its navigation began. */
export async function firstContentfulPaintMs(page: Page): Promise<number> {
  return (await page.evaluate(`new Promise((resolve) => {
    const take = (list) => list.find(({ name }) => name === 'first-contentful-paint')?.startTime;
    const now = take(performance.getEntriesByType('paint'));
    if (now !== undefined) return resolve(now);
    new PerformanceObserver((list) => {
      const found = take(list.getEntries());
      if (found !== undefined) resolve(found);
    }).observe({ type: 'paint', buffered: true });
  })`)) as number;
}

/** Waits until the page shows its data, and no longer moves. */
export async function waitUntilShown(page: Page): Promise<void> {
  await page.locator('main h1, main [role=alert]').first().waitFor();
  const unfinished = page.locator('.loading, [aria-busy=true]');
  while ((await unfinished.count()) > 0) await unfinished.first().waitFor({ state: 'hidden' });
  await page.evaluate(`document.fonts.ready`);
  await page.waitForTimeout(150);
}
