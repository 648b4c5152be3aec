import { describe, expect, test } from 'vitest';
import { pdfOf } from '../testing/pdf-of.ts';
import { type PageItem, textOfPages } from './pdf-line.ts';
import { readIn } from './read-in.ts';

const line = (text: string, x: number, y: number, size = 10): PageItem => ({
  text,
  x,
  y,
  width: text.length * size,
  size,
});

describe('a page of a PDF in order of reading', () => {
  test('two columns of a page follow each other, a title across them stays above', async () => {
    const left = '左栏示例：甲县前三季度完成投资十二亿元，进度快于全市平均水平。'.repeat(8);
    const right = '右栏示例：乙县前三季度完成投资九亿元，仍有三个项目没有开工。'.repeat(8);
    const pdf = await pdfOf(`
      #set page(width: 21cm, height: 29.7cm)
      #align(center)[#text(size: 20pt)[全市重点项目建设情况通报示例文件]]
      #columns(2, gutter: 1cm)[${left} #colbreak() ${right}]
      全市各级各部门要对照示例清单逐项抓好落实，每月五日前报送进展，年底前全部完成示例任务。
    `);
    const { text } = await readIn(pdf);
    const flat = text.replaceAll('\n', '');
    expect(flat.indexOf('全市重点项目建设情况通报示例文件')).toBeLessThan(flat.indexOf('左栏示例'));
    expect(flat).toContain(left);
    expect(flat).toContain(right);
    expect(flat.indexOf(left)).toBeLessThan(flat.indexOf(right));
    expect(flat.indexOf(right)).toBeLessThan(flat.indexOf('全市各级各部门要对照'));
  }, 60_000);

  test('lines of two columns that stand on one height are not mixed, and a table of two columns stays a table', () => {
    const page: PageItem[] = [];
    for (let i = 0; i < 6; i += 1)
      page.push(
        line(`左边第${i}行一共有十二个字`, 50, 700 - i * 15),
        line(`右边第${i}行一共有十二个字`, 300, 700 - i * 15),
      );
    expect(textOfPages([page]).replaceAll('\n', '')).toMatch(/^(?:左边.{10})+(?:右边.{10})+$/);
    const table: PageItem[] = [];
    for (let i = 0; i < 8; i += 1) table.push(line(`第${i}县`, 50, 700 - i * 15), line(`${i}2.5`, 300, 700 - i * 15));
    expect(textOfPages([table])).toContain('| 第1县 | 12.5 |\n| 第2县 | 22.5 |');
  });

  test('the head of a table that is told again on the next page is read once', () => {
    const row = (cells: string[], y: number) => cells.map((cell, i) => line(cell, 50 + i * 120, y));
    const page = (from: number) => [
      ...row(['县区', '计划', '完成'], 700),
      ...[0, 1, 2].flatMap((i) => row([`示例${from + i}县`, '10', '8'], 680 - i * 20)),
    ];
    const text = textOfPages([page(1), page(4)]);
    expect(text.match(/县区/g)).toHaveLength(1);
    expect(text).toContain('| 示例3县 | 10 | 8 |\n| 示例4县 | 10 | 8 |');
  });
});
