import { describe, expect, test } from 'vitest';
import { type Facts, noFacts } from './checklist.ts';
import { type Compared, comparable, crossFindings, hitsOf } from './cross-check.ts';

const owner = '岳阳市交通建设投资集团有限公司';
const facts = (over: Partial<Facts>): Facts => ({ ...noFacts, ...over });
const sound: Compared = {
  approval: facts({ unitName: owner, day: '2020-11-20', totalYuan: 328_000_000, place: '岳阳楼区湖滨街道' }),
  contract: facts({ partyA: owner, day: '2021-03-01' }),
  application: facts({ unitName: owner, totalYuan: 328_000_000 }),
  environment: facts({ unitName: owner, place: '岳阳楼区湖滨街道' }),
  register: { ownerName: owner, totalYuan: 328_000_000 },
};
const with_ = (over: Partial<Compared>) => crossFindings({ ...sound, ...over });

test('papers that agree give no hit and no words', () => {
  const findings = crossFindings(sound);
  expect(findings.map((f) => f.outcome)).toEqual(Array.from({ length: 6 }, () => 'agrees'));
  expect(findings.every((f) => f.words === null)).toBe(true);
});

describe('each of the five refusals is named with both values', () => {
  test('批文单位≠上报单位', () => {
    const [hit] = hitsOf(with_({ application: facts({ unitName: '岳阳市城投集团', totalYuan: 328_000_000 }) }));
    expect(hit).toMatchObject({ check: 'approvalUnitReporting' });
    expect(hit!.words!.zh).toBe(
      '批文单位“岳阳市交通建设投资集团有限公司”与上报单位“岳阳市城投集团”不一致。请以批文单位名义上报；单位更名的，附更名或授权文件',
    );
  });
  test('批文单位≠施工合同甲方', () => {
    const [hit] = hitsOf(with_({ contract: facts({ partyA: '岳阳市住建局', day: '2021-03-01' }) }));
    expect(hit).toMatchObject({ check: 'approvalUnitContract', right: { value: '岳阳市住建局' } });
    expect(hit!.words!.zh).toContain('甲方（发包人）“岳阳市住建局”');
  });
  test('批文时间与合同冲突: signed the day before; the same day is in order', () => {
    const [hit] = hitsOf(with_({ contract: facts({ partyA: owner, day: '2020-11-19' }) }));
    expect(hit!.words!.zh).toContain('签订于 2020-11-19，早于批文日期 2020-11-20');
    expect(hitsOf(with_({ contract: facts({ partyA: owner, day: '2020-11-20' }) }))).toEqual([]);
  });
  test('批文总投资≠申请表总投资, to the yuan', () => {
    const [hit] = hitsOf(with_({ application: facts({ unitName: owner, totalYuan: 328_000_001 }) }));
    expect(hit!.words!.zh).toContain('“32800万元”与总投资“32800.0001万元”不一致');
  });
  test('单位名称、地点 differ between 批文 and 环评: two hits', () => {
    const hits = hitsOf(with_({ environment: facts({ unitName: '岳阳市交投', place: '云溪区' }) }));
    expect(hits.map((h) => [h.check, h.right.value])).toEqual([
      ['approvalEnvironment', '岳阳市交投'],
      ['approvalEnvironment', '云溪区'],
    ]);
  });
});

test('names that differ only in width, brackets or spaces are no hit, and never silently equal', () => {
  const findings = with_({ contract: facts({ partyA: '岳阳市交通建设投资集团　有限公司', day: '2021-03-01' }) });
  expect(hitsOf(findings)).toEqual([]);
  expect(findings[1]).toMatchObject({ outcome: 'alike', words: { zh: expect.stringContaining('请确认写法') } });
  expect(comparable('湖南（岳阳）投资〔集团〕ＡＢＣ 公司')).toBe(comparable('湖南(岳阳)投资(集团)abc公司'));
  expect(comparable('岳阳交投')).not.toBe(comparable('岳阳市交投'));
});

test('what has not been read off leaves the check open, neither agreed nor hit', () => {
  const findings = with_({ contract: noFacts, environment: noFacts });
  expect(findings.map((f) => f.outcome)).toEqual(['agrees', 'open', 'open', 'agrees', 'open', 'open']);
});

test('without an application the register is compared, and named as such', () => {
  const findings = with_({ application: noFacts, register: { ownerName: '岳阳市城投集团', totalYuan: 1 } });
  expect(hitsOf(findings).map((h) => h.words!.zh)).toEqual([
    expect.stringContaining('台账业主单位“岳阳市城投集团”'),
    expect.stringContaining('台账总投资“0.0001万元”'),
  ]);
});
