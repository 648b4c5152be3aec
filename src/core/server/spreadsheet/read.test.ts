import { utils, write } from '@e965/xlsx';
import { describe, expect, test } from 'vitest';
import { type Cell, cellAt } from '#core/shared/sheet.ts';
import { readWorkbook } from './read.ts';
import { rawXlsx, zipOf } from './testing/zip-of.ts';

const one = (rows: string, more: Partial<Parameters<typeof rawXlsx>[0]> = {}) =>
  rawXlsx({ sheets: [{ name: 'Sheet1', rows }], ...more });
const firstRow = async (bytes: Uint8Array): Promise<Cell[]> => (await readWorkbook(bytes)).sheets[0]!.rows[0]!;

describe('an .xlsx', () => {
  test('gives a civil day for every Chinese built-in date format, which styles.xml does not name', async () => {
    const ids = [27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58, 14, 22];
    const cells = ids.map((_, i) => `<c s="${i + 1}"><v>44271</v></c>`).join('');
    const row = await firstRow(one(`<row r="1">${cells}</row>`, { formats: [0, ...ids] }));
    expect(row.map((c) => [c.kind, c.date])).toEqual(ids.map(() => ['date', '2021-03-16']));
    expect(row[4]!.numFmt).toBe('yyyy"年"m"月"d"日"');
  });

  test('keeps the number format of custom dates and amounts, where units hide', async () => {
    const formats = [0, { id: 176, code: 'yyyy"年"m"月"' }, { id: 177, code: '0.00"万元"' }];
    const row = await firstRow(
      one('<row r="1"><c r="A1" s="1"><v>44256</v></c><c r="B1" s="2"><v>8500</v></c><c r="C1"><v>3</v></c></row>', {
        formats,
      }),
    );
    expect(row).toEqual([
      { value: 44256, kind: 'date', date: '2021-03-01', numFmt: 'yyyy"年"m"月"' },
      { value: 8500, kind: 'number', numFmt: '0.00"万元"' },
      { value: 3, kind: 'number' },
    ]);
  });

  test('counts days from 1904 when the workbook says so', async () => {
    const row = await firstRow(one('<row r="1"><c s="1"><v>42809</v></c></row>', { formats: [0, 14], date1904: true }));
    expect(row[0]!.date).toBe('2021-03-16');
  });

  test('joins the runs of rich text, leaves phonetic guides out, and decodes entities', async () => {
    const strings = [
      '<r><rPr><b/></rPr><t>岳阳市</t></r><r><t xml:space="preserve"> G353 </t></r><r><t>&lt;改扩建&gt;</t></r><rPh sb="0" eb="1"><t>yueyang</t></rPh>',
      '<t>A&amp;B_x000D_\n二行</t>',
      '',
    ];
    const row = await firstRow(
      one('<row r="1"><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>2</v></c></row>', { strings }),
    );
    expect(row.map((c) => c.value)).toEqual(['岳阳市 G353 <改扩建>', 'A&B\n二行']);
  });

  test('tells formulas with a result, formulas never computed, errors, booleans and inline text apart', async () => {
    const row = await firstRow(
      one(
        '<row r="1"><c r="A1"><f>SUM(B1:B9)</f><v>12.5</v></c><c r="B1"><f>SUM(C1)</f></c><c r="C1" t="e"><f>X1</f><v>#REF!</v></c>' +
          '<c r="D1" t="e"><v>#N/A</v></c><c r="E1" t="b"><v>1</v></c><c r="F1" t="inlineStr"><is><t>内联</t></is></c>' +
          '<c r="G1" t="str"><f>"a"&amp;"b"</f><v>ab</v></c><c r="H1" t="str"><f>""</f><v></v></c><c r="I1" t="d"><v>2021-03-16T00:00:00</v></c></row>',
      ),
    );
    expect(row).toEqual([
      { value: 12.5, kind: 'number' },
      { value: null, kind: 'empty', formulaWithoutValue: true },
      { value: null, kind: 'error', error: '#REF!' },
      { value: null, kind: 'error', error: '#N/A' },
      { value: true, kind: 'boolean' },
      { value: '内联', kind: 'text' },
      { value: 'ab', kind: 'text' },
      { value: null, kind: 'empty' },
      { value: '2021-03-16T00:00:00', kind: 'date', date: '2021-03-16', numFmt: 'yyyy/m/d' },
    ]);
  });

  test('keeps positions over skipped rows and columns, and gives merges and hidden sheets', async () => {
    const bytes = rawXlsx({
      sheets: [
        {
          name: '2021年"重点"',
          rows: '<row r="2" spans="1:30"><c r="AB2" s="0"><v>7</v></c><c r="AC2" s="0"/></row><row r="5"/><row r="6"><c><v>1</v></c><c><v>2</v></c></row>',
          after: '<mergeCells count="2"><mergeCell ref="A1:D1"/><mergeCell ref="C3:C4"/></mergeCells><rowBreaks/>',
        },
        { name: '字典', rows: '', state: 'veryHidden' },
      ],
    });
    const { sheets } = await readWorkbook(bytes);
    expect(sheets.map((s) => [s.name, s.hidden])).toEqual([
      ['2021年"重点"', false],
      ['字典', true],
    ]);
    expect(sheets[0]!.rows.map((r) => r.length)).toEqual([0, 28, 0, 0, 0, 2]);
    expect(cellAt(sheets[0]!.rows, 1, 27).value).toBe(7);
    expect(sheets[0]!.merges).toEqual([
      { top: 0, left: 0, bottom: 0, right: 3 },
      { top: 2, left: 2, bottom: 3, right: 2 },
    ]);
  });

  test('reads files whose elements are prefixed', async () => {
    const sheet =
      '<x:worksheet xmlns:x="m"><x:sheetData><x:row r="1"><x:c r="A1" t="s"><x:v>0</x:v></x:c></x:row></x:sheetData></x:worksheet>';
    const bytes = rawXlsx(
      { sheets: [{ name: 's', rows: '' }] },
      {
        'xl/worksheets/sheet1.xml': sheet,
        'xl/sharedStrings.xml': '<x:sst xmlns:x="m"><x:si><x:t>前缀</x:t></x:si></x:sst>',
      },
    );
    expect((await firstRow(bytes))[0]!.value).toBe('前缀');
  });

  test('reads 20,000 rows in several pieces without losing one, and reports progress', async () => {
    const rows = Array.from(
      { length: 20_000 },
      (_, i) =>
        `<row r="${i + 1}"><c r="A${i + 1}"><v>${i}</v></c><c r="B${i + 1}" t="inlineStr"><is><t>项目${i}</t></is></c></row>`,
    );
    const seen: number[] = [];
    const { sheets } = await readWorkbook(one(rows.join('\n')), { onProgress: (n) => seen.push(n) });
    expect(sheets[0]!.rows.map((r) => r[0]!.value)).toEqual(Array.from({ length: 20_000 }, (_, i) => i));
    expect(sheets[0]!.rows[19_999]![1]!.value).toBe('项目19999');
    expect(seen.at(-1)).toBe(20_000);
  });

  test('stops when it is cancelled', async () => {
    const rows = Array.from({ length: 20_000 }, (_, i) => `<row><c><v>${i}</v></c></row>`).join('');
    const stop = new AbortController();
    const reading = readWorkbook(one(rows), {
      signal: stop.signal,
      onProgress: () => stop.abort(new Error('cancelled')),
    });
    await expect(reading).rejects.toThrow('cancelled');
  });
});

