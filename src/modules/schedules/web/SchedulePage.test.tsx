import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { answersFrom, renderPage } from '#core/web/testing/render-page.tsx';
import { chooseLanguage } from '#core/web/text.ts';
import type { Schedule } from '../contract.ts';
import { cityAxis } from '../day-axis.ts';
import { planOf } from '../plan.ts';
import type { Content } from '../shapes.ts';
import { backward, forward, task, workingYears } from '../testing/example.ts';
import { SchedulePage } from './SchedulePage.tsx';
import { ScheduleSection } from './ScheduleSection.tsx';

const id = '0190a000-0000-7000-8000-000000000001';
const axis = cityAxis(workingYears);
const house = forward('2021-08-02', [
  task(1, 0, [], { name: '开工' }),
  task(2, 20, [1], { name: '基础工程' }),
  task(3, 40, [2], { name: '主体结构' }),
  task(4, 10, [1], { name: '临时设施' }),
  task(5, 0, [3], { name: '结构封顶' }),
]);

class Silence {
  onopen = null;
  onerror = null;
  readyState = 1;
  addEventListener() {}
  close() {}
}
const fixed = (content: Content, seq: number) => {
  const { plan } = planOf(content, axis);
  return {
    seq,
    reason: '倒排部署',
    approver: '王指挥长',
    actorName: '刘敏',
    at: '2021-08-01T02:00:00.000Z',
    start: plan!.start,
    finish: plan!.finish,
    promised: content.promised,
    taskCount: content.tasks.length,
    content,
    dates: [...plan!.tasks.values()].map(({ uid, start, finish, isCritical }) => ({ uid, start, finish, isCritical })),
  };
};
const schedule = (rest: Partial<Schedule>): Schedule => ({
  project: {
    id,
    name: '示例厂房',
    serial: 3,
    board: '产业',
    demo: true,
    startOn: '2021-08-02',
    finishOn: '2021-12-31',
  },
  draft: null,
  draftVersion: 1,
  draftBy: null,
  draftAt: null,
  versions: [],
  current: null,
  baseline: null,
  progress: [],
  nextUid: 6,
  city: workingYears,
  allowed: ['edit', 'progress', 'fix'],
  ...rest,
});
const inForce = fixed(house, 1);
const withVersion = schedule({ current: inForce, baseline: inForce, versions: [inForce] });
const show = (answer: Schedule, more: Record<string, unknown> = {}) =>
  renderPage(<SchedulePage />, {
    send: answersFrom({ [`/api/projects/${id}/schedule`]: answer, ...more }),
    at: `/projects/${id}/schedule`,
    path: '/projects/:id/schedule',
    permissions: ['schedules.read'],
  });
const lineOf = async (name: string) => (await screen.findByRole('button', { name: new RegExp(name) })).closest('tr')!;
const datesOf = async (name: string) => [...(await lineOf(name)).cells].slice(1, 4).map((cell) => cell.textContent);

let isNarrow = false;
beforeEach(() => {
  vi.stubGlobal('EventSource', Silence);
  vi.stubGlobal('matchMedia', () => ({ matches: isNarrow, addEventListener() {}, removeEventListener() {} }));
  localStorage.clear();
  chooseLanguage('zh');
  isNarrow = false;
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

test('the version in force is read in words: dates, critical tasks, slip against the baseline', async () => {
  show({
    ...withVersion,
    progress: [{ uid: 2, actualStart: '2021-08-09', actualFinish: null, percent: 80 }],
  });
  expect(await datesOf('基础工程')).toEqual(['20', '21-08-02', '21-08-27']);
  expect((await lineOf('基础工程')).cells[4]!.textContent).toBe('+33');
  expect(within(await lineOf('主体结构')).getByText('关键线路')).toBeTruthy();
  expect(within(await lineOf('临时设施')).queryByText('关键线路')).toBeNull();
  expect(screen.getByText(/按目前进度推算完成/).textContent).toContain('2021-11-30');
  expect(screen.queryByText('保存草稿')).toBeNull();
});

test('in the draft a longer task moves what waits for it at once, and undo brings it back', async () => {
  show(schedule({ draft: house }));
  fireEvent.click(await screen.findByRole('button', { name: /基础工程/ }));
  fireEvent.change(screen.getByLabelText('工期（天）'), { target: { value: '25' } });
  expect(await datesOf('基础工程')).toEqual(['25', '21-08-02', '21-09-03']);
  expect((await datesOf('主体结构'))[1]).toBe('21-09-06');
  expect(screen.getByText('有未保存的改动')).toBeTruthy();
  fireEvent.keyDown(document.body, { key: 'z', ctrlKey: true });
  expect(await datesOf('基础工程')).toEqual(['20', '21-08-02', '21-08-27']);
});

test('a bar is dragged by days: it is set not to begin earlier, and its end changes the duration', async () => {
  const { container } = show(schedule({ draft: house }));
  await lineOf('临时设施');
  fireEvent.click(screen.getByText('日', { selector: '.ant-segmented-item-label' }));
  const svg = container.querySelector('.gantt-time svg')!;
  const drag = (node: Element, px: number) => {
    fireEvent.pointerDown(node, { clientX: 100, pointerId: 1 });
    fireEvent.pointerMove(svg, { clientX: 100 + px, pointerId: 1 });
    fireEvent.pointerUp(svg, { pointerId: 1 });
  };
  drag(container.querySelectorAll('.plan')[2]!, 22 * 7);
  expect((await datesOf('临时设施'))[1]).toBe('21-08-09');
  drag(container.querySelectorAll('.grip')[2]!, 22 * 2);
  expect((await datesOf('临时设施'))[0]).toBe('10');
  drag(container.querySelectorAll('.grip')[2]!, 22 * 4);
  expect((await datesOf('临时设施'))[0]).toBe('12');
});

test('倒排: planned back from the promise, the page says by when to begin and that it is too late', async () => {
  show(schedule({ draft: backward('2021-11-30', house.tasks) }));
  expect(await screen.findByText(/最迟应于 2021-09-02 开工，该日已过 24 天/)).toBeTruthy();
  expect((await datesOf('结构封顶'))[1]).toBe('21-11-30');
});

test('a predecessor that closes a circle is refused with the names of the loop, and nothing changes', async () => {
  show(schedule({ draft: house }));
  fireEvent.click(await screen.findByRole('button', { name: /基础工程/ }));
  const links = screen.getByLabelText('前置任务');
  fireEvent.change(links, { target: { value: '5' } });
  fireEvent.blur(links);
  const said = (await screen.findByText(/任务互相等待/)).textContent!;
  for (const name of ['2 基础工程', '3 主体结构', '5 结构封顶']) expect(said).toContain(name);
  expect(said).not.toContain('临时设施');
  expect(screen.queryByText('有未保存的改动')).toBeNull();
});

test('saving sends the draft that it was based on; fixing asks for reason and approver', async () => {
  const sent: { path: string; body: unknown }[] = [];
  const answer = (url: URL, init: RequestInit) => {
    sent.push({ path: url.pathname, body: JSON.parse(String(init.body)) });
    return { ...schedule({ draft: { ...house, promised: '2021-12-31' } }), draftVersion: 2 };
  };
  show(schedule({ draft: house }), {
    [`/api/projects/${id}/schedule/draft`]: answer,
    [`/api/projects/${id}/schedule/fix`]: answer,
  });
  fireEvent.change(await screen.findByLabelText('承诺完成'), { target: { value: '2021-12-31' } });
  expect(screen.getByRole('button', { name: '固化版本' })).toHaveProperty('disabled', true);
  fireEvent.click(screen.getByRole('button', { name: '保存草稿' }));
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]!.body).toMatchObject({ draftVersion: 1, content: { promised: '2021-12-31' } });
  fireEvent.click(await screen.findByRole('button', { name: '固化版本' }));
  const form = within(await screen.findByRole('dialog'));
  expect(form.getByRole('button', { name: '固化版本' })).toHaveProperty('disabled', true);
  fireEvent.change(form.getByLabelText('原因'), { target: { value: '会议定事项' } });
  fireEvent.change(form.getByLabelText('批准人'), { target: { value: '王指挥长' } });
  fireEvent.click(form.getByRole('button', { name: '固化版本' }));
  await waitFor(() => expect(sent[1]?.body).toEqual({ draftVersion: 2, reason: '会议定事项', approver: '王指挥长' }));
});

