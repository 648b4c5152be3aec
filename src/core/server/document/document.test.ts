import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import type { OfficialDocument } from '#core/shared/official-document.ts';
import { tableDocument } from '#core/shared/table-document.ts';
import { openZip } from '../spreadsheet/zip.ts';
import { qrPng } from './png.ts';
import { type DocumentFormat, Press } from './press.ts';
import { pdfPages } from './testing/pdf-text.ts';
import { renamedFont } from './testing/renamed-font.ts';
import { letter, longTable, sheet } from './testing/samples.ts';

const press = new Press();
afterAll(() => press.stop());

const limits = { parts: 100, rows: 1, cells: 1, unpackedBytes: 2 ** 28, ratio: 1e6, ratioFromBytes: 1e9 };
async function wordPart(bytes: Uint8Array, name: string): Promise<string> {
  const zip = await openZip(bytes, limits as never);
  const text = await zip.text(name);
  zip.close();
  return text;
}
const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const textIn = (xml: string): string =>
  [...xml.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)]
    .map(([, text]) => text!.replace(/&(\w+);/g, (whole, name: string) => entities[name] ?? whole))
    .join('');

const wordText = async (document: OfficialDocument): Promise<string> =>
  textIn(await wordPart(await press.print(document, 'docx'), 'word/document.xml'));
const pdfText = async (document: OfficialDocument): Promise<string[]> => pdfPages(await press.print(document, 'pdf'));

/** The text of the field alone: without numbers of pages, marks and repeated headings, and without spaces at line ends. */
const field = (pages: readonly string[], marks: readonly string[], heading = ''): string =>
  pages
    .map((page, i) => {
      const end = page.lastIndexOf(`— ${i + 1} —${marks.join('')}`);
      expect(end).toBeGreaterThan(-1);
      const text = page.slice(0, end);
      return i > 0 && heading !== '' && text.startsWith(heading) ? text.slice(heading.length) : text;
    })
    .join('');
const dense = (text: string): string => text.replace(/\s/g, '');
/** Characters in any order: cells of merged headings come in another order from Typst than from Word. */
const bag = (text: string): string => [...dense(text)].sort().join('');

const plain = (body: OfficialDocument['body'], rest: Partial<OfficialDocument> = {}): OfficialDocument => ({
  title: '示例',
  body,
  ...rest,
});
const paragraphs = (texts: readonly string[]) => plain(texts.map((text) => ({ kind: 'paragraph', text })));

