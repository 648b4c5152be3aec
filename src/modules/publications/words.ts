import type { EditionProject } from '#modules/editions/contract.ts';

// Words of released tables are this module's own and are not changed with those of the register: a bulletin rendered again
// has to come out the same.

export type EditionLight = EditionProject['light'];
export const lightOrder = ['ahead', 'normal', 'warn', 'late', 'idle'] as const satisfies readonly EditionLight[];
/** Colour, shape and word: legible in black and white. */
export const lightLegend: Record<EditionLight, string> = {
  ahead: '蓝◆提前',
  normal: '绿●正常',
  warn: '黄▲预警',
  late: '红■滞后',
  idle: '灰○未开工',
};
export const planKindWords: Record<string, string> = {
  new: '新开工',
  carried: '续建',
  finishing: '竣工',
  reserve: '预备',
};
export const stageWords: Record<string, string> = {
  reserve: '储备',
  signed: '签约',
  preparation: '前期',
  started: '开工',
  enrolled: '入统',
  building: '在建',
  completed: '竣工',
  producing: '投产',
  fullCapacity: '达效',
  suspended: '停建',
  delayed: '缓建',
  terminated: '终止',
  withdrawn: '退库',
};
export const filingWords: Record<string, string> = { accepted: '已报', missing: '缺报', exempt: '免报' };
