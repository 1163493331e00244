import { expect, it } from 'vitest';
import { runTool } from './run-tool.ts';

const node = (script: string) => ({
  program: process.execPath,
  parameters: ['-e', script],
  purpose: 'Bread could not be baked',
});

it('gives back what a tool printed last, and each line at once', async () => {
  const seen: string[] = [];
  const lines = await runTool(node(`console.log('one'); console.error('two')`), {
    onLine: (line) => seen.push(line),
  });
  expect([...lines].sort()).toEqual(['one', 'two']);
  expect(seen).toEqual(lines);
});

it('says what could not be done, and the last that the tool had to say', async () => {
  const failure = runTool(node(`console.error('no flour'); process.exit(3)`));
  await expect(failure).rejects.toThrow(/^Bread could not be baked: .* ended with code 3\n {2}no flour$/);
});

it('says so when the tool cannot be started', async () => {
  const failure = runTool({ program: '/nowhere/oven', parameters: [], purpose: 'Bread could not be baked' });
  await expect(failure).rejects.toThrow(/^Bread could not be baked: \/nowhere\/oven could not be started/);
});
