/**
 * The nonce that the server wrote into this answer. Under the strict CSP (`style-src 'self' 'nonce-…'`) a style tag
 * without it is refused. Empty in development, where the placeholder still stands.
 */
export function nonceOf(page: Document): string | undefined {
  const nonce = page.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content;
  return nonce && !nonce.startsWith('__') ? nonce : undefined;
}

/**
 * antd hands the nonce to its theme, but the parts below it (scroll lock of dialogs, measuring of scrollbars) make style
 * tags of their own and have no option for it. So every style tag made by our own scripts gets the nonce at birth; a tag
 * that comes in as HTML text still gets none.
 */
export function giveNonceToStyles(page: Document, nonce: string): void {
  const create = page.createElement.bind(page) as (name: string, options?: ElementCreationOptions) => HTMLElement;
  page.createElement = ((name: string, options?: ElementCreationOptions) => {
    const element = create(name, options);
    if (element instanceof HTMLStyleElement) element.nonce = nonce;
    return element;
  }) as Document['createElement'];
}
