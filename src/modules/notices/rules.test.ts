import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { afterQuiet, nextTry, reminderAt, retryMinutes, rungsAt, shippedRules } from './rules.ts';
import { outgoing } from './signature.ts';

const due = new Date('2021-09-25T16:00:00Z'); // 26 September 00:00 in Beijing
const before = (hours: number) => new Date(due.getTime() - hours * 3_600_000);

test('the nearest reminder whose time has come, once, and none before or after', () => {
  expect([80, 72, 30, 24, 4, 3, 0.5].map((h) => reminderAt(shippedRules, due, before(h)))).toEqual([
    null,
    72,
    72,
    24,
    24,
    3,
    3,
  ]);
  expect(reminderAt(shippedRules, due, due)).toBeNull();
});

test('an overdue filing climbs: filer, unit, command post, office', () => {
  expect([-1, 0, 23, 24, 48, 72].map((h) => rungsAt(shippedRules, due, before(-h)).length)).toEqual([0, 1, 1, 2, 3, 4]);
  expect(rungsAt(shippedRules, due, before(-48))).toEqual(['filer', 'responsibleUnit', 'commandPost']);
});

test('quiet hours over midnight end at seven in Beijing', () => {
  const at = (utc: string) => afterQuiet(new Date(utc), '22:00', '07:00').toISOString();
  expect(at('2021-09-25T13:59:00Z')).toBe('2021-09-25T13:59:00.000Z');
  expect(at('2021-09-25T14:00:30Z')).toBe('2021-09-25T23:00:00.000Z');
  expect(at('2021-09-25T22:59:00Z')).toBe('2021-09-25T23:00:00.000Z');
  expect(at('2021-09-25T23:00:00Z')).toBe('2021-09-25T23:00:00.000Z');
  expect(afterQuiet(new Date('2021-09-25T05:00:00Z'), '12:00', '14:00').toISOString()).toBe('2021-09-25T06:00:00.000Z');
  expect(afterQuiet(due, '08:00', '08:00')).toBe(due);
});

test('a delivery is tried again with longer pauses, then has failed', () => {
  const now = new Date('2021-09-25T00:00:00Z');
  expect(retryMinutes.map((_, i) => (nextTry(i + 1, now)!.getTime() - now.getTime()) / 60_000)).toEqual([
    1, 5, 30, 120, 720,
  ]);
  expect(nextTry(retryMinutes.length + 1, now)).toBeNull();
});

const message = {
  id: '1',
  kind: 'filingReturned',
  at: '2021-09-25T00:00:00.000Z',
  title: { zh: '填报被退回', en: 'Returned' },
  text: { zh: '累计与上月不符', en: 'Sum' },
  link: 'https://guatu.example/filings',
};
const now = new Date('2021-09-25T00:00:00Z');

test('our own format carries a signature over the moment and the body', () => {
  const sent = outgoing({ url: 'https://a.example/hook', secret: 's3cret', format: 'guatu' }, message, now);
  const [, t, v1] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(sent.headers['x-guatu-signature']!)!;
  expect(t).toBe('1632528000');
  expect(v1).toBe(createHmac('sha256', 's3cret').update(`${t}.${sent.body}`).digest('hex'));
  expect(JSON.parse(sent.body)).toEqual(message);
});

test('robots of 钉钉 are signed in the address, those of 企业微信 carry their key there', () => {
  const ding = new URL(
    outgoing({ url: 'https://ding.example/robot?access_token=x', secret: 'SEC1', format: 'dingtalk' }, message, now)
      .url,
  );
  expect(ding.searchParams.get('access_token')).toBe('x');
  expect(ding.searchParams.get('sign')).toBe(
    createHmac('sha256', 'SEC1').update(`${now.getTime()}\nSEC1`).digest('base64'),
  );
  const wecom = outgoing({ url: 'https://wx.example/send?key=k', secret: null, format: 'wecom' }, message, now);
  expect(JSON.parse(wecom.body)).toMatchObject({ msgtype: 'markdown' });
  expect(wecom.url).toBe('https://wx.example/send?key=k');
});
