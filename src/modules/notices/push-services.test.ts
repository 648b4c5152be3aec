import { expect, test } from 'vitest';
import { pushHostOf } from './push-services.ts';

test.each([
  ['https://fcm.googleapis.com/fcm/send/abc', 'fcm.googleapis.com'],
  ['https://updates.push.services.mozilla.com/wpush/v2/gAAA', 'updates.push.services.mozilla.com'],
  ['https://wns2-sg2p.notify.windows.com/w/?token=x', 'wns2-sg2p.notify.windows.com'],
  ['https://web.push.apple.com/QAbc', 'web.push.apple.com'],
])('%s is a push service', (endpoint, host) => expect(pushHostOf(endpoint, [])).toBe(host));

test.each([
  ['http://fcm.googleapis.com/fcm/send/abc', 'not encrypted'],
  ['https://fcm.googleapis.com:8443/fcm/send/abc', 'another port'],
  ['https://me:secret@fcm.googleapis.com/', 'a password'],
  ['https://fcm.googleapis.com.example.org/', 'a longer name'],
  ['https://evilpush.apple.com.example.org/', 'a longer name'],
  ['https://xpush.apple.com/', 'no dot before the name'],
  ['https://push.example/abc', 'unknown'],
  ['https://127.0.0.1/', 'numbers'],
  ['https://2130706433/', 'numbers'],
  ['https://[::1]/', 'numbers'],
  ['no address', 'none'],
])('%s is refused: %s', (endpoint) => expect(pushHostOf(endpoint, [])).toBeNull());

test('the operator adds hosts, but never an address in numbers', () => {
  const added = ['push.gov.example', '*.push.example', '127.0.0.1', '*.0.0.1'];
  expect(pushHostOf('https://push.gov.example/1', added)).toBe('push.gov.example');
  expect(pushHostOf('https://eu.push.example/1', added)).toBe('eu.push.example');
  expect(pushHostOf('https://push.example/1', added)).toBeNull();
  expect(pushHostOf('https://127.0.0.1/1', added)).toBeNull();
});
