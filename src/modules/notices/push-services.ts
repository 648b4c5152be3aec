/**
 * Where browsers have their pushes delivered, each as its maker names it; `*.` stands for any name before the rest. The
 * server posts to no other host, unless the operator names it in GUATU_PUSH_HOSTS.
 */
export const pushServices: readonly { host: string; of: string; source: string }[] = [
  {
    host: 'fcm.googleapis.com',
    of: 'Chrome, Android',
    source: 'https://firebase.google.com/docs/cloud-messaging',
  },
  {
    host: '*.push.services.mozilla.com',
    of: 'Firefox',
    source: 'https://mozilla-push-service.readthedocs.io/en/latest/',
  },
  {
    host: '*.notify.windows.com',
    of: 'Edge',
    source: 'https://learn.microsoft.com/windows/apps/design/shell/tiles-and-notifications/firewall-allowlist-config',
  },
  {
    host: '*.push.apple.com',
    of: 'Safari',
    source:
      'https://developer.apple.com/documentation/usernotifications/sending-web-push-notifications-in-web-apps-and-browsers',
  },
];

/** Whether a name fits `host.name`, or, written `*.host.name`, any name that ends so. */
const fits = (name: string, pattern: string): boolean =>
  pattern.startsWith('*.') ? name.endsWith(pattern.slice(1)) : name === pattern;

/**
 * The host of a push address that may be posted to; null for any other: https on its usual port, without a password, at a
 * known service or one the operator added. An address in numbers is none, whoever names it.
 */
export function pushHostOf(endpoint: string, added: readonly string[]): string | null {
  const url = URL.parse(endpoint);
  if (url?.protocol !== 'https:' || url.port !== '' || url.username !== '' || url.password !== '') return null;
  const { hostname } = url;
  if (hostname.includes(':') || /^[\d.]+$/.test(hostname)) return null;
  const isKnown = [...pushServices.map(({ host }) => host), ...added].some((pattern) => fits(hostname, pattern));
  return isKnown ? hostname : null;
}
