import type { Block, OfficialDocument } from '#core/shared/official-document.ts';
import type { Decision, Figures, MeetingView } from './shapes.ts';

const numerals = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
/** 一 … 九十九, as headings are numbered. */
export function chineseNumber(n: number): string {
  const [tens, ones] = [Math.floor(n / 10), n % 10];
  const head = tens === 0 ? '' : tens === 1 ? '十' : `${numerals[tens - 1]}十`;
  return `${head}${ones === 0 ? '' : numerals[ones - 1]}`;
}

const dayWords = (day: string) => `${Number(day.slice(0, 4))}年${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`;
const shanghai = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'short',
});
const momentWords = (at: string) => {
  const [day, time] = shanghai.format(new Date(at)).split(' ');
  return `${dayWords(day!)}${time}`;
};
const sentence = (text: string) => (/[。；！？]$/.test(text) ? text : `${text}。`);

const paragraph = (text: string): Block => ({ kind: 'paragraph', text });

/**
 * 会议纪要 in official layout: what was said to each item, then its decisions with unit and day, who was there, and the list of
 * all decisions as an annex. Before it is issued it says that it is a draft for comment.
 */
export function minutesDocument(meeting: MeetingView, issuer: string): OfficialDocument {
  const isIssued = meeting.issuedOn !== null;
  const decisions = meeting.decisionList.filter((d) => !d.isDropped);
  const body: Block[] = [
    paragraph(
      meeting.preamble ||
        `${dayWords(meeting.heldOn)}，${meeting.chairName}在${meeting.place}主持召开${meeting.title}。现将会议议定事项纪要如下。`,
    ),
  ];
  meeting.agenda.forEach((item, i) => {
    const own = decisions.filter((d) => d.itemId === item.id);
    const said = item.minute?.text.trim() ?? '';
    if (said === '' && own.length === 0) return;
    body.push({ kind: 'heading', level: 1, text: `${chineseNumber(i + 1)}、${item.title}` });
    const lines = said
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '' && !own.some((d) => line.includes(d.title)));
    body.push(...lines.map((line) => paragraph(sentence(line))));
    own.forEach((d, k) => {
      body.push({
        kind: 'paragraph',
        text: [{ text: `${k + 1}.${sentence(d.title)}` }, { text: charge(d), face: 'kai' }],
      });
    });
  });
  const { present, absent } = attendanceWords(meeting);
  body.push({ kind: 'space', lines: 1 }, { kind: 'paragraph', text: [{ text: '出席：', face: 'hei' }, present] });
  if (absent) body.push({ kind: 'paragraph', text: [{ text: '请假、缺席：', face: 'hei' }, absent] });
  return {
    header: {
      issuers: ['会议纪要'],
      isCompact: true,
      ...(isIssued && meeting.documentNo && { number: meeting.documentNo }),
    },
    title: meeting.title,
    ...(!isIssued && { subtitle: '（征求意见稿）' }),
    body,
    ...(decisions.length > 0 && { annexes: [annexOf(meeting, decisions)] }),
    colophon: { printedBy: issuer, printedOn: meeting.issuedOn ?? meeting.heldOn },
    ...(meeting.demo && { marks: ['示例数据'] }),
  };
}

/** （责任单位：…；配合单位：…；完成时限：…） */
function charge({ leadUnit, coUnits, dueOn }: Decision): string {
  const parts = [
    leadUnit && `责任单位：${leadUnit.name}`,
    coUnits.length > 0 && `配合单位：${coUnits.map((unit) => unit.name).join('、')}`,
    dueOn && `完成时限：${dayWords(dueOn)}`,
  ].filter((part): part is string => typeof part === 'string');
  return parts.length > 0 ? `（${parts.join('；')}）` : '';
}

function attendanceWords({ people }: MeetingView): { present: string; absent: string } {
  const there = people.filter((p) => p.people.length > 0);
  const names = there.map(
    (p) => `${p.unit.name}${p.people.map((one) => `${one.name}${one.isDeputy ? '（代）' : ''}`).join('、')}`,
  );
  const missing = people
    .filter((p) => p.presence === 'excused' || p.presence === 'absent')
    .map((p) => `${p.unit.name}（${p.presence === 'excused' ? '请假' : '缺席'}）`);
  return {
    present: `${names.join('，') || '（未登记）'}。`,
    absent: missing.length > 0 ? `${missing.join('，')}。` : '',
  };
}

function annexOf(meeting: MeetingView, decisions: readonly Decision[]) {
  return {
    title: '议定事项清单',
    landscape: true,
    body: [
      {
        kind: 'table' as const,
        columns: [
          { header: '序号', width: 5, align: 'center' as const },
          { header: '议定事项', width: 34 },
          { header: '责任单位', width: 14 },
          { header: '配合单位', width: 16 },
          { header: '完成时限', width: 11, kind: 'date' as const },
          { header: '事项编号', width: 13 },
        ],
        rows: decisions.map((d, i) => [
          i + 1,
          d.title,
          d.leadUnit?.name ?? '',
          d.coUnits.map((unit) => unit.name).join('、'),
          d.dueOn ?? '按会议纪要时限',
          d.matterNo ?? '',
        ]),
        footnotes: [meeting.title],
      },
    ],
  };
}

/** 会议议程: order, presenter, minutes, and why each item is there. */
export function agendaDocument(meeting: MeetingView): OfficialDocument {
  return {
    layout: 'list',
    title: `${meeting.title}议程`,
    subtitle: `${momentWords(meeting.startsAt)}　${meeting.place}　主持：${meeting.chairName}`,
    body: [
      {
        kind: 'table',
        columns: [
          { header: '序号', width: 5, align: 'center' },
          { header: '议题', width: 26 },
          { header: '列入理由', width: 30 },
          { header: '汇报单位', width: 14 },
          { header: '时间（分钟）', width: 7, align: 'center' },
        ],
        rows: meeting.agenda.map((item, i) => [
          i + 1,
          item.title,
          item.why.map((why) => why.zh).join('；'),
          item.presenterUnit?.name ?? '',
          item.minutes,
        ]),
        size: 12,
      },
    ],
    ...(meeting.demo && { marks: ['示例数据'] }),
  };
}

/** Pictures on a page, for the guard of its downloads. */
export const photosOf = (figures: Figures | null): readonly string[] =>
  figures?.kind === 'project' ? figures.photos : [];
