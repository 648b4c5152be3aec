import { expect, test } from 'vitest';
import { emptyContent, type FilingContent } from './content.ts';
import { defaultFormOf } from './default-forms.ts';
import { isExplanation } from './explanation.ts';
import { blocking, check, type FilingFacts, rules, severities, shipped, toWaive } from './validation.ts';
import { placesOf, type RuleInForce } from './validation-rule.ts';

const wan = (n: number): number => n * 10_000;

/** A quiet September: 4,300 last month, 47,100 so far, plan 86,000 万元 of a hospital that has long begun. */
const facts: FilingFacts = {
  period: '2021-09',
  lastCumulativeYuan: wan(47_100),
  lastPeriod: '2021-08',
  beforeYearYuan: wan(30_000),
  totalYuan: wan(200_000),
  planYuan: wan(86_000),
  planMonthYuan: wan(7_200),
  planToDateYuan: wan(64_500),
  recentMonthYuans: [4_300, 6_000, 6_500, 5_900, 6_100, 5_800].map(wan),
  lastImageProgress: '门诊楼地下室底板完成',
  startedOn: '2020-05-01',
  isCorrection: false,
};
const september: FilingContent = {
  ...emptyContent,
  monthYuan: wan(7_000),
  cumulativeYuan: wan(54_100),
  imageProgress: '门诊楼二层完成',
  photos: [{ fileId: 'a'.repeat(64), name: 'x.jpg', takenAt: '2021-09-20T02:00:00Z', lat: null, lon: null }],
};
const hits = (content: Partial<FilingContent>, more: Partial<FilingFacts> = {}) =>
  check({ ...september, ...content }, { ...facts, ...more });
const byCode = (code: string) => rules.find((r) => r.code === code)!;
const codes = (content: Partial<FilingContent>, more: Partial<FilingFacts> = {}) =>
  hits(content, more).map((h) => h.rule);

test('a filing that follows from last month has no hit', () => {
  expect(hits({})).toEqual([]);
});

test('an amount left open is not a zero and stops the submission', () => {
  expect(codes({ monthYuan: null })).toContain('missing');
  expect(codes({ monthYuan: null, cumulativeYuan: null })).not.toContain('identity');
});

test('last cumulative + this month = cumulative, to the yuan, and the sentence says by how much it is off', () => {
  const hit = hits({ cumulativeYuan: wan(54_200) }).find((h) => h.rule === 'identity');
  expect(hit).toMatchObject({ severity: 'block', field: 'cumulativeYuan' });
  expect(hit!.words.zh).toBe('本年累计 ≠ 上月累计 + 本月完成：应为 54,100 万元，差 100 万元');
  expect(codes({ cumulativeYuan: wan(54_100) + 1 })).toContain('identity');
});

test('in January the cumulative begins at nothing', () => {
  const january = { period: '2021-01', lastCumulativeYuan: 0, lastPeriod: null };
  expect(codes({ monthYuan: wan(7_000), cumulativeYuan: wan(7_000) }, january)).toEqual([]);
});

test('a city that begins in September brings what was done before with its first cumulative', () => {
  const first = { lastCumulativeYuan: 0, lastPeriod: null };
  expect(codes({ cumulativeYuan: wan(54_100) }, first)).toEqual(['opening']);
  expect(codes({ cumulativeYuan: wan(7_000) }, first)).toEqual([]);
  expect(hits({ cumulativeYuan: wan(6_999) }, first)).toMatchObject([{ rule: 'identity', severity: 'block' }]);
});

test('a cumulative falls only by a correction', () => {
  expect(codes({ cumulativeYuan: wan(47_000) })).toContain('falling');
  expect(codes({ cumulativeYuan: wan(47_000) }, { isCorrection: true })).not.toContain('falling');
});

test('a negative amount is refused, in a correction too', () => {
  expect(codes({ monthYuan: -1 })).toContain('negative');
  expect(codes({ monthYuan: -1, cumulativeYuan: wan(47_100) - 1 }, { isCorrection: true })).toEqual([
    'negative',
    'belowPlan',
  ]);
});

