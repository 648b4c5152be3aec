import { addMonths, endOfMonth, monthsBetween } from '#core/shared/day.ts';

export interface DemoMilestone {
  name: string;
  due: string;
  /** The words in which a published text gave the date. */
  text: string | null;
  actual: string | null;
}

/** What published texts promise, by project: dates as said there (see demo/README.md). Whether they were kept is not told there. */
const promised: Readonly<Record<string, readonly Omit<DemoMilestone, 'actual'>[]>> = {
  市中心医院项目: [{ name: '正式开工', due: '2021-03-16', text: '3月16日' }],
  市公共卫生医疗中心: [{ name: '正式开工', due: '2021-03-16', text: '3月16日' }],
  G353机场快速路项目: [{ name: '主线通车', due: '2021-07-01', text: '7月1日前' }],
  西环线项目: [{ name: '主线通车', due: '2021-07-01', text: '7月1日前' }],
  胥家桥物流园城配中心: [{ name: '投入运营', due: '2021-12-31', text: '年内' }],
  '城区智慧公交电子站牌（首批）': [{ name: '首批启用', due: '2021-05-31', text: '5月底' }],
};

const usual = ['基础完工', '主体完工', '设备安装完成', '竣工验收'] as const;

/**
 * The nodes of a project: those published, and four usual ones (invented, like the project) at even steps from start to
 * finish. One that lies more than a month back is done, some weeks early or late by the project's number.
 */
export function milestonesOf(
  project: { name: string; serial: number; start: string | null; finish: string | null },
  today: string,
): DemoMilestone[] {
  const { name, serial, start, finish } = project;
  const said = (promised[name] ?? []).map((m) => ({ ...m, actual: m.name === '正式开工' ? start : null }));
  if (!start || !finish || finish <= start) return said;
  const months = monthsBetween(start, finish);
  const nodes = usual.map((node, i): DemoMilestone => {
    const due = endOfMonth(addMonths(start, Math.max(1, Math.round((months * (i + 1)) / usual.length))));
    const done = endOfMonth(addMonths(due, (serial % 3) - 1));
    return { name: node, due, text: null, actual: done < addMonths(today, -1) ? done : null };
  });
  return [...said, ...nodes].sort((a, b) => (a.due < b.due ? -1 : 1));
}