describe('a file that cannot be read is refused with a reason', () => {
  const code = (input: Uint8Array, options = {}) =>
    readWorkbook(input, options).then(
      () => 'read',
      (problem) => problem.code ?? problem.message,
    );

  test('nothing in it', async () => expect(await code(new Uint8Array())).toBe('empty_file'));

  test('a zip bomb, by what its directory declares, before anything is unpacked', async () => {
    const bytes = rawXlsx({ sheets: [{ name: 's', rows: ' '.repeat(40 * 2 ** 20) }] });
    expect(bytes.length).toBeLessThan(100_000);
    expect(await code(bytes)).toBe('zip_bomb');
  });

  test('a zip bomb whose directory lies about the size', async () => {
    const path = 'xl/worksheets/sheet1.xml';
    const parts = {
      '_rels/.rels': '',
      'xl/workbook.xml': '<workbook><sheets><sheet name="a" r:id="r1"/></sheets></workbook>',
      'xl/_rels/workbook.xml.rels':
        '<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
      [path]: ' '.repeat(40 * 2 ** 20),
    };
    expect(await code(zipOf(parts, { [path]: 1_000 }))).toBe('zip_bomb');
  });

  test('a workbook with a password', async () => {
    const bytes = Buffer.concat([
      Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
      Buffer.alloc(1_000),
      Buffer.from('EncryptedPackage', 'utf16le'),
      Buffer.alloc(512),
    ]);
    expect(await code(bytes)).toBe('password_protected');
  });

  test('a picture renamed to .xlsx', async () => {
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    );
    expect(await code(png)).toBe('not_a_spreadsheet');
    expect(
      await code(Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]), Buffer.from('JFIF'), Buffer.alloc(200)])),
    ).toBe('not_a_spreadsheet');
  });

  test('a Word file, a zip of photos, an old .doc, arbitrary bytes', async () => {
    expect(await code(zipOf({ '[Content_Types].xml': '<Types/>', 'word/document.xml': '<w/>' }))).toBe(
      'not_a_spreadsheet',
    );
    expect(
      await code(Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), Buffer.alloc(2_000)])),
    ).toMatch(/not_a_spreadsheet|broken_workbook/);
    expect(await code(Uint8Array.from({ length: 500 }, (_, i) => (i * 7) % 256))).toBe('not_a_spreadsheet');
  });

  test('a zip that was cut off or damaged', async () => {
    const good = one('<row><c><v>1</v></c></row>');
    expect(await code(good.subarray(0, good.length - 40))).toBe('broken_workbook');
    const bad = Buffer.from(good);
    const at = bad.indexOf('sheet1.xml') + 'sheet1.xml'.length + 12;
    bad[at] = bad[at]! ^ 0xff;
    expect(await code(bad)).toBe('broken_workbook');
  });

  test('too many rows or columns; empty formatted tails do not count', async () => {
    const rows = Array.from({ length: 11 }, (_, i) => `<row><c><v>${i}</v></c></row>`).join('');
    expect(await code(one(rows), { limits: { rows: 10 } })).toBe('too_many_rows');
    expect(await code(one('<row r="1"><c r="ZZ1"><v>1</v></c></row>'), { limits: { columns: 100 } })).toBe(
      'too_many_columns',
    );
    expect(
      await code(
        one('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="0"/></row><row r="1048576"><c r="A1048576" s="0"/></row>'),
        { limits: { columns: 100, rows: 10 } },
      ),
    ).toBe('read');
  });
});

