/** Addresses that the shell sends people to. The identity module draws the pages. */
export const paths = {
  signIn: '/sign-in',
  setup: '/setup',
  account: '/account',
  /** A first password must be changed here before anything else opens. */
  password: '/account/password',
} as const;

/** Sign-in that comes back to where the person was. */
export const signInFrom = (path: string): string =>
  path === '/' || path.startsWith(paths.signIn) ? paths.signIn : `${paths.signIn}?to=${encodeURIComponent(path)}`;

/** Where `?to=` leads: only inside this site, whatever a mailed link says. */
export function safeTarget(to: string | null): string {
  if (!to?.startsWith('/') || to.startsWith('//') || to.includes('\\')) return '/';
  return to;
}
