import type { Words } from '#core/shared/words.ts';
import { readLinks } from './link-text.ts';
import type { Task } from './shapes.ts';

/** Level, name, duration in working days (0 is a milestone), predecessors by row as schedulers write them. */
type Row = readonly [level: number, name: string, days: number, links?: string];

export interface Template {
  code: string;
  name: Words;
  /** Words in a project's name or board that speak for it. */
  hints: readonly string[];
  rows: readonly Row[];
}

/**
 * Usual sequences of work by kind of project, to begin from. Nodes are worded as headquarters word them (基础完工,
 * 结构封顶, 土建和水电完工, 设备安装完成, 试运行, 竣工投产); durations are round figures to be corrected, no norm.
 */
export const templates: readonly Template[] = [
  {
    code: 'building',
    name: { zh: '房建（医院、学校、安置房）', en: 'Building (hospital, school, housing)' },
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
      '中心',
      '大厦',
      '社区',
      '养老',
      '文化',
      '体育',
      '馆',
    ],
    rows: [
      [1, '施工准备', 0],
      [2, '施工许可办理', 15],
      [2, '场地平整及临建', 20, '2SS+5'],
      [1, '开工', 0, '2,3'],
      [1, '基础工程', 0],
      [2, '桩基施工', 30, '4'],
      [2, '基坑支护及土方开挖', 25, '6SS+15'],
      [2, '承台、地梁及地下室', 35, '6,7'],
      [2, '基础完工', 0, '8'],
      [1, '主体结构', 0],
      [2, '裙房主体', 35, '9'],
      [2, '塔楼主体', 70, '11SS+20'],
      [2, '结构封顶', 0, '11,12'],
      [2, '主体结构验收', 8, '13'],
      [1, '土建和水电', 0],
      [2, '砌体工程', 40, '12SS+30'],
      [2, '水电管线预埋及安装', 50, '16SS+10'],
      [2, '屋面及外立面', 45, '14'],
      [2, '室内装修', 55, '16,17FS-20'],
      [2, '土建和水电完工', 0, '17,18,19'],
      [1, '设备安装', 0],
      [2, '电梯安装', 30, '14FS+5'],
      [2, '消防、暖通、弱电', 45, '17SS+25'],
      [2, '设备安装完成', 0, '22,23'],
      [1, '室外工程', 0],
      [2, '道路管网', 25, '18SS+20'],
      [2, '绿化及附属', 15, '26'],
      [1, '竣工', 0],
      [2, '专项验收（消防、规划、人防）', 15, '20,24,27'],
      [2, '竣工验收', 5, '29'],
      [2, '竣工交付', 0, '30'],
    ],
  },
  {
    code: 'road',
    name: { zh: '公路、城市道路', en: 'Road' },
    hints: ['公路', '路', '国道', '省道', '高速', '环线', '快速路', '大道', '桥', '互通', '通道'],
    rows: [
      [1, '征拆交地', 30],
      [1, '开工', 0, '1SS+15'],
      [1, '路基工程', 0],
      [2, '清表及软基处理', 40, '2'],
      [2, '路基土石方', 70, '4SS+15'],
      [2, '防护及排水', 50, '5SS+25'],
      [2, '路基完工', 0, '5,6'],
      [1, '桥涵工程', 0],
      [2, '桩基及下部结构', 60, '2FS+10'],
      [2, '梁板预制', 50, '9SS+20'],
      [2, '架梁', 20, '9,10FS-10'],
      [2, '桥面系', 20, '11'],
      [2, '桥梁贯通', 0, '12'],
      [1, '路面工程', 0],
      [2, '底基层、基层', 35, '7FS-10'],
      [2, '沥青面层', 25, '15,13'],
      [2, '路面完工', 0, '16'],
      [1, '交安、照明及绿化', 30, '16SS+10'],
      [1, '主线通车', 0, '17,18'],
      [1, '交工验收', 10, '19'],
      [1, '竣工通车', 0, '20'],
    ],
  },
  {
    code: 'water',
    name: { zh: '水利', en: 'Water works' },
    hints: ['水库', '堤', '防洪', '灌区', '泵站', '河', '湖', '水利', '除险', '内湖', '渠', '治理'],
    rows: [
      [1, '施工导流及围堰', 25],
      [1, '开工', 0, '1SS'],
      [1, '基础处理', 0],
      [2, '清基及开挖', 25, '1'],
      [2, '防渗墙、灌浆', 40, '4SS+10'],
      [2, '基础完工', 0, '4,5'],
      [1, '主体工程', 0],
      [2, '堤身（坝体）填筑', 50, '6'],
      [2, '混凝土护坡', 35, '8SS+20'],
      [2, '闸站土建', 55, '6'],
      [2, '度汛断面完成', 0, '8,9FS-10'],
      [2, '主体完工', 0, '9,10'],
      [1, '金属结构及机电', 0],
      [2, '闸门、启闭机安装', 25, '10'],
      [2, '电气及自动化', 25, '14SS+10'],
      [2, '设备安装完成', 0, '14,15'],
      [1, '管理设施及环境恢复', 20, '12'],
      [1, '试运行', 15, '12,16'],
      [1, '单位工程验收', 8, '17,18'],
      [1, '竣工验收', 0, '19'],
    ],
  },
  {
    code: 'factory',
    name: { zh: '工业厂房、产业项目', en: 'Factory' },
    hints: [
      '厂',
      '产业',
      '生产线',
      '基地',
      '制造',
      '园',
      '化工',
      '己内酰胺',
      '设备',
      '电子',
      '食品',
      '仓',
      '物流',
      '新材料',
      '技改',
    ],
    rows: [
      [1, '前期手续', 0],
      [2, '环评、能评批复', 25],
      [2, '施工许可', 15, '2SS+10'],
      [1, '开工', 0, '2,3'],
      [1, '厂房基础', 0],
      [2, '桩基', 25, '4'],
      [2, '独立基础及地梁', 25, '6SS+12'],
      [2, '基础完工', 0, '6,7'],
      [1, '主体', 0],
      [2, '钢结构制作', 40, '4FS+5'],
      [2, '钢结构吊装', 30, '8,10FS-15'],
      [2, '屋面及围护', 25, '11FS-10'],
      [2, '主体完工', 0, '11,12'],
      [1, '地坪、水电及消防', 40, '13FS-5'],
      [1, '土建和水电完工', 0, '14'],
      [1, '设备', 0],
      [2, '设备订货及到货', 90, '4'],
      [2, '设备安装', 45, '15FS-15,17'],
      [2, '设备安装完成', 0, '18'],
      [2, '单机、联动调试', 20, '19'],
      [1, '试运行', 30, '20'],
      [1, '竣工验收', 8, '21FS-10'],
      [1, '投产', 0, '21,22'],
    ],
  },
  {
    code: 'pipeline',
    name: { zh: '市政管网、污水处理', en: 'Pipes and sewage' },
    hints: ['管网', '污水', '供水', '雨污', '燃气', '管廊', '电力', '垃圾'],
    rows: [
      [1, '管线探测及迁改方案', 20],
      [1, '开工', 0, '1'],
      [1, '管网工程', 0],
      [2, '一标段沟槽及敷管', 50, '2'],
      [2, '二标段沟槽及敷管', 50, '2FS+15'],
      [2, '检查井及附属', 40, '4SS+20,5SS+10'],
      [2, '闭水试验', 12, '4,5,6'],
      [2, '管网贯通', 0, '7'],
      [1, '厂站工程', 0],
      [2, '构筑物土建', 60, '2FS+10'],
      [2, '设备安装', 35, '10FS-10'],
      [2, '设备安装完成', 0, '11'],
      [1, '路面恢复', 20, '7SS+4'],
      [1, '联动调试', 15, '8,12'],
      [1, '通水试运行', 20, '14'],
      [1, '竣工投运', 0, '13,15'],
    ],
  },
];

/** The tasks of a template, numbered from `firstUid`. */
export function tasksOf(template: Template, firstUid = 1): Task[] {
  const numbered = template.rows.map((_, i) => ({ uid: firstUid + i }));
  return template.rows.map(([level, name, days, text = ''], i) => {
    const { links, wrong } = readLinks(text, numbered);
    if (!links) throw new Error(`Template ${template.code}, row ${i + 1}: ${wrong}`);
    return {
      uid: firstUid + i,
      name,
      level,
      days,
      links,
      constraint: null,
      deadline: null,
      unit: null,
      note: null,
    };
  });
}

/** The template whose hints the project's words meet most; the first one when none does. */
export function templateFor(words: string): Template {
  const scores = templates.map((one) => one.hints.filter((hint) => words.includes(hint)).length);
  return templates[scores.indexOf(Math.max(...scores))]!;
}
