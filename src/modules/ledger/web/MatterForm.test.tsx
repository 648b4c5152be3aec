import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { answersFrom, renderPage } from '#core/web/testing/render-page.tsx';
import { chooseLanguage } from '#core/web/text.ts';
import { plainTemplate, shippedTemplates } from '../templates.ts';
import { EditMatterPage, NewMatterPage } from './MatterFormPage.tsx';
import { OnSpotPage } from './OnSpotPage.tsx';
import { lateMatter, matterId, unit } from './testing/matter.ts';

const week = { n: 7, unit: 'CALENDAR' };
const own = {
  ...plainTemplate,
  code: 'our-week',
  name: { zh: '本市一周办结', en: 'A week' },
  due: { urgent: week, normal: week, hard: week },
};
const sent: Record<string, unknown>[] = [];
const kept = (_: URL, init: RequestInit) => {
  sent.push(JSON.parse(String(init.body)) as Record<string, unknown>);
  return { id: matterId, no: '问〔2021〕118号' };
};
const answers = {
  '/api/matters': kept,
  '/api/organization/units': Object.values(unit).map((one) => ({
    ...one,
    shortName: null,
    kind: 'department',
    parentName: '岳阳市人民政府',
  })),
  '/api/ledger/templates': [own, ...shippedTemplates],
  '/api/calendar/deadline': { day: '2021-10-21', at: '2021-10-21T24:00', steps: [] },
};
const show = (permissions = ['ledger.raise', 'ledger.issue'], over: object = {}) =>
  renderPage(<NewMatterPage />, { permissions, send: answersFrom({ ...answers, ...over }) });
const type = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });
const button = (name: RegExp) => screen.getByRole('button', { name }) as HTMLButtonElement;

beforeEach(() => {
  localStorage.clear();
  chooseLanguage('zh');
  sent.length = 0;
  vi.stubGlobal(
    'EventSource',
    class {
      addEventListener() {}
      close() {}
    },
  );
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

test('shows only the fields of the kind that was chosen', async () => {
  show();
  expect(screen.getByLabelText('位置')).toBeTruthy();
  fireEvent.click(screen.getByRole('radio', { name: /^批示/ }));
  expect(screen.queryByLabelText('位置')).toBeNull();
  expect(screen.getByLabelText('批示领导')).toBeTruthy();
  expect(screen.getByText(/还缺：标题、批示领导、批示内容/)).toBeTruthy();
});

test('says in words which limit and colours a rule means, with the day it gives today', async () => {
  show();
  expect(await screen.findByText('按规则：交办后 15 个工作日，今天交办则为 2021-10-21')).toBeTruthy();
  expect(screen.getByText('到期前 5 个工作日')).toBeTruthy();
  expect(screen.getByText('过时限次日')).toBeTruthy();
});

test('a template of the city’s own can be chosen beside the shipped ones, and goes with the matter', async () => {
  show();
  await screen.findByText('按规则：交办后 15 个工作日，今天交办则为 2021-10-21');
  fireEvent.mouseDown(screen.getByRole('combobox', { name: '督办规则' }));
  fireEvent.click(await screen.findByText('本市一周办结'));
  expect(await screen.findByText(/交办后 7 天/)).toBeTruthy();
  type('标题', '清理施工便道');
  fireEvent.click(button(/保存拟办/));
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toMatchObject({ template: 'our-week' });
});

test('a draft may lack its lead unit, an issued matter may not', async () => {
  show();
  type('标题', '完成 11 户房屋拆除并移交施工面');
  expect(button(/保存拟办/).disabled).toBe(false);
  expect(button(/^交\s*办$/).disabled).toBe(true);
  expect(screen.getByText('还缺：牵头单位')).toBeTruthy();
  fireEvent.click(button(/保存拟办/));
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toMatchObject({ title: '完成 11 户房屋拆除并移交施工面', issue: false, leadUnitId: null });
});

test('who may not issue is not offered to', () => {
  show(['ledger.raise']);
  expect(screen.queryByRole('button', { name: /^交\s*办$/ })).toBeNull();
});

test('Enter in a day field takes the day and does not send the form', () => {
  show();
  // False: the field kept the key for itself, so the browser sends nothing.
  expect(fireEvent.keyDown(screen.getByLabelText('完成时限'), { key: 'Enter' })).toBe(false);
});

test('a refusal stands at its field and what was typed stays, also after a reload', async () => {
  const refused = () =>
    Response.json(
      { code: 'due_past', words: { zh: '完成时限早于今天', en: 'past' }, field: 'dueOn', requestId: 'test' },
      { status: 422 },
    );
  show(['ledger.raise'], { '/api/matters': refused });
  type('标题', '完成施工面移交');
  fireEvent.click(button(/保存拟办/));
  expect(await screen.findByText('完成时限早于今天')).toBeTruthy();
  cleanup();
  show(['ledger.raise']);
  expect((screen.getByLabelText('标题') as HTMLInputElement).value).toBe('完成施工面移交');
  expect(screen.getByText(/已恢复上次没有提交的内容/)).toBeTruthy();
});

test('the kind of a draft is fixed, its version goes out with the change', async () => {
  renderPage(<EditMatterPage />, {
    at: `/matters/${matterId}/edit`,
    path: '/matters/:id/edit',
    permissions: ['ledger.raise'],
    send: answersFrom({
      ...answers,
      [`/api/matters/${matterId}`]: { ...lateMatter, state: 'draft', light: 'idle', allowed: ['edit'] },
      [`/api/matters/${matterId}/edit`]: kept,
    }),
  });
  expect(await screen.findByDisplayValue(lateMatter.title)).toBeTruthy();
  expect((screen.getByRole('radio', { name: /^任务/ }) as HTMLInputElement).disabled).toBe(true);
  fireEvent.click(button(/保存拟办/));
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toMatchObject({ version: lateMatter.version, changes: { title: lateMatter.title } });
});

test('what was fixed on the spot needs both photos and what was done', () => {
  renderPage(<OnSpotPage />, { permissions: ['ledger.raise'], send: answersFrom(answers) });
  type('标题', '基坑临边防护缺失');
  type('整改情况', '当场加装护栏');
  expect(screen.getByText('还缺：整改前照片、整改后照片')).toBeTruthy();
  expect(button(/^登\s*记$/).disabled).toBe(true);
});
