import { describe, expect, test } from 'vitest';
import { ratio } from '#core/shared/rate.ts';
import { ask, isTrue, showReference, showValue } from './answer.ts';
import { bulletinDocument, chineseNumber, type Imprint, plainWords, textOf } from './document.ts';
import { type Content, keyOf, referencesOf, typedNumbers, warningsOf } from './draft.ts';
import { roundingNote, tableOf } from './tables.ts';
import { shippedTemplate, shippedTemplates } from './templates.ts';
import { type SampleOptions, sampleEdition } from './testing/sample-edition.ts';
import { faultsOf, writeContent } from './write.ts';

const imprint: Imprint = {
  number: '示项指办〔2021〕9号',
  issuer: '示例办公室',
  day: '2021-09-30',
  editionVersion: 1,
  editionHash: 'abc',
  correction: null,
};
const written = (code: 'month' | 'halfYear' | 'boards', options: SampleOptions = {}): string => {
  const body = sampleEdition(options);
  return textOf(bulletinDocument(body, writeContent(body, shippedTemplate(code)), imprint));
};
/** One project with just this plan and this done: the city's rate is theirs. */
const single = (planYuan: number, doneYuan: number, lastYear?: number): SampleOptions => ({
  projects: 1,
  isCalm: true,
  period: '2021-10',
  planOf: () => planYuan,
  doneOf: () => doneYuan,
  lastYear: () => lastYear ?? null,
});

describe('figures', () => {
  test('a gap is worked out from the unrounded rate: 629.0 of 647.4 in October is 13.8 points ahead, not 13.9', () => {
    const text = written('month', single(64_740_000_000, 62_900_000_000));
    expect(text).toContain('累计完成投资629.00亿元，占年度计划的97.2%，超时序进度13.8个百分点');
  });
  test('a rate is of sums and never the mean of rates', () => {
    const body = sampleEdition({
      projects: 2,
      isCalm: true,
      planOf: (i) => (i === 1 ? 1_000 : 100_000),
      doneOf: (i) => (i === 1 ? 900 : 10_000),
    });
    const { value } = ask(body, { get: 'rate', rows: { list: 'projects' }, part: 'doneYuan', whole: 'planYuan' });
    expect(value).toEqual(ratio(10_900, 101_000));
  });
  test('money below one 亿 keeps its digits in 万元', () => {
    expect(showValue(ratio(99_990_000, 1), { as: 'money' })).toBe('9999.00万元');
    expect(showValue(ratio(100_000_000, 1), { as: 'money' })).toBe('1.00亿元');
  });
  test('where nothing is planned there is no figure, and no sentence around it', () => {
    const text = written('month', { ...single(0, 0), lastYear: () => 0 });
    expect(text).not.toContain('占年度计划的');
    expect(text).not.toContain('〔无数据〕');
  });
});

describe('sentences', () => {
  test('say 下降, never 增长 with a minus, and 持平 when it would be printed as nought', () => {
    expect(written('month', single(1e10, 5e9, 6e9))).toContain('同比下降16.7%');
    expect(written('month', single(1e10, 6e9, 5e9))).toContain('同比增长20.0%');
    expect(written('month', single(1e10, 5e9, 5_000_100_000))).toContain('同比持平');
  });
  test('are level with the clock when the gap rounds to nought', () => {
    expect(written('month', single(120_000_000_000, 100_000_100_000))).toContain('与时序进度持平');
    expect(written('month', single(12_000_000_000, 9_000_000_000))).toContain('低于时序进度8.3个百分点');
  });
  test('of a calm month tell of nobody late and nobody on the black board', () => {
    const text = written('month', { isCalm: true });
    expect(text).toContain('全市无滞后、预警项目');
    expect(text).toContain('本期无单位列入黑榜');
    expect(text).not.toContain('应开未开项目1');
  });
  test('tell what is left to half of the task only below it', () => {
    expect(written('halfYear', single(1e10, 4e9))).toContain('低10.0个百分点，还需完成投资10.00亿元');
    expect(written('halfYear', single(1e10, 6e9))).toContain('高10.0个百分点');
  });
  test('say that rounded parts may not add up only where they do not', () => {
    const uneven = sampleEdition();
    const even = sampleEdition({ projects: 40, planOf: () => 200_000_000, doneOf: () => 180_000_000, isCalm: true });
    expect(tableOf(uneven, 'counties', { unit: '亿元' }).footnotes).toEqual([roundingNote]);
    expect(tableOf(even, 'counties', { unit: '亿元' }).footnotes).toEqual([]);
  });
});

