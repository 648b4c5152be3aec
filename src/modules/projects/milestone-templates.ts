import { addDays, daysBetween } from '#core/shared/day.ts';
import type { Words } from '#core/shared/words.ts';

export interface MilestoneTemplate {
  code: string;
  name: Words;
  /** Words in a project's name, board or content that speak for it. */
  hints: readonly string[];
  /** Node as headquarters word it, and where it usually lies between start (0) and finish (1). */
  nodes: readonly (readonly [name: string, share: number])[];
}

/**
 * Nodes by kind of project, offered while a project has none. Wording of 监利's monthly table (基础完工、结构封顶、土建和
 * 水电完工、设备安装完成、试运行、竣工投产) and its like for roads and water works; shares are a beginning, no norm.
 */
export const milestoneTemplates: readonly MilestoneTemplate[] = [
  {
    code: 'building',
    name: { zh: '房建', en: 'Building' },
    hints: [
      '医院',
      '学校',
      '小学',
      '中学',
      '大学',
      '安置',
      '棚改',
      '住房',
      '公寓',
      '大厦',
      '社区',
      '养老',
      '文化',
      '体育',
      '馆',
    ],
    nodes: [
      ['正式开工', 0],
      ['基础完工', 0.2],
      ['结构封顶', 0.5],
      ['土建和水电完工', 0.78],
      ['设备安装完成', 0.9],
      ['竣工验收', 1],
    ],
  },
  {
    code: 'factory',
    name: { zh: '工业厂房', en: 'Factory' },
    hints: ['厂', '产业', '生产线', '基地', '制造', '化工', '己内酰胺', '电子', '食品', '新材料', '技改', '物流', '仓'],
    nodes: [
      ['正式开工', 0],
      ['基础完工', 0.18],
      ['主体完工', 0.42],
      ['土建和水电完工', 0.6],
      ['设备安装完成', 0.82],
      ['试运行', 0.9],
      ['投产', 1],
    ],
  },
  {
    code: 'road',
    name: { zh: '公路', en: 'Road' },
    hints: ['公路', '路', '国道', '省道', '高速', '环线', '大道', '桥', '互通', '通道'],
    nodes: [
      ['交地开工', 0],
      ['路基完工', 0.42],
      ['桥梁贯通', 0.65],
      ['路面完工', 0.88],
      ['主线通车', 0.95],
      ['交工验收', 1],
    ],
  },
  {
    code: 'water',
    name: { zh: '水利', en: 'Water works' },
    hints: ['水库', '堤', '防洪', '灌区', '泵站', '河', '湖', '水利', '除险', '渠'],
    nodes: [
      ['正式开工', 0],
      ['基础完工', 0.25],
      ['度汛断面完成', 0.5],
      ['主体完工', 0.75],
      ['设备安装完成', 0.88],
      ['试运行', 0.95],
      ['竣工验收', 1],
    ],
  },
  {
    code: 'pipeline',
    name: { zh: '市政管网', en: 'Pipes' },
    hints: ['管网', '污水', '供水', '雨污', '燃气', '管廊', '电力', '垃圾'],
    nodes: [
      ['正式开工', 0],
      ['管网贯通', 0.6],
      ['设备安装完成', 0.8],
      ['通水试运行', 0.92],
      ['竣工投运', 1],
    ],
  },
];

/** The template whose hints the words of a project meet most; the first when none does. */
export function milestoneTemplateFor(words: string): MilestoneTemplate {
  const scores = milestoneTemplates.map(({ hints }) => hints.filter((hint) => words.includes(hint)).length);
  return milestoneTemplates[scores.indexOf(Math.max(...scores))]!;
}

/** The nodes with days spread between start and finish; without both there are names only. */
export function nodesFrom(
  { nodes }: MilestoneTemplate,
  start: string | null,
  finish: string | null,
): { name: string; due: string | null }[] {
  const days = start && finish && finish > start ? daysBetween(start, finish) : null;
  return nodes.map(([name, share]) => ({
    name,
    due: start && days !== null ? addDays(start, Math.round(days * share)) : null,
  }));
}