describe('a .csv', () => {
  const rows = async (bytes: Uint8Array) =>
    (await readWorkbook(bytes)).sheets[0]!.rows.map((r) => r.map((c) => c.value));

  test('in UTF-8 with a byte-order mark, quotes and line breaks in cells', async () => {
    const text = '\ufeff项目名称,总投资,备注\r\n"医院,新院区",12.5,"第一行\r\n第二行 ""引号"""\r\n,,\r\n尾,1,';
    expect(await rows(Buffer.from(text))).toEqual([
      ['项目名称', '总投资', '备注'],
      ['医院,新院区', '12.5', '第一行\n第二行 "引号"'],
      [],
      ['尾', '1'],
    ]);
  });

  test('in GB18030 with tabs, and in UTF-16', async () => {
    // 项目\t投资\r\n in GB18030.
    const gb = Buffer.from([0xcf, 0xee, 0xc4, 0xbf, 0x09, 0xcd, 0xb6, 0xd7, 0xca, 0x0d, 0x0a, 0x31, 0x09, 0x32]);
    expect(await rows(gb)).toEqual([
      ['项目', '投资'],
      ['1', '2'],
    ]);
    expect(await rows(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('项目;投资\n1;2', 'utf16le')]))).toEqual([
      ['项目', '投资'],
      ['1', '2'],
    ]);
  });

  test('knows the errors that Excel writes into it', async () => {
    const { sheets } = await readWorkbook(Buffer.from('项目,投资\n甲,#REF!\n乙,#N/A\n'));
    expect(sheets[0]!.rows.slice(1).map((r) => r[1]!.error)).toEqual(['#REF!', '#N/A']);
  });

  test('leaves leading zeros and project codes as text', async () => {
    expect(await rows(Buffer.from('编号,代码\n0012,="2101-430600-04-01-123456"\n'))).toEqual([
      ['编号', '代码'],
      ['0012', '2101-430600-04-01-123456'],
    ]);
  });
});

describe('old formats', () => {
  test('an .xls gives text, numbers, dates with their format, and merges', async () => {
    const sheet = utils.aoa_to_sheet([
      ['项目名称', '开工', '投资'],
      ['医院', null, 8500],
    ]);
    sheet.B2 = { t: 'n', v: 44271, z: 'yyyy"年"m"月"d"日"' };
    sheet.C2 = { t: 'n', v: 8500, z: '0.00"万元"' };
    sheet['!merges'] = [{ s: { r: 0, c: 0 }, e: { r: 0, c: 1 } }];
    const book = utils.book_new();
    utils.book_append_sheet(book, sheet, '表一');
    const { sheets } = await readWorkbook(write(book, { type: 'buffer', bookType: 'biff8' }) as Buffer);
    expect(sheets[0]).toMatchObject({
      name: '表一',
      hidden: false,
      merges: [{ top: 0, left: 0, bottom: 0, right: 1 }],
    });
    expect(sheets[0]!.rows[1]).toMatchObject([
      { value: '医院', kind: 'text' },
      { kind: 'date', date: '2021-03-16', numFmt: 'yyyy"年"m"月"d"日"' },
      { value: 8500, kind: 'number', numFmt: '0.00"万元"' },
    ]);
  });

  test('an HTML table named .xls in GB18030 is read as text', async () => {
    const html = Buffer.concat([
      Buffer.from('<html><head><meta charset="gb2312"></head><body><table><tr><td>'),
      Buffer.from([0xcf, 0xee, 0xc4, 0xbf]),
      Buffer.from('</td><td>0012</td></tr></table></body></html>'),
    ]);
    const { sheets } = await readWorkbook(html);
    expect(sheets[0]!.rows[0]!.map((c) => c.value)).toEqual(['项目', '0012']);
  });
});
