import type { Scope } from '#core/server/scope.ts';
import { findAccountId, insertAccountWithRoles } from '#modules/identity/server/public.ts';
import { ensureUnit, findHeadquarters, insertPerson, unitsByName } from '#modules/organization/server/public.ts';
import { demoAccounts, demoPassword } from '../accounts.ts';

/** Posts and units of the demonstration begin here, so that every day it can show lies after it. */
export const ever = '2000-01-01';
const reason = '示例城市';

const commandPosts = [
  '石化产业',
  '港口物流',
  '能源电力',
  '电子信息',
  '装备制造',
  '食品加工',
  '现代农业',
  '园区建设',
  '新型基础设施',
  '交通建设',
  '水利建设',
  '城市更新',
  '教育建设',
  '卫生健康',
  '文化旅游',
  '生态环保',
];
/** Last year's, dissolved with it: the command structure of a year stays true afterwards. */
const dissolved = ['疫情防控物资保障', '汛后恢复重建'];

/** Command posts of this year and last, the departments that counties answer through, and banks. */
export async function ensureUnits(scope: Scope): Promise<void> {
  const year = Number(scope.today.slice(0, 4));
  for (const name of commandPosts)
    await ensureUnit(scope, {
      name: `${name}协调指挥部`,
      shortName: name,
      kind: 'commandPost',
      validFrom: `${year - 1}-01-01`,
      reason,
    });
  for (const name of dissolved)
    await ensureUnit(scope, {
      name: `${name}协调指挥部`,
      shortName: name,
      kind: 'commandPost',
      validFrom: `${year - 1}-01-01`,
      validTo: `${year - 1}-12-31`,
      reason,
    });
  const counties = (await unitsByName(scope)).all.filter((unit) => unit.kind === 'county');
  for (const county of counties) {
    const isZone = /区$/.test(county.name) && /开发区|新区|新港区|管理区/.test(county.name);
    await ensureUnit(scope, {
      name: `${county.name}${isZone ? '管理委员会' : '人民政府'}`,
      shortName: county.shortName ?? county.name,
      kind: 'department',
      parentId: county.id,
      validFrom: ever,
      reason,
    });
  }
  for (const name of ['岳阳市发展和改革委员会', '岳阳市公共资源交易中心'])
    await ensureUnit(scope, { name, kind: 'department', validFrom: ever, reason });
  for (const name of ['岳阳市交通建设投资集团有限公司', '岳阳市国有资产经营有限责任公司'])
    await ensureUnit(scope, {
      name,
      shortName: name
        .replace(/^岳阳市|有限(责任)?公司$/g, '')
        .replace('交通建设投资集团', '市交投集团')
        .replace('国有资产经营', '市国资经营'),
      kind: 'stateFirm',
      validFrom: ever,
      reason,
    });
  for (const name of ['示例银行岳阳分行', '示例农商银行'])
    await ensureUnit(scope, { name, kind: 'bank', validFrom: ever, reason });
}

/** The people who can sign in, each with one post and one role. An account that exists already stays as it is. */
export async function ensureAccounts(scope: Scope): Promise<void> {
  const headquarters = (await findHeadquarters(scope))!;
  const units = await unitsByName(scope);
  const office = units.all.find((unit) => unit.kind === 'office')!;
  // A county's government goes by the county's short name: who answers for the county stands above both.
  const unitNamed = (name: string) => {
    const found = units.find(name);
    return found.find(({ kind }) => kind === 'county') ?? found[0]!;
  };
  for (const { username, name, role, unit, title } of demoAccounts) {
    if (await findAccountId(scope, username)) continue;
    const unitId = unit === 'hq' ? headquarters.id : unit === 'office' ? office.id : unitNamed(unit).id;
    const { personId, postId } = await insertPerson(scope, { name, unitId, title, validFrom: ever, reason });
    await insertAccountWithRoles(scope, {
      personId,
      username,
      password: demoPassword,
      mustChangePassword: false,
      grants: [{ postId, role, validFrom: ever }],
    });
  }
}
