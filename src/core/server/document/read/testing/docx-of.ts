import { zipOf } from '../../../spreadsheet/testing/zip-of.ts';

const main = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const escapeXml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** A paragraph, with the style of a heading when `style` says so. */
export const p = (text: string, style?: string): string =>
  `<w:p>${style ? `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>` : ''}<w:r><w:t xml:space="preserve">${escapeXml(text)}</w:t></w:r></w:p>`;

export interface TestCell {
  text: string;
  columns?: number;
  /** 'begin' and 'on' of a vertical merge. */
  merge?: 'begin' | 'on';
}

export const table = (rows: readonly (readonly (string | TestCell)[])[]): string =>
  `<w:tbl>${rows
    .map(
      (row) =>
        `<w:tr>${row
          .map((cell) => {
            const { text, columns, merge } = typeof cell === 'string' ? ({ text: cell } as TestCell) : cell;
            const properties = `${columns ? `<w:gridSpan w:val="${columns}"/>` : ''}${merge === 'begin' ? '<w:vMerge w:val="restart"/>' : merge ? '<w:vMerge/>' : ''}`;
            return `<w:tc><w:tcPr>${properties}</w:tcPr>${text
              .split('\n')
              .map((line) => p(line))
              .join('')}</w:tc>`;
          })
          .join('')}</w:tr>`,
    )
    .join('')}</w:tbl>`;

/** A Word file from the body's XML, as small as one can be. */
export const docxOf = (body: string, more: Record<string, string> = {}): Buffer =>
  zipOf({
    '[Content_Types].xml':
      '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    '_rels/.rels':
      '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
    'word/document.xml': `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="${main}"><w:body>${body}</w:body></w:document>`,
    'word/styles.xml': `<?xml version="1.0" encoding="UTF-8"?><w:styles xmlns:w="${main}"><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style><w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/></w:style></w:styles>`,
    ...more,
  });
