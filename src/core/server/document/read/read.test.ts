import { describe, expect, test } from 'vitest';
import { type DocumentText, sliceOf, type Table } from '../../../shared/document-text.ts';
import { rawXlsx, zipOf } from '../../spreadsheet/testing/zip-of.ts';
import { readDocument } from './read.ts';
import { docxOf, p, table } from './testing/docx-of.ts';

const codeOf = (bytes: Uint8Array) =>
  readDocument(bytes).then(
    () => 'read',
    (error: { code?: string }) => error.code ?? String(error),
  );
const utf8 = (text: string) => new TextEncoder().encode(text);
const shown = (document: DocumentText) =>
  document.blocks.map((block) =>
    block.kind === 'table'
      ? block.cells.map((c) => `${c.row},${c.column}+${c.rows}x${c.columns} ${sliceOf(document, c)}`)
      : `${block.kind} ${block.level ?? '-'} ${sliceOf(document, block)}`,
  );

describe('a Word file', () => {
  test('keeps headings, paragraphs and tables with merged cells, each tied to its place in the text', async () => {
    const body = [
      p('示例市重点工作任务分解表'),
      p('一、项目建设', 'Heading1'),
      p('加快示例大道建设，5月底前通车。'),
      table([
        [{ text: '任务' }, { text: '分工', columns: 2 }],
        [{ text: '示例医院\n二期', merge: 'begin' }, '市卫健委', '市财政局'],
        [{ text: '', merge: 'on' }, '市住建局', ''],
      ]),
      p('附注'),
    ].join('');
    const document = await readDocument(docxOf(body));
    expect(document.kind).toBe('docx');
    expect(shown(document)).toEqual([
      'heading 0 示例市重点工作任务分解表',
      'heading 1 一、项目建设',
      'paragraph - 加快示例大道建设，5月底前通车。',
      [
        '0,0+1x1 任务',
        '0,1+1x2 分工',
        '1,0+2x1 示例医院\n二期',
        '1,1+1x1 市卫健委',
        '1,2+1x1 市财政局',
        '2,1+1x1 市住建局',
      ],
      'paragraph - 附注',
    ]);
  });

  test('without a word in it says so, and so does one of nothing but empty tables', async () => {
    expect(await codeOf(docxOf(p('')))).toBe('document_empty');
    expect(await codeOf(docxOf(table([['', '']])))).toBe('document_empty');
    expect(await codeOf(new Uint8Array())).toBe('document_empty');
  });

  test('that was cut off, or whose XML is broken, is damaged and not a fault of the server', async () => {
    const whole = docxOf(p('示例'));
    expect(await codeOf(whole.subarray(0, whole.length - 40))).toBe('document_broken');
    expect(await codeOf(docxOf('<w:p><w:r>'))).toBe('document_broken');
  });

  test('that declares more than is allowed is refused before it is unpacked, and one that lies while it is', async () => {
    const filler = ' '.repeat(60 * 2 ** 20);
    expect(await codeOf(docxOf(p('示例'), { 'word/media.xml': filler }))).toBe('document_unpacks_too_large');
    const parts = { 'word/document.xml': `<w:document>${' '.repeat(3 * 2 ** 20)}</w:document>` };
    expect(await codeOf(zipOf(parts, { 'word/document.xml': 100 }))).toBe('document_unpacks_too_large');
  });
});

describe('a workbook', () => {
  test('gives each visible sheet as a table of that name', async () => {
    const text = (cell: string, words: string) => `<c r="${cell}" t="inlineStr"><is><t>${words}</t></is></c>`;
    const document = await readDocument(
      rawXlsx({
        sheets: [
          {
            name: '任务',
            rows: `<row r="1">${text('A1', '工作任务')}${text('B1', '时限')}</row><row r="2">${text('A2', '建桥')}<c r="B2" s="1"><v>44316</v></c></row>`,
            after: '<mergeCells><mergeCell ref="A2:A3"/></mergeCells>',
          },
          { name: '隐藏', state: 'hidden', rows: `<row r="1">${text('A1', '不读')}</row>` },
        ],
        formats: [0, 14],
      }),
    );
    expect(document.kind).toBe('xlsx');
    expect((document.blocks[0] as Table).name).toBe('任务');
    expect(shown(document)).toEqual([['0,0+1x1 工作任务', '0,1+1x1 时限', '1,0+2x1 建桥', '1,1+1x1 2021-04-30']]);
    expect(document.text).not.toContain('不读');
  });
});

