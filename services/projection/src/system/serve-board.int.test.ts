import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { registerSystemRoutes } from './register-system-routes.ts';
import { serveBoard } from './serve-board.ts';

let folder: string;
let app: FastifyInstance;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'board-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<title>Bellwether</title>');
  writeFileSync(join(folder, 'theme.js'), 'theme()');
  writeFileSync(join(folder, 'assets', 'index-abc.js'), 'board()');
  app = Fastify();
  await serveBoard(app, folder);
});
afterEach(async () => {
  await app.close();
  rmSync(folder, { recursive: true });
});

describe('the board', () => {
  it.each([
    '/',
    '/t/acme/overview',
    '/t/acme/customers/acme.com',
    '/t/acme/customers/a%3Ab?x=1',
    '/customers',
  ])('is one page, at %s too, that may load nothing from elsewhere', async (url) => {
    const response = await app.inject(url);
    expect([response.statusCode, response.body]).toEqual([200, '<title>Bellwether</title>']);
    expect(response.headers['content-security-policy']).toContain("default-src 'self'");
    expect(response.headers['cache-control']).toBe('no-cache');
  });

  it('has files that are kept for ever where their name tells their content', async () => {
    const asset = await app.inject('/assets/index-abc.js');
    expect([asset.body, asset.headers['cache-control']]).toEqual([
      'board()',
      'public, max-age=31536000, immutable',
    ]);
    expect((await app.inject('/theme.js')).headers['cache-control']).toBe('no-cache');
  });

  it.each([
    '/v1/nothing',
    '/assets/gone.js',
    '/metrics',
    '/openapi.json',
    '/favicon.ico',
    '/..%2f..%2fetc%2fpasswd',
  ])('does not answer for %s', async (url) => {
    const response = await app.inject(url);
    expect(response.statusCode).toBeGreaterThanOrEqual(400);
    expect(response.body).not.toContain('<title>');
  });

  it('answers only questions', async () => {
    expect((await app.inject({ method: 'POST', url: '/t/acme/overview' })).statusCode).toBe(404);
  });
});

describe('the system routes', () => {
  it('say that the process lives, and whether it is ready and why not', async () => {
    const system = Fastify();
    let readiness: { ready: boolean; reasons: string[] } = {
      ready: false,
      reasons: ['The import is not through.'],
    };
    const renderMetrics = async () => ({ contentType: 'text/plain; version=0.0.4', body: 'up 1\n' });
    registerSystemRoutes(system, { readiness: () => readiness, renderMetrics });
    expect((await system.inject('/livez')).json()).toEqual({ live: true });
    const waiting = await system.inject('/readyz');
    expect([waiting.statusCode, waiting.json()]).toEqual([503, readiness]);
    readiness = { ready: true, reasons: [] };
    expect((await system.inject('/readyz')).statusCode).toBe(200);
    const metrics = await system.inject('/metrics');
    expect([metrics.body, metrics.headers['content-type']]).toEqual(['up 1\n', 'text/plain; version=0.0.4']);
    await system.close();
  });
});
