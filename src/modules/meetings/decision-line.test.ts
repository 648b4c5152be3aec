import { expect, test } from 'vitest';
import { readDecisionLine } from './decision-line.ts';

const names: Record<string, string[]> = {
  市自然资源和规划局: ['市自然资源局', '自然资源和规划局'],
  市财政局: [],
  市住房和城乡建设局: ['市住建局'],
  云溪区: ['云溪区人民政府'],
  城市更新协调指挥部: ['城市更新'],
};
const byName = new Map<string, string>();
for (const [name, others] of Object.entries(names)) for (const one of [name, ...others]) byName.set(one, name);
const findUnit = (text: string) => {
  const name = byName.get(text.replace(/[、，。]/g, ''));
  return name ? [{ id: name, name }] : [];
};
/** Saturdays and Sundays only. */
const workdays = {
  addWorkdays(day: string, n: number) {
    const at = new Date(`${day}T00:00:00Z`);
    for (let left = n; left > 0; ) {
      at.setUTCDate(at.getUTCDate() + 1);
      if (at.getUTCDay() % 6 !== 0) left -= 1;
    }
    return at.toISOString().slice(0, 10);
  },
};
const read = (line: string) => {
  const found = readDecisionLine(line, { on: '2021-09-26', findUnit, workdays });
  return { ...found, lead: found.lead?.name ?? null, co: found.co.map((unit) => unit.name) };
};

test('the unit called 牵头 leads, the one that 配合 helps, and the day is read', () => {
  expect(read('1. 由市自然资源局牵头，市财政局、云溪区配合，10月15日前完成用地报批。')).toMatchObject({
    title: '由市自然资源局牵头，市财政局、云溪区配合，10月15日前完成用地报批。',
    lead: '市自然资源和规划局',
    co: ['市财政局', '云溪区'],
    dueOn: '2021-10-15',
    dueWords: '10月15日前',
    unknown: [],
  });
});

test('without the word 牵头 the first unit leads, and who comes after 会同 helps', () => {
  expect(read('请市住建局会同市财政局于9月底前落实配套资金')).toMatchObject({
    lead: '市住房和城乡建设局',
    co: ['市财政局'],
    dueOn: '2021-09-30',
  });
  expect(read('市财政局配合市住建局抓紧办理')).toMatchObject({
    lead: '市住房和城乡建设局',
    co: ['市财政局'],
    dueOn: null,
  });
});

test('a bracket that says unit and day is read and left out of the title', () => {
  expect(read('（二）加快红线内征拆扫尾（责任单位：云溪区；完成时限：10个工作日内）')).toMatchObject({
    title: '加快红线内征拆扫尾',
    lead: '云溪区',
    dueOn: '2021-10-08',
  });
});

test('the short name of a command post inside the name of a project is no unit', () => {
  expect(read('洞庭湖城市更新项目年内开工')).toMatchObject({ lead: null, dueOn: '2021-12-31' });
  expect(read('由城市更新协调指挥部负责，年内开工')).toMatchObject({ lead: '城市更新协调指挥部' });
});

test('a unit that is not known and words that name no day stay open', () => {
  expect(read('由市发改委牵头，尽快完成可研批复')).toMatchObject({
    lead: null,
    unknown: ['市发改委'],
    dueOn: null,
    dueWords: '尽快',
    dueOpen: 'vague',
  });
  expect(read('市财政局3月底前拨付')).toMatchObject({ lead: '市财政局', dueOn: null, dueOpen: 'past' });
});

test('a line without unit or day is still a decision', () => {
  expect(read('会议决定：成立征拆工作专班')).toMatchObject({
    title: '成立征拆工作专班',
    lead: null,
    co: [],
    dueOn: null,
  });
});