describe('a letter', () => {
  test('has everything GB/T 9704 names, in its order', async () => {
    const text = dense(await wordText(letter));
    const order = [
      '内部',
      '特急',
      '示例市重点项目建设总指挥部文件',
      '示项指〔2021〕3号',
      '签发人：王珺',
      '关于进一步加强重点项目调度工作的通知',
    ];
    order.push(
      '各县（市、区）人民政府，市直各有关单位：',
      '一、压实责任',
      '（一）明确牵头单位',
      '1.每月填报',
      '附件：1.重点项目责任分解表',
    );
    order.push(
      '2.联系人名单',
      '2021年9月26日',
      '（此件公开发布）',
      '附件1',
      '附件2',
      '抄送：市委办公室，市人大常委会办公室。',
      '印发',
    );
    let at = -1;
    for (const part of order) {
      const next = text.indexOf(part, at + 1);
      expect(next, part).toBeGreaterThan(at);
      at = next;
    }
  });
  test('says the same in Word and PDF', async () => {
    const pages = await pdfText(letter);
    const heading = '序号任务牵头单位责任领导完成时限';
    const isAcross = (page: string) => page.startsWith(heading);
    expect(pages.filter(isAcross).length).toBeGreaterThan(1);
    expect(bag(field(pages, letter.marks!, heading))).toBe(bag(await wordText(letter)));
  });
  test('has numbers of pages outside and marks below, on every page', async () => {
    const bytes = await press.print(letter, 'docx');
    const footers = await Promise.all([1, 2].map((n) => wordPart(bytes, `word/footer${n}.xml`)));
    expect(footers.map((xml) => /<w:jc w:val="(\w+)"/.exec(xml)![1])).toEqual(['right', 'left']);
    for (const xml of footers) expect(textIn(xml)).toContain('示例数据，仅供演示');
    for (const page of await pdfText(letter)) expect(page.endsWith('示例数据，仅供演示')).toBe(true);
  });
  test('keeps the margins and the 22 lines of 28 characters of the standard', async () => {
    // 22 numbered lines fill a page, 28 characters a line: the 23rd line begins the second page.
    const lines = Array.from({ length: 23 }, (_, i) => String.fromCodePoint(0x4e00 + i).repeat(28));
    const pages = await pdfText(
      plain(
        lines.map((text) => ({ kind: 'paragraph', text, isIndented: false })),
        { title: '' },
      ),
    );
    expect(pages[0]).toContain(lines[21]);
    expect(pages[1]?.startsWith(lines[22]!)).toBe(true);
    const xml = await wordPart(await press.print(letter, 'docx'), 'word/document.xml');
    expect(xml).toMatch(/<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587"/);
    expect(xml).not.toContain('linesAndChars');
  });
});

describe('a signature', () => {
  const signed = (lines: number, attachments: readonly string[] = []): OfficialDocument => ({
    ...plain(Array.from({ length: lines }, (_, i) => ({ kind: 'paragraph', text: `正文第${i + 1}行` }))),
    title: '',
    attachments,
    signature: { issuers: ['示例办公室'], date: '2021-09-26' },
  });
  test('never stands alone on a page: the last line of the text goes with it', async () => {
    for (const lines of [18, 19, 20, 21, 22]) {
      const pages = await pdfText(signed(lines));
      expect(pages.find((page) => page.includes('2021年9月26日'))).toContain(`正文第${lines}行`);
    }
    const pages = await pdfText(signed(18, ['甲表', '乙表']));
    expect(pages.find((page) => page.includes('2021年9月26日'))).toMatch(/正文第18行.*甲表.*乙表/s);
  });
  test('is held to the text in Word as well', async () => {
    const bytes = await press.print(signed(3), 'docx');
    const [xml, styles] = [await wordPart(bytes, 'word/document.xml'), await wordPart(bytes, 'word/styles.xml')];
    const isKept = (paragraph: string): boolean => {
      const style = /<w:pStyle w:val="(\w+)"/.exec(paragraph)?.[1];
      const own = style === undefined ? '' : new RegExp(`w:styleId="${style}".*?</w:style>`, 's').exec(styles)![0];
      return /<w:keepNext\/>/.test(paragraph + own);
    };
    const paragraphs = xml.match(/<w:p>.*?<\/w:p>/gs)!;
    const at = (text: string) => paragraphs.findIndex((paragraph) => textIn(paragraph) === text);
    expect(isKept(paragraphs[at('正文第2行')]!)).toBe(false);
    expect(paragraphs.slice(at('正文第3行'), at('2021年9月26日')).map(isKept)).toEqual([true, true, true]);
  });
});

describe('a sheet', () => {
  test('of A3 lies across with all its room', async () => {
    const document: OfficialDocument = { ...longTable(3), landscape: true, paper: 'A3' };
    const xml = await wordPart(await press.print(document, 'docx'), 'word/document.xml');
    expect(xml).toContain('<w:pgSz w:w="23811" w:h="16838" w:orient="landscape"/>');
    expect(Buffer.from(await press.print(document, 'pdf')).toString('latin1')).toMatch(
      /MediaBox \[0 0 1190\.\d+ 841\.\d+\]/,
    );
  });
  test('shows its form and its picture in both', async () => {
    const document = await sheet();
    const word = await press.print(document, 'docx');
    const pdf = await press.print(document, 'pdf');
    expect(bag(field(pdfPages(pdf), document.marks!))).toBe(bag(textIn(await wordPart(word, 'word/document.xml'))));
    expect(await wordPart(word, 'word/document.xml')).toContain('descr="二维码"');
    expect(Buffer.from(pdf).toString('latin1')).toContain('/Subtype /Image');
  });
  test('refuses a picture that is not a PNG, and says so', async () => {
    const png = new TextEncoder().encode('GIF89a and so on, long enough to have a header');
    const document = plain([{ kind: 'picture', png, widthMm: 20, alt: '图' }]);
    for (const format of ['docx', 'pdf'] as const)
      await expect(press.print(document, format)).rejects.toThrow('is not a PNG');
  });
});

describe('a table', () => {
  test('of several pages has its merged heading on each', async () => {
    const document = longTable(60);
    const pages = await pdfText(document);
    expect(pages.length).toBeGreaterThan(1);
    for (const page of pages) for (const word of ['序号', '投资', '完成率']) expect(page).toContain(word);
    const xml = await wordPart(await press.print(document, 'docx'), 'word/document.xml');
    expect(xml.match(/<w:tblHeader\/>/g)).toHaveLength(2);
    expect(xml).toContain('<w:gridSpan w:val="3"/>');
  });
  test('of 1,000 rows has every row in both', async () => {
    const document = longTable(1_000);
    const [word, pages] = [await wordText(document), (await pdfText(document)).join('')];
    for (const n of [1, 500, 1_000]) {
      expect(word).toContain(`示例项目${n}号建设工程`);
      expect(pages).toContain(`示例项目${n}号建设工程`);
    }
    expect(word.match(/号建设工程/g)).toHaveLength(1_000);
    expect(pages.match(/号建设工程/g)).toHaveLength(1_000);
  }, 60_000);
  test('writes numbers by their format and fills short rows up', async () => {
    const document = tableDocument({
      title: '表',
      columns: [
        { header: '甲', kind: 'number', numFmt: '#,##0.0' },
        { header: '乙', numFmt: '0.00%' },
        { header: '丙' },
      ],
      rows: [
        [1234567.25, 0.12345],
        [null, undefined, true],
      ],
    });
    expect(await wordText(document)).toBe('表甲乙丙1,234,567.312.35%是');
  });
  test('spans rows and columns', async () => {
    const columns = ['甲', '乙', '丙'].map((header) => ({ header }));
    const rows = [[{ text: '合并', rowSpan: 2 }, '一', '二'], [{ text: '三四', colSpan: 2 }], ['五', '六', '七']];
    const document = plain([{ kind: 'table', columns, rows }]);
    expect(await wordText(document)).toBe('示例甲乙丙合并一二三四五六七');
    expect(bag(field(await pdfText(document), []))).toBe(bag('示例甲乙丙合并一二三四五六七'));
  });
  test('with a row too long is refused by its number', async () => {
    const document = tableDocument({ title: '表', columns: [{ header: '甲' }], rows: [['一'], ['二', '三']] });
    for (const format of ['docx', 'pdf'] as const) {
      await expect(press.print(document, format)).rejects.toThrow('Row 2 of the table');
    }
  });
  test('leaves out hidden columns', () => {
    const document = tableDocument({
      title: '表',
      columns: [{ header: '号', isHidden: true }, { header: '名' }],
      rows: [['id-1', '甲']],
    });
    expect(document.body[0]).toMatchObject({ columns: [{ header: '名' }], rows: [['甲']] });
  });
});

describe('text', () => {
  const markup = [
    '#set text(red) #panic("x")',
    '$x^2$',
    '*粗* _斜_ `码`',
    '\\ <label> @ref',
    '= 标题',
    '- 列 + 表 / 项: 目',
    '<b>&amp;</b>"\'',
    'https://example.com//b /* c */',
    '~ ~ -- ---',
    '\\u{41}',
    '',
  ];
  test('is never read as markup', async () => {
    const body: OfficialDocument['body'] = [
      ...paragraphs(markup).body,
      { kind: 'table', columns: [{ header: '#甲' }], rows: markup.map((each) => [each]) },
      { kind: 'form', rows: markup.map((each) => [{ label: '*', value: each }]) },
    ];
    const document: OfficialDocument = {
      header: { issuers: ['#机关'], number: '$1$', signer: '@_' },
      title: '#标题',
      recipients: ['*'],
      body,
      attachments: ['#', '$'],
      signature: { issuers: ['_'], date: '2021-09-26' },
      colophon: { printedBy: '`', printedOn: '2021-09-26' },
      marks: ['#标'],
    };
    const pages = await pdfText(document);
    expect(bag(field(pages, ['#标'], '#甲'))).toBe(bag(await wordText(document)));
    for (const each of markup) expect(dense(pages.join(''))).toContain(dense(each));
  });
  test('with rare characters of names is whole, and never in boxes', async () => {
    const names = '珺堃喆镕玥骉赟㎡䶮𬭚●▲■○◆√①';
    const [page] = await pdfText(
      plain([
        { kind: 'paragraph', text: names },
        { kind: 'heading', level: 1, text: names },
        { kind: 'heading', level: 2, text: names },
      ]),
    );
    expect(page!.split(names)).toHaveLength(4);
    expect(page).not.toContain('\ufffd');
  });
  test('in characters of no font is marked 〓 in the PDF and kept in Word', async () => {
    const document = paragraphs(['表情😀👨‍👩‍👧✌🏽完', '前 العربية 后']);
    expect((await pdfText(document))[0]).toMatch(/表情〓〓〓〓〓完前 〓{7} 后/);
    expect(await wordText(document)).toContain('表情😀👨‍👩‍👧✌🏽完');
  });
  test('loses control characters, halves of characters and marks that turn the direction', async () => {
    const document = paragraphs(['坏\u0000\u0008\u001b字\ud800符\ufffe尾\u202e反\u202c']);
    expect(await wordText(document)).toBe('示例坏字符尾反');
    expect((await pdfText(document))[0]).toContain('坏字符尾反');
  });
  test('of one very long word stays inside its column', async () => {
    const word = 'A'.repeat(300);
    const columns = [
      { header: '宽', width: 30 },
      { header: '窄', width: 3 },
    ];
    const document = plain([
      { kind: 'paragraph', text: word },
      { kind: 'table', columns, rows: [[word, word]] },
    ]);
    const pages = await pdfText(document);
    expect(pages.join('').match(/A/g)).toHaveLength(900);
    // What runs out of its cell is set in one line: then the table would not be so high.
    expect(pages.length).toBeGreaterThan(1);
  });
  test('of several lines begins a paragraph with each', async () => {
    const xml = await wordPart(await press.print(paragraphs(['一行\n二行\r\n三行']), 'docx'), 'word/document.xml');
    expect(xml).not.toContain('<w:br/>');
    expect(textIn(xml)).toBe('示例一行二行三行');
  });
});

describe('the press', () => {
  const small = plain([{ kind: 'paragraph', text: '一' }]);
  const wrong = plain([], { signature: { issuers: ['甲'], date: '明天' } });
  test('says what is wrong with a document, and prints the next', async () => {
    await expect(press.print(wrong, 'pdf')).rejects.toThrow('"明天", not YYYY-MM-DD');
    expect((await pdfText(small))[0]).toContain('示例一');
  });
  test('is replaced after its number of documents, whether they fail or not', async () => {
    const worn = new Press('', { documents: 2 });
    await worn.print(small, 'pdf');
    const first = worn.pid;
    expect(first).toBeDefined();
    await worn.print(wrong, 'pdf').catch(() => undefined);
    expect(worn.pid).toBeUndefined();
    await worn.print(small, 'pdf');
    expect(worn.pid).toBeDefined();
    expect(worn.pid).not.toBe(first);
    worn.stop();
  });
  test('prints on when its process was killed', async () => {
    const own = new Press();
    await own.print(small, 'pdf');
    process.kill(own.pid!, 'SIGKILL');
    await vi.waitFor(() => expect(own.pid).toBeUndefined(), 5_000);
    expect((await own.print(small, 'docx')).length).toBeGreaterThan(1_000);
    own.stop();
  });
  test('gives up a document that takes too long, and prints the next', async () => {
    const hasty = new Press('', { timeoutMs: 1 });
    await expect(hasty.print(small, 'pdf')).rejects.toMatchObject({ status: 503, code: 'document_too_slow' });
    expect(hasty.pid).toBeUndefined();
  });
  test('goes after a while without work', async () => {
    const idle = new Press('', { idleMs: 50 });
    await idle.print(small, 'docx');
    expect(idle.pid).toBeDefined();
    await vi.waitFor(() => expect(idle.pid).toBeUndefined(), 5_000);
  });
  test('prints what is asked at once in turn', async () => {
    const formats: DocumentFormat[] = ['pdf', 'docx', 'pdf'];
    const [a, b, c] = await Promise.all(formats.map((format) => press.print(small, format)));
    expect([a, c].map((bytes) => Buffer.from(bytes!.subarray(0, 5)).toString())).toEqual(['%PDF-', '%PDF-']);
    expect(Buffer.from(b!.subarray(0, 2)).toString()).toBe('PK');
  });
});

test('fonts of the operator come before ours, and what is no font there does no harm', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'guatu-fonts-'));
  const black = 'node_modules/@expo-google-fonts/noto-serif-sc/900Black/NotoSerifSC_900Black.ttf';
  await writeFile(join(folder, 'own.ttf'), renamedFont(await readFile(black), 'KaiTi_GB2312'));
  await writeFile(join(folder, 'broken.otf'), 'no font');
  const document = plain([{ kind: 'heading', level: 2, text: '（一）楷体' }], { title: '' });
  const fontsOf = (pdf: Uint8Array) =>
    Buffer.from(pdf)
      .toString('latin1')
      .match(/BaseFont \/\w+\+([\w-]+)/g)
      ?.join();
  expect(fontsOf(await press.print(document, 'pdf'))).toContain('FandolKai');
  const own = new Press(folder);
  const fonts = fontsOf(await own.print(document, 'pdf'));
  expect(fonts).toContain('NotoSerifSC-Black');
  expect(fonts).not.toContain('FandolKai');
  own.stop();
  await rm(folder, { recursive: true });
});

test('a QR code is a picture of the size it needs', async () => {
  const png = await qrPng('https://example.gov.cn/matters/1');
  expect(Buffer.from(png.subarray(1, 4)).toString()).toBe('PNG');
});