describe('templates', () => {
  test('name no reference that does not exist, and hold no digits of their own', () => {
    for (const template of shippedTemplates) {
      expect(faultsOf(template)).toEqual([]);
      for (const options of [{}, { isCalm: true }, { period: '2021-01', previous: false }]) {
        const content = writeContent(sampleEdition(options), template);
        const runs = content.blocks.flatMap((block) =>
          block.kind === 'table' ? [] : block.sentences.flatMap((one) => one.runs),
        );
        expect([template.code, typedNumbers(runs)]).toEqual([template.code, []]);
      }
    }
  });
  test('have every reference answered in what they write', () => {
    for (const template of shippedTemplates)
      for (const options of [{}, { isCalm: true }, { projects: 3 }, { period: '2021-01', previous: false }]) {
        const body = sampleEdition(options);
        const content = writeContent(body, template);
        const lacking = [...referencesOf(content).values()].filter((one) => showReference(body, one) === null);
        expect([template.code, lacking]).toEqual([template.code, []]);
      }
  });
  test('write the same for the same edition', () => {
    for (const template of shippedTemplates)
      expect(writeContent(sampleEdition(), template)).toEqual(writeContent(sampleEdition(), template));
  });
});

describe('drafts', () => {
  test('warn of typed numbers and not of document numbers', () => {
    const body = sampleEdition();
    const content: Content = {
      ...writeContent(body, shippedTemplate('boards')),
      blocks: [
        {
          id: 'a',
          kind: 'paragraph',
          sentences: [{ id: 'a1', from: null, runs: [{ kind: 'text', text: '按示发〔2021〕3号，完成12.5亿元。' }] }],
        },
      ],
    };
    expect(warningsOf(content, () => '')).toEqual([
      { blockId: 'a', sentenceId: 'a1', kind: 'typed', text: '12.5亿元' },
    ]);
  });
  test('know a reference by what it asks, in whatever order it is written', () => {
    const format = { as: '%', decimals: 1 };
    const a = keyOf({ query: { get: 'sum', rows: { list: 'total' }, field: 'planYuan' }, format });
    const b = keyOf({
      format: { decimals: 1, as: '%' },
      query: { field: 'planYuan', rows: { list: 'total' }, get: 'sum' },
    });
    expect(a).toBe(b);
  });
  test('number their sections when printed, so that a moved one is right again', () => {
    const body = sampleEdition();
    const content = writeContent(body, shippedTemplate('month'));
    const turned = { ...content, blocks: [...content.blocks].reverse() };
    const first = bulletinDocument(body, turned, imprint).body.find((block) => block.kind === 'heading');
    expect(first).toMatchObject({ text: '一、下步要求' });
    expect([1, 10, 11, 20, 21].map(chineseNumber)).toEqual(['一', '十', '十一', '二十', '二十一']);
    expect(plainWords(body, content.title)).toContain('2021年1—9月');
  });
  test('of a corrected issue say what was and what is', () => {
    const body = sampleEdition();
    const correction = {
      of: 1,
      note: '一笔重复计入',
      changes: [{ place: '全市', field: '本年累计', old: '2.00万元', new: '1.00万元' }],
    };
    const text = textOf(
      bulletinDocument(body, writeContent(body, shippedTemplate('month')), { ...imprint, correction }),
    );
    expect(text).toContain('更正说明');
    expect(text).toContain('全市 | 本年累计 | 2.00万元 | 1.00万元 |');
  });
});

test('a condition is compared as it would be printed', () => {
  const body = sampleEdition(single(120_000_000_000, 100_000_100_000));
  const query = { get: 'gap', rows: { list: 'total' }, part: 'doneYuan', whole: 'planYuan' } as const;
  expect(isTrue(body, { query, op: '>', value: 0 })).toBe(true);
  expect(isTrue(body, { query, op: '>', value: 0, decimals: 1 })).toBe(false);
});
