import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { startMockApi } from './mock-api.ts';
import { LIVE_DAY } from './portfolio.ts';

/** Pictures of every page in both themes and widths, each checked by axe: `node screenshots.ts FOLDER [name…]`. */
const PAGES: readonly (readonly [string, string])[] = [
  ['overview', '/t/simulated/overview'],
  ['customers', '/t/simulated/customers'],
  ['customer', '/t/simulated/customers/si-10021'],
  ['concentration', '/t/simulated/concentration'],
  ['alerts', '/t/simulated/alerts'],
  ['data', '/t/simulated/quarantine'],
  ['frozen-overview', '/t/usaspending/overview'],
  ['frozen-customers', '/t/usaspending/customers'],
  ['frozen-customer', '/t/usaspending/customers/us-10007'],
  ['frozen-concentration', '/t/cdnow/concentration'],
  ['empty-overview', '/t/empty/overview'],
  ['empty-customers', '/t/empty/customers'],
  ['missing-customer', '/t/simulated/customers/nobody'],
];
/** Long lists draw what the window shows, so a picture of the whole page would not show them as they are. */
const WINDOWED = ['customers', 'frozen-customers', 'alerts'];
const SIZES = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
] as const;
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly help: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
  }[];
}

async function violationsOf(page: Page, axe: string): Promise<string[]> {
  await page.evaluate(axe);
  const result = (await page.evaluate(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })`,
  )) as AxeResult;
  return result.violations.map((found) => {
    const first = found.nodes[0];
    const where = first ? `${first.html.slice(0, 160)} ${first.failureSummary.slice(0, 300)}` : '';
    return `${found.id}: ${found.help} (${found.nodes.length}) ${where}`;
  });
}

async function overflowOf(page: Page): Promise<string[]> {
  return (await page.evaluate(`(() => {
    const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    return wide > 0 ? ['the page is ' + wide + ' px too wide'] : [];
  })()`)) as string[];
}

async function shoot(browser: Browser, base: string, folder: string): Promise<string[]> {
  const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  const wanted = process.argv.slice(3);
  const problems: string[] = [];
  for (const scheme of ['light', 'dark'] as const) {
    for (const size of SIZES) {
      const context = await browser.newContext({
        viewport: size,
        colorScheme: scheme,
        reducedMotion: 'reduce',
      });
      const page = await context.newPage();
      await page.clock.setFixedTime(`${LIVE_DAY}T10:30:00Z`);
      for (const [name, path] of PAGES.filter(([name]) => wanted.length === 0 || wanted.includes(name))) {
        const label = `${name}-${size.width}-${scheme}`;
        const listen = (text: string) => problems.push(`${label}: ${text}`);
        page.removeAllListeners();
        page.on('console', (message) => {
          if (message.type() === 'error' && !name.startsWith('missing')) listen(message.text());
        });
        page.on('pageerror', (error) => listen(error.message));
        page.on('request', (request) => {
          if (!request.url().startsWith(base)) listen(`external request ${request.url()}`);
        });
        await page.goto(base + path);
        await page.waitForSelector('main h1, main [role=alert]');
        await page.waitForFunction(`!document.querySelector('.loading')`);
        await page.waitForTimeout(120);
        for (const found of [...(await violationsOf(page, axe)), ...(await overflowOf(page))]) listen(found);
        await page.screenshot({ path: join(folder, `${label}.png`), fullPage: !WINDOWED.includes(name) });
      }
      await context.close();
    }
  }
  return problems;
}

const folder = process.argv[2];
if (folder === undefined) throw new Error('name a folder for the pictures');
await mkdir(folder, { recursive: true });
const api = await startMockApi({ port: 0, everyMs: 0 });
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ARGS });
const problems = await shoot(browser, api.url, folder);
await browser.close();
await api.close();
for (const problem of problems) process.stdout.write(`${problem}\n`);
process.stdout.write(`${problems.length} problems\n`);
