import { documentReply } from '#core/server/document/reply.ts';
import { notFound } from '#core/server/errors.ts';
import { type FileReply, fileReply } from '#core/server/files.ts';
import type { Scope } from '#core/server/scope.ts';
import { type ExcelColumn, writeWorkbook } from '#core/server/spreadsheet/write.ts';
import { shanghaiDay, weekday, yearOf } from '#core/shared/day.ts';
import { tableDocument } from '#core/shared/table-document.ts';
import { calendarOf } from '#modules/calendar/server/public.ts';
import { findUnit } from '#modules/organization/server/public.ts';
import { dayClassOf, dayClassWords } from '../shifts.ts';
import { findRoster, listTurns, type RosterRow, type TurnRow } from './roster-store.ts';

const weekdays = ['', '周一', '周二', '周三', '周四', '周五', '周六', '周日'];
const clock = (moment: Date): string => new Date(moment.getTime() + 8 * 3_600_000).toISOString().slice(11, 16);

export interface RosterLine {
  day: string;
  weekday: string;
  kind: string;
  time: string;
  leader: string;
  leaderPhone: string;
  officer: string;
  officerPhone: string;
  deputy: string;
}

/** One line for each turn of a duty officer, with whoever else is on when it begins. */
export async function linesOf(scope: Scope, turns: readonly TurnRow[]): Promise<RosterLine[]> {
  const calendar = await calendarOf(scope);
  const beside = (post: TurnRow['post'], at: Date) =>
    turns.find((turn) => turn.post === post && turn.fromAt <= at && at < turn.toAt);
  return turns
    .filter((turn) => turn.post === 'officer')
    .map((turn) => {
      const day = shanghaiDay(turn.fromAt);
      const kind = calendar.hasYear(yearOf(day)) ? calendar.kindOf(day) : null;
      const leader = beside('leader', turn.fromAt);
      const until = shanghaiDay(turn.toAt) === day ? clock(turn.toAt) : `次日 ${clock(turn.toAt)}`;
      return {
        day,
        weekday: weekdays[weekday(day)]!,
        kind:
          kind === null
            ? '日历未发布'
            : kind === 'makeUp'
              ? '调休上班'
              : `${dayClassWords[dayClassOf(kind)].zh}${calendar.nameOf(day) ? `（${calendar.nameOf(day)}）` : ''}`,
        time: `${clock(turn.fromAt)} 至 ${until}`,
        leader: leader?.name ?? '',
        leaderPhone: leader?.phone ?? '',
        officer: turn.name,
        officerPhone: turn.phone ?? '',
        deputy: beside('deputy', turn.fromAt)?.name ?? '',
      };
    });
}

export const rosterTitle = (unitName: string, roster: RosterRow): string =>
  `${unitName}${roster.title}${roster.demo ? '（示例）' : ''}`;

export async function sheet(scope: Scope, id: string, format: 'xlsx' | 'docx'): Promise<FileReply> {
  const roster = await findRoster(scope, id, 'duties.read');
  if (!roster || (roster.version === 0 && !scope.can('duties.roster'))) throw notFound({ zh: '值班表', en: 'roster' });
  const unit = await findUnit(scope, roster.unitId);
  const lines = await linesOf(scope, await listTurns(scope, [id]));
  const title = rosterTitle(unit?.name ?? '', roster);
  const column = (header: string, width: number) => ({ header, width });
  const note = `${roster.fromOn} ${roster.pattern.handover} 至 ${roster.toOn} 次日 ${roster.pattern.handover}　${
    roster.version === 0 ? '草稿，未发布' : `第 ${roster.version} 版`
  }`;
  const columns: ExcelColumn[] = [
    { header: '日期', width: 12, kind: 'date' },
    column('星期', 7),
    column('类别', 18),
    column('时段', 20),
    column('带班领导', 14),
    column('电话', 15),
    column('值班员', 14),
    column('电话', 15),
    column('副班', 14),
  ];
  const rows = lines.map((l) => [
    l.day,
    l.weekday,
    l.kind,
    l.time,
    l.leader,
    l.leaderPhone,
    l.officer,
    l.officerPhone,
    l.deputy,
  ]);
  const remark = '换班、替班须经值班管理人员登记，以平台最新版为准。';
  if (format === 'docx')
    return documentReply(scope, tableDocument({ title, note, columns, rows, footnotes: [remark] }), 'docx', title);
  const bytes = await writeWorkbook([
    { sheet: '值班表', title, note, columns, rows, footnotes: [remark], landscape: true },
  ]);
  return fileReply({
    name: `${title}.xlsx`,
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    body: bytes as Uint8Array<ArrayBuffer>,
  });
}
