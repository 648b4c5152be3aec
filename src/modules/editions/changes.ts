import { formatMoney } from '#core/shared/money.ts';
import { percent, rate } from '#core/shared/rate.ts';
import type { Words } from '#core/shared/words.ts';
import type { EditionBody, EditionGroup, EditionProject, EditionSums } from './body.ts';

/** A figure that is not the same in two editions of a month. */
export interface EditionChange {
  /** Where in the edition, as a person reads it: the city, a county, a project. */
  place: Words;
  field: Words;
  old: Words | null;
  new: Words | null;
}

const field = (zh: string, en: string): Words => ({ zh, en });
const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+(\.|$))/g, ',');
const money = (yuan: number | null): Words | null =>
  yuan === null ? null : field(`${grouped(formatMoney(yuan, '万元', 2))}万元`, `CNY ${grouped(`${yuan}`)}`);
const same = (text: string | null): Words | null => (text === null ? null : { zh: text, en: text });
const lights: Record<string, Words> = {
  normal: field('正常', 'normal'),
  warn: field('预警', 'warned'),
  late: field('滞后', 'late'),
  idle: field('未开工', 'not started'),
  ahead: field('提前', 'ahead'),
};
const filings: Record<string, Words> = {
  accepted: field('已报', 'accepted'),
  missing: field('缺报', 'missing'),
  exempt: field('免报', 'exempt'),
};

type Read<T> = readonly [Words, (row: T) => Words | null];

const ofSums: readonly Read<EditionSums>[] = [
  [field('项目数', 'projects'), (s) => same(`${s.projects}`)],
  [field('年度计划', 'plan of the year'), (s) => money(s.planYuan)],
  [field('本月完成', 'done this month'), (s) => money(s.monthYuan)],
  [field('本年累计', 'done this year'), (s) => money(s.doneYuan)],
  [field('完成率', 'completion rate'), (s) => same(withSign(percent(rate(s.doneYuan, s.planYuan), 1, 'half-up')))],
  [field('滞后项目', 'projects late'), (s) => same(`${s.lights.late}`)],
  [field('预警项目', 'projects warned'), (s) => same(`${s.lights.warn}`)],
];
const withSign = (text: string | null): string | null => (text === null ? null : `${text}%`);
const ofGroup: readonly Read<EditionGroup>[] = [
  [field('排名', 'rank'), (g) => same(g.rank === null ? null : `${g.rank}`)],
  ...ofSums,
];
const ofProject: readonly Read<EditionProject>[] = [
  [field('年度计划', 'plan of the year'), (p) => money(p.planYuan)],
  [field('本月完成', 'done this month'), (p) => money(p.monthYuan)],
  [field('本年累计', 'done this year'), (p) => money(p.doneYuan)],
  [field('亮灯', 'light'), (p) => lights[p.light] ?? same(p.light)],
  [field('填报', 'filing'), (p) => filings[p.filing] ?? same(p.filing)],
];

function differences<T>(
  place: Words,
  reads: readonly Read<T>[],
  before: T | undefined,
  after: T | undefined,
): EditionChange[] {
  return reads.flatMap(([name, read]) => {
    const [old, now] = [before && read(before), after && read(after)];
    return old?.zh === now?.zh ? [] : [{ place, field: name, old: old ?? null, new: now ?? null }];
  });
}

/**
 * What a second edition says otherwise than the first: the city's sums, the groups that moved, the projects behind it. In
 * the order in which a reader looks: city, counties, command posts, then projects.
 */
export function editionChanges(before: EditionBody, after: EditionBody): EditionChange[] {
  const groups = (name: Words, of: (body: EditionBody) => EditionGroup[]): EditionChange[] => {
    const [old, now] = [before, after].map((body) => new Map(of(body).map((g) => [g.key, g]))) as [
      Map<string | null, EditionGroup>,
      Map<string | null, EditionGroup>,
    ];
    return [...new Set([...now.keys(), ...old.keys()])].flatMap((key) => {
      const known = (now.get(key) ?? old.get(key))!;
      const place = { zh: `${name.zh} ${known.name}`, en: `${name.en} ${known.name}` };
      return differences(place, ofGroup, old.get(key), now.get(key));
    });
  };
  const old = new Map(before.projects.map((p) => [p.id, p]));
  const now = new Map(after.projects.map((p) => [p.id, p]));
  return [
    ...differences({ zh: '全市', en: 'City' }, ofSums, before.total, after.total),
    ...groups({ zh: '县区', en: 'County' }, (body) => body.counties),
    ...groups({ zh: '指挥部', en: 'Command post' }, (body) => body.commands),
    ...[...new Set([...now.keys(), ...old.keys()])].flatMap((id) => {
      const { name } = (now.get(id) ?? old.get(id))!;
      return differences({ zh: `项目 ${name}`, en: `Project ${name}` }, ofProject, old.get(id), now.get(id));
    }),
  ];
}
