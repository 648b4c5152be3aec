import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { chooseLanguage } from '#core/web/text.ts';
import { emptyContent } from '../content.ts';
import type { Filing } from '../contract.ts';
import { check } from '../validation.ts';
import { ReviewSheet } from './ReviewSheet.tsx';
import { fakeServer, hospital, Stage, wan } from './testing.tsx';

beforeEach(() => chooseLanguage('zh'));
afterEach(cleanup);

function submitted(monthYuan: number, cumulativeYuan: number, facts: Partial<Filing['facts']> = {}): Filing {
  const content = {
    ...emptyContent,
    monthYuan,
    cumulativeYuan,
    imageProgress: '门诊楼二层完成',
    explanations: { overTotal: '总投资调整已报批，批复在办理中' },
  };
  const all = { ...hospital.facts, ...facts };
  const version = {
    seq: 1,
    content,
    monthYuan,
    cumulativeYuan,
    submittedAt: '2021-09-26T01:31:00.000Z',
    submittedBy: '沈涛',
    latenessSeconds: 0,
    source: 'filed',
    counts: false,
  };
  return {
    ...hospital,
    state: 'submitted',
    seq: 1,
    monthYuan,
    cumulativeYuan,
    facts: all,
    hits: check(content, all),
    versions: [version],
    allowed: ['return', 'accept'],
  };
}

function open(filing: Filing) {
  const done: string[] = [];
  const answer = () => ({ ...filing, state: 'accepted' });
  const server = fakeServer({ [`/one/${filing.id}`]: () => filing, '/accept': answer, '/return': answer });
  render(
    <Stage send={server.send}>
      <ReviewSheet id={filing.id} at={1} of={1} onDecided={() => done.push('decided')} />
    </Stage>,
  );
  return { ...server, done };
}

test('there is no way to type a number', async () => {
  open(submitted(wan(7_200), wan(54_300)));
  await screen.findByText('校验命中');
  expect(document.querySelectorAll('input:not([type=checkbox])')).toHaveLength(0);
});

test('A accepts what has no 强制 hit, naming the version that was on the screen', async () => {
  const { sent, done } = open(submitted(wan(7_200), wan(54_300)));
  await screen.findByText('校验命中');
  fireEvent.keyDown(document.body, { key: 'a' });
  await waitFor(() => expect(done).toEqual(['decided']));
  expect(sent).toMatchObject([{ path: expect.stringMatching(/\/accept$/), body: { seq: 1, waived: [] } }]);
});

test('with a 强制 hit accepting is off and says why, and the reason for returning is already written', async () => {
  const { sent } = open(submitted(wan(7_200), wan(54_400)));
  const accept = await screen.findByRole('button', { name: /通过/ });
  expect(accept).toHaveProperty('disabled', true);
  expect(screen.getByText('强制项未消除，不能通过')).toBeTruthy();
  fireEvent.keyDown(document.body, { key: 'a' });
  expect(sent).toEqual([]);
  expect(screen.getByLabelText('退回意见或更正原因')).toHaveProperty(
    'value',
    '本年累计 ≠ 上月累计 + 本月完成：应为 54,300 万元，差 100 万元',
  );
});

test('marked cells go back with the reason, by keyboard alone', async () => {
  const { sent } = open(submitted(wan(7_200), wan(54_400)));
  const cell = await screen.findByRole('button', { name: '标注 本年累计完成' });
  cell.focus();
  fireEvent.click(cell); // Space on a button
  expect(cell.getAttribute('aria-pressed')).toBe('true');
  fireEvent.keyDown(cell, { key: 'ArrowDown' });
  expect(document.activeElement?.getAttribute('data-cell')).toBe('imageProgress');
  fireEvent.keyDown(document.activeElement!, { key: 'r' });
  const reason = screen.getByLabelText('退回意见或更正原因');
  expect(document.activeElement).toBe(reason);
  fireEvent.keyDown(reason, { key: 'Enter', ctrlKey: true });
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toMatchObject({
    path: expect.stringMatching(/\/return$/),
    body: { seq: 1, cells: ['cumulativeYuan'] },
  });
});

test('returning without a word is not possible', async () => {
  const { sent } = open(submitted(wan(7_200), wan(54_300)));
  fireEvent.click(await screen.findByRole('button', { name: /退回/ }));
  expect(screen.getByText('请先写明意见')).toBeTruthy();
  expect(sent).toEqual([]);
});

test('a 准强制 hit is let pass by its own box before accepting', async () => {
  const { sent } = open(submitted(wan(7_200), wan(54_300), { totalYuan: wan(70_000) }));
  const accept = await screen.findByRole('button', { name: /通过/ });
  expect(accept).toHaveProperty('disabled', true);
  expect(screen.getByText('填报人说明：总投资调整已报批，批复在办理中')).toBeTruthy();
  fireEvent.click(screen.getByLabelText('放行'));
  fireEvent.click(accept);
  await waitFor(() => expect(sent).toMatchObject([{ body: { waived: ['overTotal'] } }]));
});

test('who filed it reads that somebody else must review it', async () => {
  open({ ...submitted(wan(7_200), wan(54_300)), acceptRefusal: { zh: '本人提交的填报须由他人审核', en: 'x' } });
  expect(await screen.findByText('本人提交的填报须由他人审核')).toBeTruthy();
  expect(screen.getByRole('button', { name: /通过/ })).toHaveProperty('disabled', true);
});
