import { chromium } from 'playwright-core';
import { readFileSync } from 'node:fs';
// args: out height items file:width:y ...
const [out, height, ...items] = process.argv.slice(2);
const b = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox','--disable-gpu'] });
const total = items.reduce((s, i) => s + Number(i.split(':')[1]) + 8, 0);
const p = await b.newPage({ viewport: { width: total, height: Number(height) } });
const html = items.map((i) => { const [f, w, y] = i.split(':'); const d = readFileSync(f).toString('base64'); return `<div style="width:${w}px;height:${height}px;overflow:hidden;display:inline-block;margin-right:8px;vertical-align:top"><img src="data:image/png;base64,${d}" style="margin-top:-${y}px;display:block"></div>`; }).join('');
await p.setContent(`<body style="margin:0;white-space:nowrap;font-size:0;background:#f0f">${html}</body>`);
await p.screenshot({ path: out });
await b.close();