test('the cumulative of the project may pass its total by a tenth, and not by a yuan more', () => {
  const exact = { totalYuan: wan(76_450), beforeYearYuan: wan(29_995) };
  expect(codes({}, exact)).toEqual([]);
  expect(hits({}, { ...exact, beforeYearYuan: wan(29_995) + 1 })).toMatchObject([
    { rule: 'overTotal', severity: 'approve' },
  ]);
  expect(codes({}, { totalYuan: null })).toEqual([]);
});

test('money without a start is refused until the day of the start is given', () => {
  expect(codes({}, { startedOn: null })).toEqual(['notStarted']);
  expect(codes({ startedOn: '2021-09-03' }, { startedOn: null })).toEqual([]);
  expect(codes({ monthYuan: 0, cumulativeYuan: wan(47_100), cause: 'permits' }, { startedOn: null })).toEqual([
    'belowPlan',
  ]);
});

test('yuan typed as 万元, or 亿元 as 万元, is seen as a slip of the unit and not as a jump', () => {
  const month = wan(7_000) * 10_000;
  const slip = hits({ monthYuan: month, cumulativeYuan: wan(47_100) + month }, { totalYuan: null });
  expect(slip.map((h) => h.rule)).toEqual(['unitSlip']);
  expect(slip[0]!.words.zh).toContain('单位可能');
  const small = { monthYuan: 7_000, cumulativeYuan: wan(47_100) + 7_000, cause: 'funding' as const };
  expect(codes(small)).toContain('unitSlip');
});

test('wrong input of dispatch.md §2.8, 亿↔万 mix: the sentence names the usual amount and what was probably meant', () => {
  const typedAsYi = { monthYuan: 7_200, cumulativeYuan: wan(47_100) + 7_200, cause: 'funding' as const };
  expect(hits(typedAsYi).find((h) => h.rule === 'unitSlip')!.words.zh).toBe(
    '本月 0.72 万元，前几个月平均约 5,767 万元，相差约一万倍：单位可能是元、万元或亿元填错，是否应为 7,200 万元',
  );
  const month = 7_000 * 1e8 * 1e4;
  const large = { monthYuan: month, cumulativeYuan: wan(47_100) + month };
  expect(hits(large, { totalYuan: null }).find((h) => h.rule === 'unitSlip')!.words.zh).toContain('相差约一亿倍');
});

test('a slip is seen against the plan, against last month, and against the total when nothing else is known', () => {
  const nothing = { recentMonthYuans: [], planMonthYuan: null, lastMonthYuan: null, totalYuan: null };
  const month = { monthYuan: wan(7_000) * 10_000, cumulativeYuan: wan(47_100) + wan(7_000) * 10_000 };
  const against = (more: Partial<FilingFacts>) =>
    hits(month, { ...nothing, ...more }).find((h) => h.rule === 'unitSlip')?.words.zh ?? null;
  expect(against({})).toBeNull();
  expect(against({ planMonthYuan: wan(7_200) })).toContain('本月计划约 7,200 万元');
  expect(against({ lastMonthYuan: wan(4_300) })).toContain('上月约 4,300 万元');
  expect(against({ totalYuan: wan(168_000) })).toContain('按总投资估算每月约 7,000 万元');
});

test('wrong input of dispatch.md §2.8, 本月+上月≠累计: the sentence says what it should be and by how much it is off', () => {
  const [hit] = hits({ cumulativeYuan: wan(54_000) });
  expect([hit!.severity, hit!.words.zh]).toEqual([
    'block',
    '本年累计 ≠ 上月累计 + 本月完成：应为 54,100 万元，差 100 万元',
  ]);
});

test('wrong input of dispatch.md §2.8, start missing: money is refused until the day of the start is given', () => {
  const [hit] = hits({}, { startedOn: null });
  expect([hit!.severity, hit!.field, hit!.words.zh]).toEqual([
    'block',
    'startedOn',
    '有完成投资，但没有实际开工日期；请填实际开工日期',
  ]);
  expect(hits({ startedOn: '2021-10-03' }, { startedOn: null })[0]!.words.zh).toBe(
    '实际开工日期 2021-10-03 在本月以后；还没有开工的，请等开工后再填',
  );
});

