import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { answerNotFound } from '../api/problem.ts';

/** Nothing from elsewhere, no inline script; the style attribute is what charts are drawn with. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "object-src 'none'",
].join('; ');

const PAGE_HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  // the page names the files of its version, so it must be asked for every time
  'cache-control': 'no-cache',
};

/** `/t/...` is the board's whatever ids are in it, and so is a plain name at the top. */
const BOARD_ADDRESS = /^\/(?:t\/.*|[\w-]*(?:\?.*)?)$/;
/** Names at the top that belong to machines: an unknown address below them is a problem, never the page. */
const NOT_THE_BOARD = /^\/(?:v1|livez|readyz|metrics)(?:\?|$)/;

/**
 * Serves the built board from `folder` at `/`, and its page for every address of the board. Files under `assets/` carry
 * their content's hash in their name and are kept for ever.
 */
export async function serveBoard(app: FastifyInstance, folder: string): Promise<void> {
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  await app.register(fastifyStatic, {
    root: folder,
    wildcard: true,
    index: false,
    cacheControl: false,
    setHeaders: (response, path) => {
      response.header('x-content-type-options', 'nosniff');
      const isHashed = path.includes('/assets/') || path.includes('\\assets\\');
      response.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  app.get('/', { schema: { hide: true } }, (_request, reply) =>
    reply.headers(PAGE_HEADERS).type('text/html; charset=utf-8').send(page),
  );
  app.setNotFoundHandler((request, reply) => {
    const isPage = request.method === 'GET' && isBoardAddress(request.url);
    if (!isPage) return answerNotFound(request, reply);
    return reply.code(200).headers(PAGE_HEADERS).type('text/html; charset=utf-8').send(page);
  });
}

function isBoardAddress(url: string): boolean {
  return BOARD_ADDRESS.test(url) && !NOT_THE_BOARD.test(url);
}