describe('a text', () => {
  const gb = Buffer.from('d2bba1a2d6d8b5e3cfeec4bf0a352e20bbcdb3c1b4f3b5c0', 'hex');
  test('is read as UTF-8, else as GB18030, with or without a byte-order mark', async () => {
    expect((await readDocument(utf8('\ufeff一、重点项目\n开工。'))).text).toBe('一、重点项目\n开工。');
    expect((await readDocument(gb)).text.startsWith('一、重点项目\n')).toBe(true);
  });

  test('that is neither says what to save it as', async () => {
    expect(await codeOf(new Uint8Array([0x41, 0xe4, 0xb8, 0x41, 0xff, 0x20, 0x80, 0xff]))).toBe(
      'text_encoding_unknown',
    );
  });

  test('pasted out of a table becomes a table, with line ends inside quoted cells', async () => {
    const document = await readDocument(
      utf8('重点任务表\n任务\t牵头单位\n"示例园\n一期"\t市发改委\n修渠\t市水利局\n以上由督查室督办。'),
    );
    expect(shown(document)).toEqual([
      'heading 0 重点任务表',
      [
        '0,0+1x1 任务',
        '0,1+1x1 牵头单位',
        '1,0+1x1 示例园\n一期',
        '1,1+1x1 市发改委',
        '2,0+1x1 修渠',
        '2,1+1x1 市水利局',
      ],
      'paragraph - 以上由督查室督办。',
    ]);
  });

  test('knows the numbers of headings and of items, and that 2.5 亿元 is not an item', async () => {
    const lines = [
      '二、城市建设',
      '（三）道路',
      '1.示例路年底前通车。',
      '①管线',
      '（2）绿化。',
      '2.5亿元到位。',
      '第一章 总则',
    ];
    expect(shown(await readDocument(utf8(lines.join('\n'))))).toEqual([
      'heading 1 二、城市建设',
      'heading 2 （三）道路',
      'paragraph 3 1.示例路年底前通车。',
      'paragraph 5 ①管线',
      'paragraph 4 （2）绿化。',
      'paragraph - 2.5亿元到位。',
      'heading 1 第一章 总则',
    ]);
  });
});

describe('a file that is something else', () => {
  test('is told by its content, whatever its name', async () => {
    const png = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex');
    expect(await codeOf(png)).toBe('not_a_document');
    expect(await codeOf(utf8('%PDF-1.7\n%âãÏÓ'))).toBe('not_a_document');
    expect(await codeOf(utf8('{\\rtf1\\ansi 示例}'))).toBe('not_a_document');
    expect(await codeOf(zipOf({ 'ppt/presentation.xml': '<p/>' }))).toBe('not_a_document');
    const old = (name: string) =>
      Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(504), Buffer.from(name, 'utf16le')]);
    expect(await codeOf(old('WordDocument'))).toBe('old_word_file');
    expect(await codeOf(old('EncryptedPackage'))).toBe('document_locked');
  });

  test('over 20 MB is refused unread', async () => {
    expect(await codeOf(Buffer.alloc(20 * 2 ** 20 + 1, 65))).toBe('document_too_large');
  });

  test('is read when it is a saved page, without its scripts', async () => {
    const html =
      '<html><head><title>x</title></head><body><script>bad()</script><h2>会议</h2><div><span>第一段<br>第二段</span></div></body></html>';
    const document = await readDocument(utf8(html));
    expect(shown(document)).toEqual(['heading 2 会议', 'paragraph - 第一段', 'paragraph - 第二段']);
  });
});

test('every span of every block lies in the text and holds no tab or outer white space', async () => {
  const words = ['任务', ' 空格 ', '', '多\n行', '市发改委'];
  for (let n = 0; n < 40; n += 1) {
    const rows = Array.from({ length: 2 + (n % 4) }, (_, r) =>
      Array.from({ length: 2 + (n % 3) }, (_, c) => words[(n * 7 + r * 3 + c) % words.length]!.replace('\n', ' ')),
    );
    const input = `标题${n}\n${rows.map((row) => row.join('\t')).join('\r\n')}\n（一）结尾。`;
    const document = await readDocument(utf8(input));
    for (const block of document.blocks)
      for (const span of block.kind === 'table' ? block.cells : [block]) {
        const slice = sliceOf(document, span);
        expect(slice).toBe(slice.trim());
        expect(slice).not.toContain('\t');
        expect(slice.length).toBe(span.end - span.start);
        expect(slice.length).toBeGreaterThan(0);
      }
  }
});
