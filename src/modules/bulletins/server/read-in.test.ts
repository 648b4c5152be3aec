import { describe, expect, test } from 'vitest';
import { Press } from '#core/server/document/press.ts';
import { docxOf, p, table } from '#core/server/document/read/testing/docx-of.ts';
import { Problem } from '#core/server/errors.ts';
import { cleanText } from '../clean.ts';
import { readIn } from './read-in.ts';
import { decodeChinese } from './text-encoding.ts';

const codeOf = async (bytes: Uint8Array) => {
  const problem = await readIn(bytes).then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(problem).toBeInstanceOf(Problem);
  expect((problem as Problem).words.zh).not.toBe('');
  expect((problem as Problem).words.en).not.toBe('');
  return (problem as Problem).code;
};

describe('reading in', () => {
  test('a PDF gives its lines, its tables between bars, and paragraphs without line ends', async () => {
    const press = new Press();
    const sentence = '1—9月，全市316个重点项目累计完成投资474.5亿元，为年投资计划的74.1%。';
    const pdf = await press.print(
      {
        title: '示例通报',
        body: [
          { kind: 'paragraph', text: sentence.repeat(4) },
          {
            kind: 'table',
            columns: [{ header: '县区' }, { header: '计划' }, { header: '完成' }],
            rows: [
              ['甲县', 10, 8],
              ['乙县', 20, 15],
            ],
          },
        ],
      },
      'pdf',
    );
    const { kind, text } = await readIn(pdf);
    expect(kind).toBe('pdf');
    expect(text).toContain(sentence.repeat(4));
    expect(cleanText(text).tables[0]!.rows.map((row) => row.cells.map((cell) => cell.text))).toContainEqual([
      '乙县',
      '20',
      '15',
    ]);
    press.stop();
  }, 60_000);

  test('a Word table keeps its merged heads', async () => {
    const { text } = await readIn(
      docxOf(
        p('情况') +
          table([
            ['县区', { text: '投资', columns: 2 }],
            ['甲县', '10.5', '8.2'],
          ]),
      ),
    );
    expect(text).toContain('| 县区 | 投资 ||\n| 甲县 | 10.5 | 8.2 |');
    expect(cleanText(text).tables[0]!.rows[0]!.cells[1]).toMatchObject({ text: '投资', colSpan: 2 });
  }, 60_000);

  test('a bulletin in Big5 and one in GB18030 are told apart', async () => {
    // 全市重點項目完成投資 in Big5; 全市重点项目完成投资 in GB18030.
    const big5 = Buffer.from('a5fea5adadabc249b6b5a5d8a7b9a6a8a7ebb8ea', 'hex');
    const gb = Buffer.from('c8abcad0d6d8b5e3cfeec4bfcdeab3c9cdb6d7ca', 'hex');
    expect(decodeChinese(gb)).toEqual({ encoding: 'gb18030', text: '全市重点项目完成投资' });
    expect(decodeChinese(big5)?.encoding).toBe('big5');
    expect((await readIn(big5)).text).toContain('重點項目完成投資');
  });

  test('what cannot be read says why and what to do', async () => {
    expect(await codeOf(new Uint8Array())).toBe('document_empty');
    expect(await codeOf(Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex'))).toBe(
      'not_a_document',
    );
    const locked = Buffer.concat([
      Buffer.from('d0cf11e0a1b11ae1', 'hex'),
      Buffer.alloc(504),
      Buffer.from('EncryptedPackage', 'utf16le'),
    ]);
    expect(await codeOf(locked)).toBe('document_locked');
    expect(await codeOf(Buffer.from('%PDF-1.7\n%broken'))).toBe('document_broken');
    expect(await codeOf(Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(20 * 2 ** 20, 32)]))).toBe(
      'document_too_large',
    );
  }, 60_000);
});
