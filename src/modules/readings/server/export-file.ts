import { writeWorkbook } from '#core/server/spreadsheet/write.ts';
import type { Day } from '#core/shared/day.ts';
import type { Language } from '#core/shared/words.ts';
import { type Reading, reportOf } from '#modules/bulletins/server/public.ts';
import { annotatedPage, kindWord, verdictWord } from '../annotated.ts';
import type { Decision } from '../contract.ts';
import type { DeskText } from './desk-work.ts';

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const bytesOf = (text: string) => new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>;
/** Rows of one sheet; a workbook of millions opens nowhere. */
const mostRows = 100_000;

export interface FileContent {
  name: string;
  type: string;
  body: Uint8Array<ArrayBuffer>;
}

/** What an export says beside the reading itself. */
export interface ExportHead {
  title: string;
  documentDate: Day | null;
  /** By the key of the proposal. */
  decisions: Record<string, Decision>;
}

/** A reading as JSON (the schema of `bulletins.check`, with the decisions), as a workbook, or as an annotated page. */
export async function exportFile(
  reading: Reading,
  desk: DeskText,
  format: 'json' | 'xlsx' | 'html',
  language: Language,
  { title, documentDate, decisions }: ExportHead,
): Promise<FileContent> {
  const name = title.replace(/[\\/:*?"<>|\s]+/g, ' ').slice(0, 60);
  if (format === 'html')
    return {
      name: `${name}.html`,
      type: 'text/html; charset=utf-8',
      body: bytesOf(annotatedPage({ ...desk, title, documentDate }, language)),
    };
  if (format === 'json') {
    const decided = desk.proposals
      .filter((p) => decisions[p.key])
      .map(({ key, kind, original, text }) => ({ key, kind, span: original, text, decision: decisions[key] }));
    const content = { title, text: desk.original, ...reportOf(reading), decisions: decided };
    return {
      name: `${name}.json`,
      type: 'application/json; charset=utf-8',
      body: bytesOf(JSON.stringify(content, null, 1)),
    };
  }
  const zh = language === 'zh';
  /** Rows up to the limit, and a line that says so when there are more. */
  const capped = <T, R>(all: readonly T[], row: (one: T) => R) => ({
    ...(all.length > mostRows && {
      note: zh
        ? `共 ${all.length} 条，只列前 ${mostRows} 条；全部见 JSON`
        : `${all.length} in all, the first ${mostRows} listed; all of them are in the JSON`,
    }),
    rows: all.slice(0, mostRows).map(row),
  });
  const text = (header: string, width: number) => ({ header, width, kind: 'text' as const, wrap: width > 30 });
  const bytes = await writeWorkbook([
    {
      sheet: zh ? '核对' : 'Checks',
      title: title,
      columns: [
        text(zh ? '结论' : 'Verdict', 14),
        text(zh ? '类别' : 'Kind', 10),
        { header: zh ? '文中' : 'Published', width: 14, kind: 'number' },
        { header: zh ? '算得' : 'Computed', width: 16, kind: 'number' },
        text(zh ? '单位' : 'Unit', 10),
        text(zh ? '依据' : 'Arithmetic', 70),
      ],
      ...capped(desk.checks, (c) => [
        verdictWord(c.verdict, language),
        c.kind,
        c.published,
        c.computed,
        c.unit,
        c.says[language],
      ]),
    },
    {
      sheet: zh ? '标记' : 'Marks',
      title: title,
      columns: [
        text(zh ? '类别' : 'Kind', 10),
        text(zh ? '原文' : 'Text', 50),
        text(zh ? '读作' : 'Read as', 50),
        { header: zh ? '起' : 'From', width: 9, kind: 'number' },
        { header: zh ? '止' : 'To', width: 9, kind: 'number' },
      ],
      ...capped(desk.marks, (m) => [kindWord(m.kind, language), m.text, m.says, m.original.start, m.original.end]),
    },
    {
      sheet: zh ? '建议' : 'Proposals',
      title: title,
      columns: [
        text(zh ? '类别' : 'Kind', 12),
        text(zh ? '原文' : 'Text', 60),
        text(zh ? '决定' : 'Decision', 12),
        text(zh ? '经办人' : 'By', 12),
      ],
      ...capped(desk.proposals, (p) => [
        p.kind,
        p.text,
        decidedWord(decisions[p.key], zh),
        decisions[p.key]?.byName ?? '',
      ]),
    },
  ]);
  return { name: `${name}.xlsx`, type: xlsx, body: bytes as Uint8Array<ArrayBuffer> };
}

const decidedWord = (decision: Decision | undefined, zh: boolean): string =>
  decision === undefined
    ? ''
    : decision.decision === 'accept'
      ? zh
        ? '采纳'
        : 'accepted'
      : zh
        ? '不采纳'
        : 'rejected';
