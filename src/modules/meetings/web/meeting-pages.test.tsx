import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { answersFrom, renderPage } from '#core/web/testing/render-page.tsx';
import { chooseLanguage } from '#core/web/text.ts';
import type { AgendaItem, MeetingView, Observation, ProjectFigures } from '../shapes.ts';
import { MeetingPage } from './MeetingPage.tsx';
import { MinutesPage } from './MinutesPage.tsx';
import { ObservePage } from './ObservePage.tsx';
import { PresentPage } from './PresentPage.tsx';
import { lineAt } from './show.ts';

const uuid = (n: number) => `01960000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const at = '2021-09-26T01:00:00.000Z';
const unit = { id: uuid(9), name: '总指挥部办公室' };
const item = (n: number, title: string, more: Partial<AgendaItem> = {}): AgendaItem => ({
  id: uuid(n),
  source: 'hand',
  title,
  projectId: null,
  matterId: null,
  presenterUnit: null,
  minutes: 5,
  why: [],
  figures: null,
  asOf: null,
  now: null,
  minute: null,
  ...more,
});
const road: ProjectFigures = {
  kind: 'project',
  name: '示例大道',
  countyName: '云溪区',
  commandName: null,
  ownerName: null,
  leaderName: null,
  light: 'late',
  since: '2021-08-03',
  reasons: [{ zh: '进度：低于时序 43.7 个百分点', en: 'Progress: 43.7 points behind' }],
  totalYuan: null,
  planYuan: 100_000_000,
  doneYuan: 30_000_000,
  gapPoints: -43.7,
  clockShare: 0.737,
  months: [],
  period: '2021-08',
  imageProgress: '路基完成六成',
  problems: null,
  goal: '通车',
  startPlanned: null,
  startActual: null,
  finishPlanned: null,
  turnsGreen: [],
  milestones: [],
  photos: [],
};
const meeting: MeetingView = {
  id: uuid(1),
  kind: 'dispatch',
  year: 2021,
  no: 10,
  title: '2021年第10次工作调度会',
  state: 'agendaFixed',
  startsAt: at,
  heldOn: '2021-09-26',
  place: '三楼会议室',
  chairName: '李市长',
  convenerUnit: unit,
  participants: 0,
  attended: 0,
  items: 2,
  decisions: 0,
  closed: 0,
  demo: false,
  lng: null,
  lat: null,
  preamble: '',
  previous: null,
  next: null,
  agendaFixedAt: at,
  closedAt: null,
  circulatedAt: null,
  objectionsUntil: null,
  issuedOn: null,
  documentNo: null,
  people: [],
  agenda: [
    item(11, '示例大道', {
      source: 'late',
      projectId: uuid(21),
      figures: road,
      asOf: at,
      why: [{ zh: '红灯，自 2021-08-03 起', en: 'Red since 2021-08-03' }],
      now: { light: 'normal', doneYuan: 77_000_000, gapPoints: 3.2, state: null, dueCurrent: null },
    }),
    item(12, '国庆值班安排', { figures: { kind: 'text' } }),
  ],
  decisionList: [],
  objections: [],
  events: [],
  hasRoute: false,
  version: 3,
  isHere: false,
  ownUnitIds: [],
  allowed: ['minute', 'close'],
};
const path = `/api/meetings/${meeting.id}`;
const show = (page: React.ReactNode, answers: Parameters<typeof answersFrom>[0] = {}, view = meeting) =>
  renderPage(page, {
    send: answersFrom({ [path]: view, ...answers }),
    at: `/meetings/${meeting.id}/x`,
    path: '/meetings/:id/x',
    permissions: ['meetings.read', 'meetings.minute', 'meetings.score'],
  });
const bodyOf = (init: RequestInit) => JSON.parse(String(init.body)) as Record<string, unknown>;

beforeEach(() => {
  localStorage.clear();
  chooseLanguage('zh');
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
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('Ctrl+Enter makes the line under the cursor a decision, and only that line', async () => {
  const decide = vi.fn((_: URL, init: RequestInit) => ({
    id: uuid(31),
    itemId: uuid(11),
    no: 1,
    title: bodyOf(init).line,
    leadUnit: null,
    coUnits: [],
    dueOn: null,
    unknown: [],
    dueWords: null,
    dueOpen: null,
    matterId: null,
    matterNo: null,
    isDropped: false,
    version: 1,
  }));
  show(<MinutesPage />, {
    [`${path}/items/${uuid(11)}/decisions`]: decide,
    [`${path}/items/${uuid(11)}/minute`]: () => ({ version: 1 }),
  });
  const box = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: /示例大道/ });
  fireEvent.change(box, { target: { value: '听取汇报\n云溪区10月15日前完成征拆\n散会' } });
  box.setSelectionRange(8, 8);
  fireEvent.keyDown(box, { key: 'Enter', ctrlKey: true });
  await waitFor(() => expect(decide).toHaveBeenCalledTimes(1));
  expect(bodyOf(decide.mock.calls[0]![1]).line).toBe('云溪区10月15日前完成征拆');
});

test('what is typed on a lost line stays on the device and is said to be unsaved', async () => {
  const write = vi.fn(() => {
    throw new TypeError('Failed to fetch');
  });
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const { unmount } = show(<MinutesPage />, { [`${path}/items/${uuid(11)}/minute`]: write });
  const box = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: /示例大道/ });
  fireEvent.change(box, { target: { value: '市领导要求倒排工期' } });
  await vi.advanceTimersByTimeAsync(12_000);
  expect(write).toHaveBeenCalled();
  expect(await screen.findByText(/尚未保存到服务器/)).toBeTruthy();
  unmount();
  show(<MinutesPage />, { [`${path}/items/${uuid(11)}/minute`]: write });
  expect((await screen.findByRole<HTMLTextAreaElement>('textbox', { name: /示例大道/ })).value).toBe(
    '市领导要求倒排工期',
  );
});

test('text that somebody else changed is shown beside one’s own and both are kept', async () => {
  const sent: Record<string, unknown>[] = [];
  const write = vi.fn((_: URL, init: RequestInit) => {
    const body = bodyOf(init);
    sent.push(body);
    if (body.basedOn === 4) return { version: 5 };
    const words = { zh: '王工刚刚改过这一项的记录，请合并后再保存', en: 'Changed' };
    return Response.json(
      { code: 'moved', words, details: { text: '王工写的', version: 4 }, requestId: 'r' },
      { status: 409 },
    );
  });
  show(<MinutesPage />, { [`${path}/items/${uuid(11)}/minute`]: write });
  const box = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: /示例大道/ });
  fireEvent.change(box, { target: { value: '我写的' } });
  fireEvent.click(await screen.findByRole('button', { name: '把两份接在一起' }, { timeout: 4000 }));
  await waitFor(() => expect(sent.at(-1)).toMatchObject({ text: '王工写的\n我写的', basedOn: 4 }), { timeout: 4000 });
});

test('the screen turns by keys and shows the frozen figures, with what changed since beside them', async () => {
  show(<PresentPage />);
  expect(await screen.findByRole('heading', { level: 1, name: '示例大道' })).toBeTruthy();
  expect(screen.getByText('30.0%')).toBeTruthy();
  expect(screen.getByText('现在')).toBeTruthy();
  fireEvent.keyDown(document, { key: ' ' });
  expect(await screen.findByRole('heading', { level: 1, name: '国庆值班安排' })).toBeTruthy();
  fireEvent.keyDown(document, { key: 'ArrowLeft' });
  expect(await screen.findByRole('heading', { level: 1, name: '示例大道' })).toBeTruthy();
});

test('an item says why it stands on the agenda; who may not change it gets no handles', async () => {
  show(<MeetingPage />);
  expect(await screen.findByText('红灯，自 2021-08-03 起')).toBeTruthy();
  expect(screen.queryByRole('button', { name: /拖动/ })).toBeNull();
  expect(screen.getByRole('button', { name: '会议结束' })).toBeTruthy();
});

test('an observer scores a stop with the total beside it, and not the project of his own unit', async () => {
  const stop = {
    countyName: '云溪区',
    lng: null,
    lat: null,
    plannedAt: at,
    note: null,
    score: null,
    observers: 0,
    comments: [],
  };
  const route: Observation = {
    meetingId: meeting.id,
    title: '第1次现场观摩',
    state: 'open',
    scale: 'hundred',
    criteria: [
      { code: 'progress', name: '形象进度', weight: 60 },
      { code: 'site', name: '现场管理', weight: 40 },
    ],
    stops: [
      { ...stop, id: uuid(41), projectId: uuid(51), projectName: '本区学校', isOwn: true },
      { ...stop, id: uuid(42), projectId: uuid(52), projectName: '示例医院', isOwn: false },
    ],
    ranking: null,
    publishedAt: null,
    version: 2,
    allowed: ['score'],
  };
  const score = vi.fn((_: URL, _init: RequestInit) => ({ total: 8400, at }));
  show(<ObservePage />, { [`${path}/observation`]: route, [`${path}/stops/${uuid(42)}/score`]: score });
  // It begins with the first stop that waits for a score.
  expect(await screen.findByRole('heading', { name: '示例医院' })).toBeTruthy();
  fireEvent.change(screen.getByRole('spinbutton', { name: '形象进度 得分' }), { target: { value: '90' } });
  fireEvent.change(screen.getByRole('spinbutton', { name: '现场管理 得分' }), { target: { value: '75' } });
  expect(await screen.findByText('合计 84.0')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: '提交评分' }));
  await waitFor(() => expect(score).toHaveBeenCalled());
  expect(bodyOf(score.mock.calls[0]![1]).points).toEqual({ progress: 90, site: 75 });
  fireEvent.click(screen.getByRole('button', { name: '本区学校' }));
  expect(await screen.findByText('本单位的项目由其他单位评分')).toBeTruthy();
});

test('the beginning of the minutes is written on their page and kept with the version that was read', async () => {
  const keep = vi.fn((_: URL, _init: RequestInit) => ({ id: meeting.id, version: meeting.version + 1 }));
  show(<MinutesPage />, { [`${path}/preamble`]: keep });
  fireEvent.click(await screen.findByText('纪要开头', { exact: false }));
  const box = screen.getByRole<HTMLTextAreaElement>('textbox', { name: '纪要开头' });
  expect(screen.getByRole<HTMLButtonElement>('button', { name: '保存开头' }).disabled).toBe(true);
  fireEvent.change(box, { target: { value: ' 9月26日，李市长主持召开调度会。 ' } });
  fireEvent.click(screen.getByRole('button', { name: '保存开头' }));
  await waitFor(() => expect(keep).toHaveBeenCalled());
  expect(bodyOf(keep.mock.calls[0]![1])).toMatchObject({
    text: '9月26日，李市长主持召开调度会。',
    version: meeting.version,
  });
});

test('the line at the cursor ends where the lines end', () => {
  expect(lineAt('一\n二三\n四', 3)).toEqual({ start: 2, end: 4 });
  expect(lineAt('一\n二三\n四', 6)).toEqual({ start: 5, end: 6 });
  expect(lineAt('', 0)).toEqual({ start: 0, end: 0 });
});
