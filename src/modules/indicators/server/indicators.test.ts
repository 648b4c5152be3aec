import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestCity, testCity } from '#core/server/testing/test-city.ts';
import { dispatch } from '#modules/dispatch/contract.ts';
import { ensureUnit } from '#modules/organization/server/public.ts';
import { projects } from '#modules/projects/contract.ts';
import { indicators } from '../contract.ts';
import { shippedDefinitions } from '../shipped.ts';
import { showFigure } from '../show.ts';
import { indicatorFigures, type Moments } from './public.ts';

let city: TestCity;
const unit: string[] = [];
const definition = (code: string) => shippedDefinitions.find((d) => d.code === code)!;

beforeAll(async () => {
  city = await testCity({ today: '2021-09-30' });
  const office = city.as({ role: 'office' });
  for (const name of ['临湖县', '沿江区'])
    unit.push((await city.system((scope) => ensureUnit(scope, { name, kind: 'county' }))).id);
  // 11 planned starts in two counties: 9 of 10 started in the one, none of 1 in the other.
  for (let i = 0; i < 11; i++)
    await office(projects).create({
      name: `示例项目${i}`,
      countyUnitId: unit[i < 10 ? 0 : 1]!,
      planKind: 'new',
      stage: i < 9 ? 'building' : 'preparation',
      startPlanned: { day: '2021-03-01', precision: 'day', text: null },
      ...(i < 9 && { startActual: { day: '2021-04-01', precision: 'day', text: null } }),
      plan: { year: 2021, planYuan: 100_000_000, goal: null },
    });
});
afterAll(() => city.close());

describe('indicators', () => {
  it('are worked out for the whole and for each group from sums, as the rates page works them out', async () => {
    const office = city.as({ role: 'office' });
    const { whole, groups } = await office(indicators).groups({ code: 'startOfYear', by: 'county' });
    const shown = groups.map((g) => [g.name, g.members, showFigure(g.figure, definition('startOfYear'), 'zh')]);
    expect(shown).toEqual([
      ['临湖县', 10, '90.00%'],
      ['沿江区', 1, '0.00%'],
    ]);
    expect(showFigure(whole, definition('startOfYear'), 'zh')).toBe('81.82%');
    const table = await office(dispatch).rates({ day: '2021-09-30', by: 'county' });
    const tally = table.rates.find((r) => r.code === 'startOfYear')!.tallies.adjusted.projects;
    expect(tally).toEqual({ numerator: 9, denominator: 11 });
  });

  it('say “—” and why where there is no number', async () => {
    const { indicators: all } = await city.as({ role: 'office' })(indicators).list({});
    const of = (code: string) => all.find((i) => i.definition.code === code)!;
    expect(of('finish').whole).toEqual({ missing: 'zeroDenominator', name: null });
    expect(showFigure(of('finish').whole, of('finish').definition, 'zh')).toBe('—（分母为零）');
    expect(of('growth').whole).toMatchObject({ missing: expect.any(String) });
    expect(of('invest').users).toEqual(['gap', 'gain']);
  });

  it('are tried without being saved, with the place of a fault', async () => {
    const api = city.as({ role: 'office' })(indicators);
    const own = {
      ...definition('startOfYear'),
      code: 'double',
      name: { zh: '两倍开工率', en: '' },
      formula: '开工率占全年 × 2',
    };
    expect(await api.test({ definition: own })).toMatchObject({ fault: null, groups: { length: 2 } });
    const broken = await api.test({ definition: { ...own, formula: '合计(本年完成) + 个数(已开工)' } });
    expect(broken).toMatchObject({ fault: { indicator: 'double', from: 11, to: 18 } });
    expect((await api.list({})).indicators.some((i) => i.definition.code === 'double')).toBe(false);
  });

  it('are saved as versions, refuse a moved version and a circle, and are not withdrawn while in use', async () => {
    const api = city.as({ role: 'office' })(indicators);
    const own = {
      ...definition('startOfYear'),
      code: 'weighted',
      name: { zh: '加权率', en: '' },
      formula: '开工率占全年 × 0.4 + 投资完成率 × 0.6',
    };
    expect(await api.save({ definition: own, version: 0, reason: '考核需要' })).toEqual({ version: 1 });
    await expect(api.save({ definition: own, version: 0, reason: '又来一次' })).rejects.toMatchObject({
      code: 'moved',
    });
    await expect(
      api.save({ definition: { ...definition('invest'), formula: '加权率' }, version: 0, reason: '绕圈' }),
    ).rejects.toMatchObject({ code: 'formula', words: { zh: expect.stringContaining('互相引用成圈') } });
    await api.save({
      definition: { ...own, code: 'half', name: { zh: '半率', en: '' }, formula: '加权率 ÷ 2' },
      version: 0,
      reason: '引用它',
    });
    await expect(api.withdraw({ code: 'weighted', reason: '不用了' })).rejects.toMatchObject({ code: 'in_use' });
    await api.withdraw({ code: 'half', reason: '不用了' });
    await api.withdraw({ code: 'weighted', reason: '不用了' });
    expect((await api.history({ code: 'weighted' })).map((v) => [v.version, v.definition === null])).toEqual([
      [2, true],
      [1, false],
    ]);
    await expect(api.withdraw({ code: 'invest', reason: '不用了' })).rejects.toMatchObject({ code: 'shipped' });
  });

  it('show a county only its own projects, and let it define nothing', async () => {
    const county = city.as({ role: 'responsibleUnit', unitIds: [unit[1]!] });
    const { groups } = await county(indicators).groups({ code: 'startOfYear', by: 'county' });
    expect(groups.map((g) => [g.name, g.members])).toEqual([['沿江区', 1]]);
    await expect(
      county(indicators).save({ definition: definition('invest'), version: 0, reason: '试试' }),
    ).rejects.toMatchObject({ status: 403 });
  });

  it('read the register once for several calls of one work, and earlier days only for formulas that look back at them', async () => {
    await city.system(async (scope) => {
      const moments: Moments = new Map();
      const daysRead = () => [...moments.keys()].map((key) => key.slice(0, 10)).sort();
      const at = { day: '2021-08-31', by: ['county'] as const };
      const alone = await indicatorFigures(scope, { ...at, codes: ['invest'], moments });
      expect(daysRead()).toEqual(['2021-08-31']);
      const read = moments.get([...moments.keys()][0]!);
      const back = await indicatorFigures(scope, { ...at, codes: ['growth', 'gain'], moments });
      expect(daysRead()).toEqual(['2020-08-31', '2021-08-31']);
      expect([...moments.values()]).toContain(read);
      const all = await indicatorFigures(scope, at);
      const only = (codes: string[]) => all.filter((one) => codes.includes(one.definition.code));
      expect(alone).toEqual(only(['invest']));
      expect(back).toEqual(only(['growth', 'gain']));
    });
  });
});
