import { expect, test } from 'vitest';
import { releaseOf } from './build-worker.ts';
import { keysToKeep, withFreshNonce } from './release.ts';

test('the kept page is shown with a nonce of its own, in the policy and in the page alike', async () => {
  const policy = "script-src 'self'; style-src 'self' 'nonce-b2xk'; frame-ancestors 'none'";
  const kept = () =>
    new Response('<meta name="csp-nonce" content="b2xk" />', {
      headers: { 'content-security-policy': policy, 'content-encoding': 'gzip', 'x-content-type-options': 'nosniff' },
    });
  const shown = await withFreshNonce(kept(), 'bmV3');
  expect(await shown.text()).toBe('<meta name="csp-nonce" content="bmV3" />');
  expect(shown.headers.get('content-security-policy')).toBe(policy.replace('b2xk', 'bmV3'));
  expect(shown.headers.get('x-content-type-options')).toBe('nosniff');
  expect(shown.headers.get('content-encoding')).toBeNull();
});

test('a page that was kept without a policy stays as it was', async () => {
  expect(await (await withFreshNonce(new Response('<p>nonce-</p>'), 'bmV3')).text()).toBe('<p>nonce-</p>');
});

test('files of the release before stay for pages that are still open, older ones go', () => {
  expect([...keysToKeep([['/c.js', '/same.js'], ['/b.js', '/same.js'], ['/a.js']])]).toEqual([
    '/c.js',
    '/same.js',
    '/b.js',
  ]);
});

test('a release holds what its page can ever load, and nothing of another page; fonts come when they are used', () => {
  const chunk = (fileName: string, more = {}) => ({ type: 'chunk' as const, fileName, ...more });
  const asset = (fileName: string) => ({ type: 'asset' as const, fileName });
  const bundle = {
    'assets/index-1.js': chunk('assets/index-1.js', {
      isEntry: true,
      facadeModuleId: '/src/index.html',
      imports: ['assets/both-1.js'],
      dynamicImports: ['assets/Page-1.js'],
    }),
    'assets/Page-1.js': chunk('assets/Page-1.js', {
      imports: ['assets/both-1.js'],
      viteMetadata: { importedCss: new Set(['assets/Page-1.css']), importedAssets: new Set(['assets/dot-1.svg']) },
    }),
    'assets/both-1.js': chunk('assets/both-1.js'),
    'assets/wall-1.js': chunk('assets/wall-1.js', {
      isEntry: true,
      facadeModuleId: '/src/wall.html',
      imports: ['assets/both-1.js'],
    }),
    'assets/Page-1.css': asset('assets/Page-1.css'),
    'assets/dot-1.svg': asset('assets/dot-1.svg'),
    'assets/noto-1.woff2': asset('assets/noto-1.woff2'),
  };
  expect(releaseOf(bundle, 'index.html', 'ab12')).toEqual({
    entry: '/assets/index-1.js',
    shell: 'ab12',
    files: ['/assets/Page-1.css', '/assets/Page-1.js', '/assets/both-1.js', '/assets/dot-1.svg', '/assets/index-1.js'],
    later: ['/assets/noto-1.woff2'],
  });
});
