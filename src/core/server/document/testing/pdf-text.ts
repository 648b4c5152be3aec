import { inflateSync } from 'node:zlib';

/**
 * The text of each page, in the order it was set: enough of a PDF reader for the files Typst writes (plain objects, fonts
 * with a map to Unicode). Lines and columns are not told apart; characters of no map come as U+FFFD.
 */
export function pdfPages(pdf: Uint8Array): string[] {
  const text = Buffer.from(pdf).toString('latin1');
  const objects = new Map<string, { head: string; at: number }>();
  for (const match of text.matchAll(/(?:^|\n)(\d+) 0 obj\s([\s\S]*?)(?:\bendobj|\bstream\r?\n)/g)) {
    objects.set(match[1]!, { head: match[2]!, at: match.index + match[0].length });
  }
  const stream = (id: string): string => {
    const { head, at } = objects.get(id)!;
    const raw = pdf.subarray(at, at + Number(/\/Length (\d+)/.exec(head)![1]));
    return (head.includes('/FlateDecode') ? inflateSync(raw) : Buffer.from(raw)).toString('latin1');
  };
  const maps = new Map<string, Map<number, string>>();
  const mapOf = (font: string): Map<number, string> => {
    const known = maps.get(font);
    if (known) return known;
    const map = toUnicode(stream(/\/ToUnicode (\d+) 0 R/.exec(objects.get(font)!.head)![1]!));
    maps.set(font, map);
    return map;
  };
  return [...objects.values()]
    .filter(({ head }) => /\/Type \/Page\b(?!s)/.test(head))
    .map(({ head }) => {
      const resources = /\/Resources (\d+) 0 R/.exec(head);
      const fontsIn = /\/Font\s*<<([\s\S]*?)>>/.exec(resources ? objects.get(resources[1]!)!.head : head)?.[1] ?? '';
      const fonts = new Map([...fontsIn.matchAll(/\/(\S+) (\d+) 0 R/g)].map(([, name, id]) => [name!, mapOf(id!)]));
      return shown(stream(/\/Contents (\d+) 0 R/.exec(head)![1]!), fonts);
    });
}

function toUnicode(cmap: string): Map<number, string> {
  const map = new Map<number, string>();
  const words = (hex: string) => Buffer.from(hex, 'hex').swap16().toString('utf16le');
  for (const [, part] of cmap.matchAll(/beginbfchar([\s\S]*?)endbfchar/g))
    for (const [, from, to] of part!.matchAll(/<(\w+)>\s*<(\w+)>/g)) map.set(Number.parseInt(from!, 16), words(to!));
  for (const [, part] of cmap.matchAll(/beginbfrange([\s\S]*?)endbfrange/g))
    for (const [, from, to, start] of part!.matchAll(/<(\w+)>\s*<(\w+)>\s*<(\w+)>/g))
      for (let code = Number.parseInt(from!, 16); code <= Number.parseInt(to!, 16); code += 1)
        map.set(code, String.fromCodePoint(words(start!).codePointAt(0)! + code - Number.parseInt(from!, 16)));
  return map;
}

const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

const unescaped = (string: string): string =>
  string.replace(/\\(?:([0-7]{1,3})|([\s\S]))/g, (_, octal: string | undefined, other: string) =>
    octal === undefined ? (escapes[other] ?? other) : String.fromCharCode(Number.parseInt(octal, 8)),
  );

function shown(content: string, fonts: Map<string, Map<number, string>>): string {
  let out = '';
  let font: Map<number, string> | undefined;
  const shows = /\/(\S+) [\d.]+ Tf|\(((?:\\[\s\S]|[^\\()]|\((?:\\[\s\S]|[^\\()])*\))*)\)|(?<!<)<([\dA-Fa-f]+)>/g;
  for (const [, name, string, hex] of content.replace(/\/Alt <\w+>/g, '').matchAll(shows)) {
    if (name !== undefined) {
      font = fonts.get(name);
      continue;
    }
    const bytes = hex === undefined ? unescaped(string!) : Buffer.from(hex, 'hex').toString('latin1');
    for (let i = 0; i + 1 < bytes.length; i += 2)
      out += font?.get(bytes.charCodeAt(i) * 256 + bytes.charCodeAt(i + 1)) ?? '\ufffd';
  }
  return out;
}
