import type { ShippedRole } from '#core/shared/contract.ts';

/** Whoever tries the product signs in as one of these. The password is printed and the same for all: it guards nothing real. */
export const demoPassword = 'guatu-2021';

export interface DemoAccount {
  username: string;
  name: string;
  role: Exclude<ShippedRole, 'public'>;
  /** Name of the unit of the post; `hq` and `office` stand for the city's own. */
  unit: string;
  title: string;
  what: { zh: string; en: string };
}

export const demoAccounts: readonly DemoAccount[] = [
  {
    username: 'admin',
    name: '系统管理员（示例）',
    role: 'admin',
    unit: 'hq',
    title: '系统管理员',
    what: { zh: '系统管理员', en: 'administrator' },
  },
  {
    username: 'leader',
    name: '市领导甲',
    role: 'leader',
    unit: 'hq',
    title: '指挥长',
    what: { zh: '总指挥部领导', en: 'leader of the headquarters' },
  },
  {
    username: 'office',
    name: '刘敏（示例）',
    role: 'office',
    unit: 'office',
    title: '调度科科长',
    what: { zh: '总指挥部办公室', en: 'office of the headquarters' },
  },
  {
    username: 'traffic',
    name: '陈志刚（示例）',
    role: 'commandPost',
    unit: '交通建设协调指挥部',
    title: '联络员',
    what: { zh: '协调指挥部', en: 'command post' },
  },
  {
    username: 'yunxi',
    name: '方毅（示例）',
    role: 'responsibleUnit',
    unit: '云溪区',
    title: '副区长',
    what: { zh: '责任单位（云溪区）', en: 'responsible unit (one county)' },
  },
  {
    username: 'filer',
    name: '赵琳（示例）',
    role: 'filer',
    unit: '岳阳市交通建设投资集团有限公司',
    title: '填报员',
    what: { zh: '项目单位填报员', en: 'filer of one company' },
  },
  {
    username: 'inspector',
    name: '黎军（示例）',
    role: 'inspector',
    unit: 'office',
    title: '督查员',
    what: { zh: '督查员', en: 'inspector' },
  },
];
