import { notFound } from '#core/server/errors.ts';
import { type FileReply, fileReply } from '#core/server/files.ts';
import type { Scope } from '#core/server/scope.ts';
import { writeWorkbook } from '#core/server/spreadsheet/write.ts';
import type { Language } from '#core/shared/words.ts';
import { readBulletin, reportOf } from '#modules/bulletins/server/public.ts';
import { annotatedPage, kindWord, verdictWord } from '../annotated.ts';
import { documentWords, readDesk } from './desk.ts';
import { listPromises } from './promises.ts';
import { findDocument } from './store.ts';

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const bytesOf = (text: string) => new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>;

/** A reading as JSON (the schema of `bulletins.check`, with the decisions), as a workbook, or as an annotated page. */
export async function exportReading(
  scope: Scope,
  id: string,
  format: 'json' | 'xlsx' | 'html',
  language: Language,
): Promise<FileReply> {
  const document = await findDocument(scope, id);
  if (!document) throw notFound(documentWords);
  const desk = await readDesk(scope, id);
  const name = document.title.replace(/[\\/:*?"<>|\s]+/g, ' ').slice(0, 60);
  if (format === 'html')
    return fileReply({
      name: `${name}.html`,
      type: 'text/html; charset=utf-8',
      body: bytesOf(annotatedPage(desk, language)),
    });
  if (format === 'json') {
    const report = reportOf(readBulletin(document.original, { documentDate: document.documentDate }));
    const decisions = desk.proposals
      .filter((p) => p.decision)
      .map(({ key, kind, original, text, decision }) => ({ key, kind, span: original, text, decision }));
    const content = { title: document.title, text: document.original, ...report, decisions };
    return fileReply({
      name: `${name}.json`,
      type: 'application/json; charset=utf-8',
      body: bytesOf(JSON.stringify(content, null, 1)),
    });
  }
  const zh = language === 'zh';
  const text = (header: string, width: number) => ({ header, width, kind: 'text' as const, wrap: width > 30 });
  const bytes = await writeWorkbook([
    {
      sheet: zh ? '核对' : 'Checks',
      title: document.title,
      columns: [
        text(zh ? '结论' : 'Verdict', 14),
        text(zh ? '类别' : 'Kind', 10),
        { header: zh ? '文中' : 'Published', width: 14, kind: 'number' },
        { header: zh ? '算得' : 'Computed', width: 16, kind: 'number' },
        text(zh ? '单位' : 'Unit', 10),
        text(zh ? '依据' : 'Arithmetic', 70),
      ],
      rows: desk.checks.map((c) => [
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
      title: document.title,
      columns: [
        text(zh ? '类别' : 'Kind', 10),
        text(zh ? '原文' : 'Text', 50),
        text(zh ? '读作' : 'Read as', 50),
        { header: zh ? '起' : 'From', width: 9, kind: 'number' },
        { header: zh ? '止' : 'To', width: 9, kind: 'number' },
      ],
      rows: desk.marks.map((m) => [kindWord(m.kind, language), m.text, m.says, m.original.start, m.original.end]),
    },
    {
      sheet: zh ? '建议' : 'Proposals',
      title: document.title,
      columns: [
        text(zh ? '类别' : 'Kind', 12),
        text(zh ? '原文' : 'Text', 60),
        text(zh ? '决定' : 'Decision', 12),
        text(zh ? '经办人' : 'By', 12),
      ],
      rows: desk.proposals.map((p) => [
        p.kind,
        p.text,
        p.decision === null
          ? ''
          : p.decision.decision === 'accept'
            ? zh
              ? '采纳'
              : 'accepted'
            : zh
              ? '不采纳'
              : 'rejected',
        p.decision?.byName ?? '',
      ]),
    },
  ]);
  return fileReply({ name: `${name}.xlsx`, type: xlsx, body: bytes as Uint8Array<ArrayBuffer> });
}

const whatWords = {
  start: ['开工', 'start'],
  finish: ['竣工', 'finish'],
  open: ['通车运营', 'opening'],
  produce: ['投产', 'production'],
  amount: ['金额', 'amount'],
  other: ['其他', 'other'],
} as const;
const stateWords = {
  open: ['未到期', 'open'],
  overdue: ['逾期未兑现', 'overdue'],
  kept: ['已兑现', 'kept'],
  broken: ['未按期', 'broken'],
} as const;

/** Every claim in the order of its documents, a row each. */
export async function promiseTable(scope: Scope, language: Language): Promise<FileReply> {
  const zh = language === 'zh';
  const at = zh ? 0 : 1;
  const lines = await listPromises(scope);
  const text = (header: string, width: number) => ({ header, width, kind: 'text' as const, wrap: width > 30 });
  const date = (header: string) => ({ header, width: 12, kind: 'date' as const });
  const number = (header: string) => ({ header, width: 14, kind: 'number' as const });
  const title = zh ? '承诺台账' : 'Ledger of promises';
  const bytes = await writeWorkbook([
    {
      sheet: title,
      title,
      note: zh ? `截至 ${scope.today}` : `as of ${scope.today}`,
      columns: [
        text(zh ? '项目' : 'Project', 36),
        text(zh ? '牵头单位' : 'Lead unit', 18),
        text(zh ? '承诺' : 'Promise', 10),
        text(zh ? '状态' : 'State', 12),
        date(zh ? '文件日期' : 'Said on'),
        date(zh ? '承诺日期' : 'By'),
        number(zh ? '金额（万元）' : 'Amount (10,000)'),
        text(zh ? '措辞' : 'Hedge', 8),
        text(zh ? '说话人' : 'Speaker', 12),
        number(zh ? '比首次' : 'From the first'),
        number(zh ? '比上次' : 'From the one before'),
        text(zh ? '出处' : 'Document', 40),
        text(zh ? '原文' : 'Words', 50),
      ],
      rows: lines.flatMap((line) =>
        line.steps.map((step) => [
          line.projectName + (line.demo ? (zh ? '（示例）' : ' (sample)') : ''),
          line.unitName,
          whatWords[line.what][at],
          stateWords[line.state][at],
          step.saidOn,
          step.by,
          step.amountYuan === null ? null : step.amountYuan / 10_000,
          step.hedge,
          step.speaker,
          line.unit === 'yuan' && step.fromFirst !== null ? step.fromFirst / 10_000 : step.fromFirst,
          line.unit === 'yuan' && step.fromLast !== null ? step.fromLast / 10_000 : step.fromLast,
          step.documentTitle,
          step.text,
        ]),
      ),
    },
  ]);
  return fileReply({ name: `${title}.xlsx`, type: xlsx, body: bytes as Uint8Array<ArrayBuffer> });
}
