import { get } from 'node:https';
import { expect, test } from 'vitest';
import { isPublicAddress, publicOnly } from './public-address.ts';

test.each(['8.8.8.8', '172.32.0.1', '100.63.255.255', '2606:4700::1111'])('%s is public', (address) =>
  expect(isPublicAddress(address)).toBe(true),
);

test.each([
  '127.0.0.1',
  '10.1.2.3',
  '172.16.0.1',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '0.0.0.0',
  '255.255.255.255',
  '::1',
  '::',
  '::ffff:10.0.0.1',
  'fd00::1',
  'fe80::1',
  '64:ff9b::a00:1',
  'localhost',
])('%s is not', (address) => expect(isPublicAddress(address)).toBe(false));

test('a name that leads to this machine is not called', async () => {
  const answer = new Promise((_, fail) => {
    get('https://localhost:9/', { agent: publicOnly }).on('error', fail);
  });
  await expect(answer).rejects.toThrow(/localhost is at .*, which is not public/);
});
