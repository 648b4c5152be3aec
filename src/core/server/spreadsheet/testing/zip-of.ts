import { crc32, deflateRawSync } from 'node:zlib';

interface Part {
  path: string;
  body: Buffer;
  /** What the directory shall claim, when it shall lie. */
  claimedSize?: number;
}

/** A zip made by hand, so that tests can make what no library would write: wrong sizes, odd parts. */
export function zipOf(parts: Record<string, string | Buffer>, claimedSizes: Record<string, number> = {}): Buffer {
  const list: Part[] = Object.entries(parts).map(([path, body]) => ({
    path,
    body: Buffer.from(body),
    ...(claimedSizes[path] !== undefined && { claimedSize: claimedSizes[path] }),
  }));
  const local: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { path, body, claimedSize } of list) {
    const name = Buffer.from(path);
    const packed = deflateRawSync(body);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(0x800, 2); // names are UTF-8
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(crc32(body), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(claimedSize ?? body.length, 18);
    fields.writeUInt16LE(name.length, 22);
    const entry = Buffer.alloc(14);
    entry.writeUInt32LE(offset, 10);
    local.push(Buffer.from('PK\x03\x04', 'latin1'), fields, name, packed);
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), fields, entry, name);
    offset += 4 + fields.length + name.length + packed.length;
  }
  const tail = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(list.length, 8);
  end.writeUInt16LE(list.length, 10);
  end.writeUInt32LE(tail.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, tail, end]);
}

const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';

export interface RawSheet {
  name: string;
  /** What stands inside <sheetData>. */
  rows: string;
  /** What stands behind it: merges, breaks. */
  after?: string;
  state?: 'hidden' | 'veryHidden';
}

export interface RawWorkbook {
  sheets: RawSheet[];
  /** Items of the shared string table, each the inside of an <si>. */
  strings?: string[];
  /** Number format ids of the cell styles 0, 1, 2 …; codes for those that are not built in. */
  formats?: (number | { id: number; code: string })[];
  date1904?: boolean;
}

/** An .xlsx from raw XML: what Chinese Excel, WPS and exporters write, feature by feature. */
export function rawXlsx(
  { sheets, strings, formats, date1904 }: RawWorkbook,
  more: Record<string, string> = {},
): Buffer {
  const escapeXml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  const parts: Record<string, string> = {
    '[Content_Types].xml':
      '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
    '_rels/.rels': `<Relationships><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><workbookPr${date1904 ? ' date1904="1"' : ''}/><sheets>${sheets
      .map(
        (s, i) =>
          `<sheet name="${escapeXml(s.name)}" sheetId="${i + 1}"${s.state ? ` state="${s.state}"` : ''} r:id="rId${i + 1}"/>`,
      )
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${sheets
      .map(
        (_, i) => `<Relationship Id="rId${i + 1}" Type="${office}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`,
      )
      .join(
        '',
      )}<Relationship Id="rIdS" Type="${office}/sharedStrings" Target="/xl/sharedStrings.xml"/><Relationship Id="rIdF" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
  };
  for (const [i, sheet] of sheets.entries()) {
    parts[`xl/worksheets/sheet${i + 1}.xml`] =
      `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="${main}"><sheetData>${sheet.rows}</sheetData>${sheet.after ?? ''}</worksheet>`;
  }
  if (strings) parts['xl/sharedStrings.xml'] = `<sst>${strings.map((s) => `<si>${s}</si>`).join('')}</sst>`;
  if (formats) {
    const custom = formats.filter((f) => typeof f !== 'number');
    parts['xl/styles.xml'] =
      `<styleSheet><numFmts count="${custom.length}">${custom.map((f) => `<numFmt numFmtId="${f.id}" formatCode="${escapeXml(f.code)}"/>`).join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${formats.map((f) => `<xf numFmtId="${typeof f === 'number' ? f : f.id}" xfId="0"/>`).join('')}</cellXfs></styleSheet>`;
  }
  return zipOf({ ...parts, ...more });
}
