import { expect, test } from 'vitest';
import { giveNonceToStyles, nonceOf } from './csp.ts';

const pageWith = (nonce: string) => {
  const page = document.implementation.createHTMLDocument();
  const meta = page.createElement('meta');
  meta.name = 'csp-nonce';
  meta.content = nonce;
  page.head.append(meta);
  return page;
};

test('the nonce is what the server wrote, and nothing while the placeholder still stands', () => {
  expect(nonceOf(pageWith('r4nd0m'))).toBe('r4nd0m');
  expect(nonceOf(pageWith('__CSP_NONCE__'))).toBeUndefined();
  expect(nonceOf(document.implementation.createHTMLDocument())).toBeUndefined();
});

test('a style tag made by a script carries the nonce, another tag does not', () => {
  const page = pageWith('r4nd0m');
  giveNonceToStyles(page, 'r4nd0m');
  expect(page.createElement('style').nonce).toBe('r4nd0m');
  expect(page.createElement('div').nonce || '').toBe('');
});
