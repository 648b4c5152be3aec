import { describe, expect, test } from 'vitest';
import { findingsOf, isExplained, type ProjectMoney, type SourceMoney } from './money-checks.ts';

const wan = (n: number) => n * 10_000;
const source = (over: Partial<SourceMoney> = {}): SourceMoney => ({
  source: 'own',
  label: '企业自筹',
  plannedYuan: wan(1_000),
  arrivedYuan: wan(800),
  arrivedToDateYuan: wan(1_500),
  paidToDateYuan: wan(1_400),
  ...over,
});
const money = (over: Partial<ProjectMoney> = {}): ProjectMoney => ({
  year: 2021,
  totalYuan: wan(5_000),
  planYuan: wan(1_000),
  plannedEverYuan: wan(5_000),
  sources: [source()],
  contracts: [],
  bonds: [],
  ...over,
});
const codes = (m: ProjectMoney) => findingsOf(m).map((f) => f.code);
const sentence = (m: ProjectMoney) => findingsOf(m)[0]!.words;

describe('sources against the total investment', () => {
  test('are compared in a sentence whether they fit or not', () => {
    expect(sentence(money()).zh).toBe('各来源各年计划合计 5,000 万元，总投资 5,000 万元，两者相等');
    expect(sentence(money({ plannedEverYuan: wan(3_800.5) })).zh).toBe(
      '各来源各年计划合计 3,800.5 万元，总投资 5,000 万元，其余 1,199.5 万元尚未登记来源',
    );
  });
  test('ask for an explanation when they exceed it', () => {
    expect(findingsOf(money({ plannedEverYuan: wan(5_200) }))[0]).toMatchObject({
      code: 'sourcesOverTotal',
      severity: 'explain',
      excessYuan: wan(200),
      words: { zh: '各来源各年计划合计 5,200 万元，总投资 5,000 万元，多出 200 万元' },
    });
  });
  test('say nothing while there is no plan or no total', () => {
    expect(codes(money({ plannedEverYuan: 0 }))).toEqual([]);
    expect(codes(money({ totalYuan: null }))).toEqual([]);
  });
});

test('plans of the sources that differ from the annual plan are told, not refused', () => {
  expect(findingsOf(money({ planYuan: wan(1_200) })).at(-1)).toMatchObject({
    code: 'plansDiffer',
    severity: 'inform',
    words: { zh: '2021 年各来源资金计划合计 1,000 万元，年度投资计划 1,200 万元，相差 200 万元' },
  });
});

describe('each source', () => {
  test('may pay this year what arrived last year', () => {
    expect(codes(money())).not.toContain('paidOverArrived');
  });
  test('is queried when more was paid than ever arrived', () => {
    expect(sentence(money({ sources: [source({ paidToDateYuan: wan(1_600) })] })).zh).toBe(
      '企业自筹累计支付 1,600 万元，大于累计到位 1,500 万元',
    );
  });
  test('is queried when more arrived than was planned, also where another source alone was planned', () => {
    expect(codes(money({ sources: [source({ arrivedYuan: wan(1_001) })] }))).toContain('arrivedOverPlanned');
    const unplanned = source({ source: 'loan', label: '银行贷款', plannedYuan: 0, arrivedYuan: 1 });
    expect(codes(money({ sources: [source(), unplanned] }))).toContain('arrivedOverPlanned');
    expect(codes(money({ plannedEverYuan: 0, sources: [unplanned] }))).toEqual([]);
  });
});

describe('payments', () => {
  const contract = { id: 'c', title: '施工总承包', valueYuan: wan(900), paidYuan: wan(900) };
  test('beyond the value of the contract with its modifications are queried', () => {
    expect(codes(money({ contracts: [contract] }))).not.toContain('contractOverpaid');
    expect(findingsOf(money({ contracts: [{ ...contract, paidYuan: wan(901) }] }))[0]).toMatchObject({
      code: 'contractOverpaid',
      excessYuan: wan(1),
      words: { zh: '“施工总承包”已支付 901 万元，大于合同价（含变更）900 万元' },
    });
  });
  test('before there is a contract value are queried', () => {
    expect(sentence(money({ contracts: [{ ...contract, valueYuan: null }] })).zh).toContain('尚无合同价');
  });
  test('of a bond beyond its allotment are queried', () => {
    const bond = { id: 'b', name: '一期债', allottedYuan: wan(10), usedYuan: wan(11) };
    expect(codes(money({ bonds: [bond] }))).toContain('bondOverused');
  });
});

test('an explanation holds until the excess grows', () => {
  const finding = { code: 'paidOverArrived' as const, subject: 'own 2021', excessYuan: 100 };
  expect(isExplained(finding, { ...finding, excessYuan: 100 })).toBe(true);
  expect(isExplained({ ...finding, excessYuan: 101 }, { ...finding, excessYuan: 100 })).toBe(false);
  expect(isExplained(finding, { ...finding, subject: 'own 2022' })).toBe(false);
});