test('wrong input of dispatch.md §2.8, dates against the kind of plan, is pointed out', () => {
  const said = (more: Partial<FilingFacts>) => hits({}, more).map((h) => `${h.severity} ${h.words.zh.split('；')[0]}`);
  expect(said({ planKind: 'new' })).toEqual(['inform 计划类型是新开工，实际开工却在 2020-05-01']);
  expect(said({ planKind: 'carried' })).toEqual([]);
  expect(said({ planKind: 'carried', startedOn: '2021-03-01' })).toEqual([
    'inform 计划类型是续建，实际开工却在本年 2021-03-01',
  ]);
  expect(said({ planKind: 'reserve' })).toEqual(['inform 计划类型是预备项目，却有完成投资']);
  expect(said({ planKind: 'finishing', finishPlanned: '2022-06-30' })).toEqual([
    'inform 计划类型是本年竣工，计划竣工却在 2022-06-30',
  ]);
});

test('no rule adds weeks up: only the month asks money, so there is nothing that could be compared', () => {
  expect(rules.map(({ code }) => code)).not.toContain('weeklySum');
  for (const kind of ['weekly', 'halfMonthly'] as const)
    expect(defaultFormOf(kind).fields.filter((field) => field.endsWith('Yuan'))).toEqual([]);
});

test('a city that files rounded figures compares them by intervals', () => {
  const rules = [{ ...shipped(byCode('identity')), version: 1, params: { roundedTo: 10_000 } }];
  expect(codes({ cumulativeYuan: wan(54_101.5) }, { rules })).toEqual([]);
  expect(codes({ cumulativeYuan: wan(54_101.6) }, { rules })).toEqual(['identity']);
});

test('numbers, severity, words and phrases of a rule are the city’s', () => {
  const own = (code: string, change: Partial<RuleInForce>) => ({
    rules: [{ ...shipped(byCode(code)), version: 3, ...change }],
  });
  const low = { monthYuan: wan(3_100), cumulativeYuan: wan(50_200) };
  expect(codes(low, own('belowPlan', { params: { percent: 40 } }))).toEqual([]);
  expect(codes(low, own('belowPlan', { isActive: false }))).toEqual([]);
  const words = { zh: '少 {short} 万元', en: '{short} short' };
  expect(hits(low, own('belowPlan', { severity: 'inform', words }))).toMatchObject([
    { severity: 'inform', version: 3, words: { zh: '少 4,100 万元', en: '4,100 short' } },
  ]);
  const other = { ...low, cause: 'other' as const, explanations: { belowPlan: '详见上月报告内容所述各项' } };
  expect(blocking(hits(other))).toEqual([]);
  expect(blocking(hits(other, own('explanation', { phrases: ['详见上月报告内容所述各项'] })))).toHaveLength(1);
  expect(blocking(hits(other, own('explanation', { params: { least: 20 } })))).toHaveLength(1);
});

test('a small or a large month is not taken for a slip of the unit', () => {
  expect(codes({ monthYuan: wan(70), cumulativeYuan: wan(47_170), cause: 'funding' })).not.toContain('unitSlip');
  expect(codes({ monthYuan: 0, cumulativeYuan: wan(47_100), cause: 'funding' })).not.toContain('unitSlip');
});

test('more than three times the average of the last six months needs an explanation', () => {
  const jump = { monthYuan: wan(17_301), cumulativeYuan: wan(64_401) };
  const [hit] = hits(jump);
  expect(hit).toMatchObject({ rule: 'jump', severity: 'explain', explanation: null });
  expect(codes({ monthYuan: wan(17_300), cumulativeYuan: wan(64_400) })).toEqual([]);
  expect(blocking(hits({ ...jump, explanations: { jump: '核实无误' } }))).toHaveLength(1);
  const words = { jump: '设备款集中到货，附监理第九期计量单' };
  expect(blocking(hits({ ...jump, explanations: words }))).toHaveLength(1);
  const whole = { ...words, 'jump.cause': 'delivery', 'jump.document': '监理计量单第9期' };
  expect(blocking(hits({ ...jump, explanations: whole }))).toEqual([]);
  expect(hits({ ...jump, explanations: whole })[0]!.explanation).toBe(
    '设备材料集中到货：设备款集中到货，附监理第九期计量单（依据：监理计量单第9期）',
  );
  expect(blocking(hits({ ...jump, explanations: { ...whole, 'jump.document': '见附件' } }))).toHaveLength(1);
});

