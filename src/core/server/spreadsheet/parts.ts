import { builtInFormat, type FormatMeaning, formatMeaning } from './number-format.ts';
import { brokenFile } from './problems.ts';
import { decodeXml, stringItem, tags } from './xml.ts';
import type { Zip } from './zip.ts';

/** The parts of an .xlsx beside its sheets: where they are, shared strings, number formats. */
export interface SheetPart {
  name: string;
  hidden: boolean;
  path: string;
}

export interface WorkbookParts {
  sheets: SheetPart[];
  date1904: boolean;
  sharedStrings?: string;
  styles?: string;
}

const resolve = (base: string, target: string): string => {
  if (target.startsWith('/')) return target.slice(1);
  const parts = base.split('/').slice(0, -1);
  for (const step of target.split('/')) {
    if (step === '..') parts.pop();
    else if (step !== '.') parts.push(step);
  }
  return parts.join('/');
};

async function relations(zip: Zip, part: string): Promise<{ id: string; type: string; target: string }[]> {
  const slash = part.lastIndexOf('/');
  const path = `${part.slice(0, slash + 1)}_rels/${part.slice(slash + 1)}.rels`;
  if (!zip.has(path)) return [];
  return [...tags(await zip.text(path), 'Relationship')].map((r) => ({
    id: r.Id ?? '',
    // Transitional and strict files use other addresses; the last word is the same.
    type: (r.Type ?? '').split('/').pop() ?? '',
    target: resolve(part, r.Target ?? ''),
  }));
}

export async function readParts(zip: Zip): Promise<WorkbookParts> {
  const root = (await relations(zip, '')).find((r) => r.type === 'officeDocument');
  const path = root && zip.has(root.target) ? root.target : 'xl/workbook.xml';
  if (!zip.has(path)) throw brokenFile();
  const workbook = await zip.text(path);
  const related = await relations(zip, path);
  const sheets: SheetPart[] = [];
  for (const sheet of tags(workbook, 'sheet')) {
    const relation = related.find((r) => r.id === sheet.id);
    if (relation?.type !== 'worksheet' || !zip.has(relation.target)) continue; // chart sheets and macros
    const hidden = sheet.state === 'hidden' || sheet.state === 'veryHidden';
    sheets.push({ name: sheet.name ?? '', hidden, path: relation.target });
  }
  const properties = [...tags(workbook, 'workbookPr')][0];
  const find = (type: string) => related.find((r) => r.type === type && zip.has(r.target))?.target;
  const sharedStrings = find('sharedStrings');
  const styles = find('styles');
  return {
    sheets,
    date1904: properties?.date1904 === '1' || properties?.date1904 === 'true',
    ...(sharedStrings !== undefined && { sharedStrings }),
    ...(styles !== undefined && { styles }),
  };
}

/** Elements by name without their prefix (`<x:si>` → `<si>`): some exporters prefix everything. */
export const unprefixed = (xml: string, prefix: string): string =>
  prefix === '' ? xml : xml.replaceAll(`<${prefix}:`, '<').replaceAll(`</${prefix}:`, '</');

export const prefixOf = (head: string, root: string): string =>
  new RegExp(`<(\\w+):${root}[\\s>]`).exec(head)?.[1] ?? '';

/** Strings in order; LibreOffice and WPS split every Chinese/Latin text into runs, which are joined here. */
export async function readSharedStrings(zip: Zip, path: string): Promise<string[]> {
  const strings: string[] = [];
  const decoder = new TextDecoder();
  let rest = '';
  let prefix: string | undefined;
  for await (const piece of zip.read(path)) {
    rest += decoder.decode(piece, { stream: true });
    prefix ??= prefixOf(rest, 'sst');
    rest = unprefixed(rest, prefix);
    let at = 0;
    for (;;) {
      const open = rest.indexOf('<si', at);
      if (open < 0) break;
      const start = rest.indexOf('>', open);
      if (start < 0) break;
      if (rest.charCodeAt(start - 1) === 47) {
        strings.push('');
        at = start + 1;
        continue;
      }
      const close = rest.indexOf('</si>', start);
      if (close < 0) break;
      strings.push(plainItem(rest, start + 1, close));
      at = close + 5;
    }
    rest = rest.slice(at);
  }
  return strings;
}

/** `<t>text</t>` and nothing else is the usual case, and worth a shortcut. */
export function plainItem(xml: string, from: number, to: number): string {
  if (xml.startsWith('<t>', from) && xml.indexOf('</t>', from) === to - 4) {
    const raw = xml.slice(from + 3, to - 4);
    return raw.startsWith('<![CDATA[') ? stringItem(`<t>${raw}</t>`) : decodeXml(raw);
  }
  return stringItem(xml.slice(from, to));
}

export interface CellFormat {
  numFmt: string;
  meaning: FormatMeaning;
}

const general: CellFormat = { numFmt: 'General', meaning: 'number' };

/** The number format of each cell style, by style index. */
export async function readFormats(zip: Zip, path: string): Promise<CellFormat[]> {
  const xml = await zip.text(path);
  const custom = new Map<number, string>();
  for (const format of tags(/<(?:\w+:)?numFmts[\s>][\s\S]*?<\/(?:\w+:)?numFmts>/.exec(xml)?.[0] ?? '', 'numFmt')) {
    custom.set(Number(format.numFmtId), format.formatCode ?? 'General');
  }
  const byId = new Map<number, CellFormat>();
  const formats: CellFormat[] = [];
  for (const style of tags(/<(?:\w+:)?cellXfs[\s>][\s\S]*?<\/(?:\w+:)?cellXfs>/.exec(xml)?.[0] ?? '', 'xf')) {
    const id = Number(style.numFmtId ?? 0);
    let format = byId.get(id);
    if (!format) {
      const numFmt = custom.get(id) ?? builtInFormat(id) ?? 'General';
      format = numFmt === 'General' ? general : { numFmt, meaning: formatMeaning(numFmt) };
      byId.set(id, format);
    }
    formats.push(format);
  }
  return formats;
}
