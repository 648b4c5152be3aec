/** The little XML that spreadsheet parts need: attributes, entities, and text of simple elements. */

const named: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

export function decodeXml(text: string): string {
  let out = text;
  if (out.includes('&')) {
    out = out.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi, (all, hex, dec, name) => {
      if (name) return named[name] ?? all;
      const point = Number.parseInt(hex ?? dec, hex ? 16 : 10);
      return character(point);
    });
  }
  // Excel escapes control characters of its own accord: _x000D_ is a carriage return.
  if (out.includes('_x')) {
    out = out.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex) => character(Number.parseInt(hex, 16)));
  }
  return out.includes('\r') ? out.replace(/\r\n?/g, '\n') : out;
}

/** Control characters and halves of characters say nothing to people, and PostgreSQL keeps no NUL. */
const character = (point: number): string =>
  (point < 32 && point !== 9 && point !== 10 && point !== 13) || (point >= 0xd800 && point < 0xe000) || point > 0x10ffff
    ? ''
    : String.fromCodePoint(point);

/** Attributes of one tag, given everything between `<name` and `>`. Prefixes of names are dropped (`r:id` → `id`). */
export function attributes(tag: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const m of tag.matchAll(/([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    const name = m[1]!;
    found[name.slice(name.indexOf(':') + 1)] = decodeXml(m[2] ?? m[3] ?? '');
  }
  return found;
}

/** All tags of one name, opened or self-closed, in the order of the text; any prefix. */
export function* tags(xml: string, name: string): Generator<Record<string, string>> {
  for (const m of xml.matchAll(new RegExp(`<(?:\\w+:)?${name}(\\s[^>]*?)?/?>`, 'g'))) yield attributes(m[1] ?? '');
}

/** The text of all `<t>` in a string item, joined: rich text runs are one text; phonetic guides (`<rPh>`) are not text. */
export function stringItem(xml: string): string {
  const body = xml.includes('<rPh') ? xml.replace(/<rPh[\s\S]*?<\/rPh>/g, '') : xml;
  let text = '';
  for (let at = body.indexOf('<t'); at >= 0; at = body.indexOf('<t', at + 2)) {
    const next = body.charCodeAt(at + 2);
    if (next !== 62 && next !== 32) continue; // <t> or <t …>, not <tab>
    const open = body.indexOf('>', at);
    if (open < 0 || body.charCodeAt(open - 1) === 47) continue;
    const close = body.indexOf('</t>', open);
    if (close < 0) break;
    const raw = body.slice(open + 1, close);
    text += raw.startsWith('<![CDATA[') ? raw.slice(9, -3) : decodeXml(raw);
  }
  return text;
}