test('a jump is also seen against last month and against the same month of last year', () => {
  const near = { recentMonthYuans: [], planMonthYuan: null };
  expect(codes({}, { ...near, lastMonthYuan: wan(1_400) })).toEqual([]);
  const [hit] = hits({}, { ...near, lastMonthYuan: wan(1_399), lastYearMonthYuan: wan(700) });
  expect(hit).toMatchObject({ rule: 'jump' });
  expect(hit!.words.zh).toBe(
    '本月完成是上月 1,399 万元的 5.0 倍，去年同月 700 万元的 10.0 倍，请选原因、写明情况和依据文号',
  );
});

test('two months are too few to call anything a jump', () => {
  expect(
    codes({ monthYuan: wan(9_000), cumulativeYuan: wan(56_100) }, { recentMonthYuans: [wan(100), wan(100)] }),
  ).not.toContain('jump');
});

test('far below the plan of the month asks for one cause, and 其他 for words', () => {
  const low = { monthYuan: wan(3_100), cumulativeYuan: wan(50_200) };
  expect(hits(low)[0]).toMatchObject({ rule: 'belowPlan', words: { zh: '比本月计划少 4,100 万元，请选一个主因' } });
  expect(blocking(hits(low))).toHaveLength(1);
  expect(blocking(hits({ ...low, cause: 'funding' }))).toEqual([]);
  expect(blocking(hits({ ...low, cause: 'other' }))).toHaveLength(1);
  expect(
    blocking(hits({ ...low, cause: 'other', explanations: { belowPlan: '考古发现墓葬群，工地停工等待勘探' } })),
  ).toEqual([]);
  expect(codes({ monthYuan: wan(4_320), cumulativeYuan: wan(51_420) })).toEqual([]);
});

test('no change is one statement: it asks for no cause, but the reviewer sees what was planned', () => {
  const same = { monthYuan: 0, cumulativeYuan: wan(47_100), unchanged: true };
  expect(blocking(hits(same))).toEqual([]);
  expect(codes(same)).toEqual(['unchangedBelowPlan']);
  expect(codes({ ...same, monthYuan: wan(1), cumulativeYuan: wan(47_101) })).toContain('unchangedAmount');
});

test('money with the old words, without a photo, or with an old photo is a remark and stops nothing', () => {
  const photo = { ...september.photos[0]!, takenAt: '2021-08-30T09:40:00+08:00' };
  const found = [
    ...hits({ imageProgress: '门诊楼地下室底板完成' }),
    ...hits({ photos: [] }),
    ...hits({ photos: [photo] }),
    ...hits({}, { lastPeriod: '2021-06' }),
  ];
  expect(found.map((h) => h.rule)).toEqual(['sameImage', 'noPhoto', 'oldPhoto', 'gap']);
  expect(blocking(found)).toEqual([]);
});

test('a photo of the night of the first, Shanghai time, is of this month', () => {
  const photo = { ...september.photos[0]!, takenAt: '2021-08-31T16:30:00Z' };
  expect(codes({ photos: [photo] })).toEqual([]);
});

test('hits come worst first, and 准强制 must be let pass by name', () => {
  const found = hits({ monthYuan: wan(17_400), cumulativeYuan: wan(99_000), photos: [] }, { totalYuan: wan(60_000) });
  const order = found.map((h) => severities.indexOf(h.severity));
  expect(order).toEqual([...order].sort());
  expect(toWaive(found).map((h) => h.rule)).toEqual(['overTotal']);
});

test('every sentence has the same places in both languages', () => {
  const places = (text: string) => placesOf(text).sort().join();
  const uneven = rules.flatMap((r) =>
    [r.words, ...Object.values(r.otherWords ?? {})].filter((w) => places(w.zh) !== places(w.en)).map(() => r.code),
  );
  // English counts photos within the place.
  expect(uneven).toEqual(['oldPhoto']);
});

test('every rule has a code of its own', () => {
  expect(new Set(rules.map((r) => r.code)).size).toBe(rules.length);
});

test.each([
  ['核实无误', false],
  ['核实无误，核实无误，核实无误', false],
  ['经核实，情况属实，数据无误。', false],
  ['啊啊啊啊啊啊啊啊啊啊啊啊', false],
  ['设备到货', false],
  ['……………………………………', false],
  ['设备款集中到货，附计量单', true],
  ['Steel arrived at once, see the invoice', true],
])('“%s” explains: %s', (text, expected) => {
  expect(isExplanation(text)).toBe(expected);
});