test('a template fills an empty draft, with the one that fits the project first', async () => {
  show(schedule({ draftVersion: 0, nextUid: 1 }));
  expect(await screen.findByText('还没有编制工期')).toBeTruthy();
  fireEvent.mouseDown(screen.getByLabelText('选用模板'));
  const options = await screen.findAllByRole('option');
  expect(options[0]!.textContent ?? options[0]!.getAttribute('aria-label')).toBeTruthy();
  fireEvent.click((await screen.findAllByTitle('工业厂房、产业项目')).at(-1)!);
  expect(await lineOf('设备安装完成')).toBeTruthy();
});

test('a file of MS Project is shown before it is taken into the draft', async () => {
  show(schedule({ draft: house }));
  fireEvent.click(await screen.findByRole('button', { name: '导入 Project' }));
  const xml = `<Project><Title>外来计划</Title><StartDate>2021-09-27T08:00:00</StartDate><Tasks>
    <Task><UID>1</UID><Name>桩基</Name><OutlineLevel>1</OutlineLevel><Duration>PT84H0M0S</Duration></Task></Tasks></Project>`;
  fireEvent.change(screen.getByLabelText('选择 XML 文件'), { target: { files: [new File([xml], 'plan.xml')] } });
  expect(await screen.findByText('外来计划')).toBeTruthy();
  expect(screen.getByText(/不是整天，进为 11 天/)).toBeTruthy();
  expect(screen.queryByRole('button', { name: /桩基/ })).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: '放入草稿' }));
  expect(await datesOf('桩基')).toEqual(['11', '21-09-27', '21-10-15']);
});

test('on a phone it is read, not drafted', async () => {
  isNarrow = true;
  show({ ...withVersion, draft: house });
  expect(await lineOf('基础工程')).toBeTruthy();
  expect(screen.queryByText('保存草稿')).toBeNull();
  expect(screen.getByText(/手机上只能查看/)).toBeTruthy();
});

test('the project’s page shows the upper tasks and whether the promise will be kept', async () => {
  const promised = fixed({ ...house, promised: '2021-10-20' }, 1);
  renderPage(<ScheduleSection project={{ id }} />, {
    send: answersFrom({
      [`/api/projects/${id}/schedule`]: schedule({ current: promised, baseline: promised, versions: [promised] }),
    }),
  });
  expect(await screen.findByText(/晚于承诺/)).toBeTruthy();
  expect(screen.getByText('主体结构')).toBeTruthy();
});

test('two hundred tasks are drawn whole', async () => {
  const chain = forward(
    '2021-08-02',
    Array.from({ length: 200 }, (_, i) => task(i + 1, 3, i % 10 === 0 ? [] : [i], { name: `工序${i + 1}号` })),
  );
  const version = fixed(chain, 1);
  const { container } = show(schedule({ current: version, baseline: version, versions: [version] }));
  await waitFor(() => expect(container.querySelectorAll('.gantt-row')).toHaveLength(200), { timeout: 20_000 });
}, 60_000);
