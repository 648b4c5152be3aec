import { type FileReply, fileReply } from '#core/server/files.ts';
import type { Scope } from '#core/server/scope.ts';
import { writeWorkbook } from '#core/server/spreadsheet/write.ts';
import type { Language } from '#core/shared/words.ts';
import { listPromises } from './promises.ts';

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

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
