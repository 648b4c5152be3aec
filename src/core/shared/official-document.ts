/**
 * One description of an official document (公文, layout by GB/T 9704-2012) for every writer: Word and PDF are made of the
 * same description and show the same content. Build it in any pure file; `#core/server/document/reply.ts` makes the file.
 *
 * All text is data: nothing in it is read as markup, characters that no document can carry are left out, and `\n` begins
 * a new line. Numbers of headings (一、（一）1.) are written by the caller, as people cite them.
 */
export interface OfficialDocument {
  /** Words the writers add themselves (附件, 签发人, 抄送). Chinese unless said otherwise. */
  language?: 'zh' | 'en';
  /** 版头: the issuer in large coloured characters, number and rule. Without it the page begins with the title. */
  header?: DocumentHeader;
  /** 标题, 小标宋 2号, centred; break long ones with `\n` where the sense allows. */
  title: string;
  /** Under the title, 楷体 3号, centred: a date in brackets, an issue number. */
  subtitle?: string;
  /** 主送机关, in order; the colon is added. */
  recipients?: readonly string[];
  body: readonly Block[];
  /** 附件说明 below the body: titles only, the numbers are added when there are several. */
  attachments?: readonly string[];
  /** 署名 and 成文日期. */
  signature?: Signature;
  /** 附注 in brackets below the signature, as （此件公开发布）; the brackets are added. */
  annotation?: string;
  /** 附件: each begins a new page, and may lie across. */
  annexes?: readonly Annex[];
  /** 版记, at the foot of the last page. */
  colophon?: Colophon;
  /** Small lines at the foot of every page: the snapshot a table rests on, 示例. See `exportMarks` and `newestMarks`. */
  marks?: readonly string[];
  /** The main part lies across: for wide tables. */
  landscape?: boolean;
  /** Of the main part, A4 unless said otherwise: a table of twenty-five columns is printed on A3. */
  paper?: 'A4' | 'A3';
  /** `list` is for tables and sheets: a smaller title and narrower margins than the standard's letter. */
  layout?: 'letter' | 'list';
}

/** Colours are few, so that they mean the same everywhere: red, orange and blue are those of the three-colour sheets. */
export type DocumentColour = 'black' | 'red' | 'orange' | 'blue' | 'green' | 'grey';

export interface DocumentHeader {
  /** 发文机关标志: one line each for several. */
  issuers: readonly string[];
  /** Of the issuer and the rule; red unless it is a coloured sheet. */
  colour?: DocumentColour;
  /** 发文字号, as 岳项指〔2021〕3号. Stands in the middle, or at the left when there is a signer. */
  number?: string;
  /** 签发人. */
  signer?: string;
  /** 份号, 密级和保密期限, 紧急程度. */
  copyNumber?: string;
  secrecy?: string;
  urgency?: string;
  /** Without the 35 mm above the issuer that the standard asks of a letter: for sheets, minutes and bulletins. */
  isCompact?: boolean;
}

/** A piece of text; a plain string takes the face of its place. */
export type Run = string | { text: string; bold?: boolean; face?: Face; colour?: DocumentColour };
export type RichText = string | readonly Run[];
/** 仿宋, 楷体, 黑体, 小标宋, 宋体. */
export type Face = 'fang' | 'kai' | 'hei' | 'biaosong' | 'song';

export type Block =
  | Heading
  | Paragraph
  | DocumentTable
  | DocumentForm
  | DocumentPicture
  | { kind: 'pageBreak' }
  /** A head in the middle of a document: one file that holds many sheets. */
  | { kind: 'header'; header: Omit<DocumentHeader, 'signer'> }
  /** Empty lines of the body's pitch. */
  | { kind: 'space'; lines: number };

export interface Heading {
  kind: 'heading';
  /** 1: 一、黑体. 2: （一）楷体. 3: 1. 仿宋 bold. 4: （1）仿宋. */
  level: 1 | 2 | 3 | 4;
  text: RichText;
}

export interface Paragraph {
  kind: 'paragraph';
  text: RichText;
  align?: Align;
  /** Two characters at its beginning; yes, unless it is centred or at the right. */
  isIndented?: boolean;
}

export type Align = 'left' | 'center' | 'right';

/** The columns of the Excel writer serve as they are. */
export interface DocumentColumn {
  header: string;
  /** Columns side by side with the same group stand under one merged heading. */
  group?: string;
  /** A share of the table's width; by habit in characters. 12 unless said. */
  width?: number;
  /** Numbers stand at the right, days in the middle, text at the left. */
  kind?: 'text' | 'number' | 'date';
  align?: Align;
  /** Of numbers: `0.00`, `#,##0`, `0.0%`. */
  numFmt?: string;
}

export type DocumentCell = string | number | boolean | null | undefined | RichCell;
export interface RichCell {
  text: RichText;
  /** Covers so many columns or rows; the covered cells are left out of their rows. */
  colSpan?: number;
  rowSpan?: number;
  align?: Align;
  bold?: boolean;
  /** A light ground of this colour. */
  fill?: DocumentColour;
}

export interface DocumentTable {
  kind: 'table';
  /** Above the table, 黑体, centred. */
  caption?: string;
  /** At the right above the table, as 单位：万元. */
  note?: string;
  columns: readonly DocumentColumn[];
  /** In place of the heading made of the columns: any merged rows. They are repeated on every page. */
  head?: readonly (readonly DocumentCell[])[];
  rows: readonly (readonly DocumentCell[])[];
  /** Bold rows at the end. */
  totals?: readonly (readonly DocumentCell[])[];
  /** Of the text, in points: 10.5 (五号) unless said; 12 is 小四, 14 四号. */
  size?: number;
  /** Remarks below the table. */
  footnotes?: readonly string[];
}

/** A form of labels and values with borders, as a sheet has. */
export interface DocumentForm {
  kind: 'form';
  /** Fields side by side share a line of the form. */
  rows: readonly (readonly FormField[])[];
  /** Of a label, in characters: 5 unless said. */
  labelWidth?: number;
  /** In points; 14 (四号) unless said. */
  size?: number;
}

export interface FormField {
  label: string;
  value: RichText;
  align?: Align;
  /** At the right of the value: a QR code. */
  picture?: Picture;
  /** Room for a hand that writes. */
  minHeightMm?: number;
}

export interface Picture {
  png: Uint8Array;
  widthMm: number;
  /** Said by a reader for the blind, and in place of the picture. */
  alt: string;
}
export interface DocumentPicture extends Picture {
  kind: 'picture';
  align?: Align;
  /** Below the picture. */
  caption?: string;
}

export interface Signature {
  /** Several sign below each other. */
  issuers: readonly string[];
  /** YYYY-MM-DD, written as 2021年9月26日. */
  date: string;
}

export interface Annex {
  /** 附件 and its number unless said. */
  label?: string;
  title?: string;
  landscape?: boolean;
  body: readonly Block[];
}

export interface Colophon {
  /** 抄送. */
  copyTo?: readonly string[];
  /** 印发机关 and 印发日期 (YYYY-MM-DD). */
  printedBy: string;
  printedOn: string;
}
