import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { compress } from 'hono/compress';
import type { Config } from './config.ts';

const policy = (nonce: string) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    // Chart libraries place their tooltips by style attributes; an attribute cannot load or run anything.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');

/** The worker fetches pages and files of this server and runs nothing but itself. */
const workerPolicy = "default-src 'none'; script-src 'self'; connect-src 'self'";

/** The built pages: assets by their hashed names for ever, every other address the page that draws it. */
export function pageRoutes(root: URL, config: Config): Hono {
  const built = new URL('../dist/web/', root);
  const routes = new Hono();
  routes.use(compress());
  routes.use(async (c, next) => {
    await next();
    c.header('x-content-type-options', 'nosniff');
    c.header('referrer-policy', 'same-origin');
    c.header('cross-origin-opener-policy', 'same-origin');
    c.header('permissions-policy', 'camera=(self), geolocation=(self), microphone=()');
    if (config.publicUrl?.startsWith('https:')) c.header('strict-transport-security', 'max-age=31536000');
  });
  routes.get(
    '/assets/*',
    serveStatic({
      root: fileURLToPath(built),
      onFound: (_path, c) => c.header('cache-control', 'public, max-age=31536000, immutable'),
    }),
  );
  // Everything else that is a file of its own: not hashed, so it is asked for anew each time.
  for (const path of ['/manifest.webmanifest', '/icons/*', '/field-worker.js'])
    routes.get(
      path,
      serveStatic({
        root: fileURLToPath(built),
        onFound: (_path, c) => {
          c.header('cache-control', 'no-cache');
          c.header('content-security-policy', workerPolicy);
        },
      }),
    );
  const page = async (name: string) => readFile(new URL(name, built), 'utf8');
  routes.get('*', async (c) => {
    if (/\.\w+$/.test(c.req.path)) return c.notFound();
    const nonce = randomBytes(16).toString('base64');
    const html = await page(
      c.req.path === '/wall' || c.req.path.startsWith('/wall/') ? 'wall.html' : 'index.html',
    ).catch(() => undefined);
    if (html === undefined) return c.text('The pages are not built yet: start with `npm start`.', 503);
    c.header('content-security-policy', policy(nonce));
    c.header('cache-control', 'no-store');
    return c.html(html.replaceAll('__CSP_NONCE__', nonce));
  });
  return routes;
}
