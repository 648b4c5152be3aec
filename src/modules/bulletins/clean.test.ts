import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanText } from './clean.ts';
import { cleanSpan, originalSpan } from './mapped-text.ts';

const clean = (text: string) => cleanText(text).clean;

describe('cleaning', () => {
  test('takes readings out, only behind a character and only with a tone mark', () => {
    expect(clean('示例項(xiàng)目已開(kāi)工(app)')).toBe('示例项目已开工(app)');
  });

  test('simplifies a traditional text and leaves a simplified one as it is', () => {
    expect(clean('岳陽市重點項目進展順利，總投資達標')).toBe('岳阳市重点项目进展顺利，总投资达标');
    expect(clean('组织学习原著，著名企业落户')).toBe('组织学习原著，著名企业落户');
  });

  test('reads shifted bytes again where they prove themselves, and marks what is lost behind them', () => {
    const { clean, unreadable } = cleanText('日氛圍?!敖衲暌咔橛兴磸?,我們(men)上場(chǎng)了項(xiàng)目開(kāi)工');
    expect(clean.startsWith('日氛围。“今年疫情有')).toBe(true);
    expect(unreadable.map((one) => one.text)).toEqual(['兴磸?']);
  });

  test('marks a lost month, amount or reading, and never what is merely asked', () => {
    const lost = (text: string) => cleanText(text).unreadable.map((one) => one.text);
    expect(lost('责任担当?!?月19日下午')).toEqual(['?!?月19日']);
    expect(lost('完成投资1?3亿元')).toEqual(['1?3亿元']);
    expect(lost('实现?p过半')).toEqual(['?p']);
    expect(lost('存在什么困难吗?目前都好。真的吗?!')).toEqual([]);
  });

  test('joins a sentence that a page break cut, and no heading with what follows', () => {
    const cut =
      '全市重点项目推进会召开，会议由市委常委、市政府党组副书记、市委常委、常务副\n\n市长李季主持，有关单位参加。';
    expect(clean(cut)).toContain('常务副市长李季主持');
    const heading = '关于重点项目推进情况的通报\n\n今年以来，全市项目进展顺利。';
    expect(clean(heading)).toBe(heading);
  });

  test('makes figures half-width and drops spaces within them, not those between names', () => {
    expect(clean('共 502 个，１－８月完成 ３．５亿元')).toBe('共502个，1-8月完成3.5亿元');
    expect(clean('（记者 张三 李四）')).toContain('张三 李四');
  });

  test('drops marks that turn writing round', () => {
    expect(clean('完成\u202e投资\u200f5亿元\ufeff')).toBe('完成投资5亿元');
  });

  test('keeps a table with its unit and its heads', () => {
    const { tables, clean } = cleanText(
      '汇总表\n单位：亿元\n县区 | 计划 | 完成 |\n甲县 | 10 | 8.5 |\n乙县 | 20 | 15 |\n',
    );
    expect(tables[0]).toMatchObject({ unit: '亿元', headerRows: 1 });
    const cell = tables[0]!.rows[1]!.cells[2]!;
    expect([cell.text, clean.slice(cell.span.start, cell.span.end)]).toEqual(['8.5', '8.5']);
  });

  test('splits a page at its titles and datelines, not at the headings of a story', () => {
    const page =
      '城区示例大桥通车\n\n本报讯(记者 张三)示例大桥昨日通车。\n\n坚定信心,抓好落实\n\n各方称赞。\n\n示例园区开工\n\n本报讯(记者 李四)示例园区开工。';
    const { articles, clean } = cleanText(page);
    expect(articles.map(({ title }) => clean.slice(title.start, title.end))).toEqual([
      '城区示例大桥通车',
      '示例园区开工',
    ]);
  });
});

test('every span of the clean text maps to a span of the original that cleans to it again', () => {
  const piece = fc.constantFrom(
    '項(xiàng)目',
    '建設(shè)',
    '完成',
    '295.9亿元',
    '１２',
    '，',
    '。',
    '開工',
    '(app)',
    '甲',
    '投資',
  );
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 30 }), fc.nat(), fc.nat(), (pieces, a, b) => {
      const original = pieces.join('');
      const text = cleanText(original, { traditional: true });
      const [start, end] = [a % (text.clean.length + 1), b % (text.clean.length + 1)].toSorted((x, y) => x - y) as [
        number,
        number,
      ];
      const span = originalSpan(text, { start, end });
      expect(cleanText(original.slice(span.start, span.end), { traditional: true }).clean).toBe(
        text.clean.slice(start, end),
      );
      expect(cleanSpan(text, span)).toEqual({ start, end });
    }),
  );
});
