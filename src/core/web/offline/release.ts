/** What one build of the staff pages consists of; the build writes it into the worker. */
export interface Release {
  /** The script that index.html of this build starts with: the name of the release. */
  entry: string;
  /** Changes with index.html. */
  shell: string;
  /** Scripts and styles of all staff pages: kept before they are needed. Their names carry the hash of their content. */
  files: readonly string[];
  /** Pieces of the fonts: kept when first used, since most are never needed on one device. */
  later: readonly string[];
}

const attribute = /'nonce-([^']+)'/;

/**
 * The kept page with a nonce of its own. The answer was kept with its policy, and the nonce stands in both; used again
 * and again it would be no secret any more, so each showing gets a fresh one. Policy and page always change together.
 */
export async function withFreshNonce(kept: Response, nonce: string): Promise<Response> {
  const policy = kept.headers.get('content-security-policy') ?? '';
  const old = attribute.exec(policy)?.[1];
  const html = await kept.text();
  const headers = new Headers(kept.headers);
  // The body is text again: it was unpacked on its way into the cache.
  headers.delete('content-encoding');
  headers.delete('content-length');
  if (old !== undefined) headers.set('content-security-policy', policy.replaceAll(old, nonce));
  return new Response(old === undefined ? html : html.replaceAll(old, nonce), { headers });
}

/**
 * Keys to keep when a release takes over: its own and those of the release before, because pages of that one may still
 * be open and load their parts when they need them.
 */
export const keysToKeep = (releases: readonly (readonly string[])[]): Set<string> =>
  new Set(releases.slice(0, 2).flat());
