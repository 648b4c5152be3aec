import { z } from 'zod';
import { command, defineContract, download, query } from '#core/shared/contract.ts';
import { agendaSources } from './agenda.ts';
import { meetingMoves, meetingStates, observationMoves } from './flow.ts';
import { meetingKinds } from './kinds.ts';
import { scales } from './ranking.ts';
import {
  AgendaItem,
  CriterionShape,
  Decision,
  day,
  fileId,
  MeetingInput,
  MeetingRow,
  MeetingView,
  moment,
  Observation,
  text,
} from './shapes.ts';

const byId = z.object({ id: z.uuid() });
/** The version that was read: a change of one that moved meanwhile is refused and loses nothing. */
const seen = byId.extend({ version: z.int() });
const done = z.object({ id: z.uuid(), version: z.int() });
const limit = z.int().min(0).max(30);

export const meetings = defineContract({
  name: 'meetings',
  title: { zh: '会议', en: 'Meetings' },
  uses: ['organization', 'identity', 'calendar', 'projects', 'filings', 'dispatch', 'notices', 'ledger', 'readings'],
  permissions: {
    'meetings.read': {
      words: { zh: '查看本单位参加的会议', en: 'See meetings in which one’s unit takes part' },
      roles: ['admin', 'leader', 'office', 'commandPost', 'responsibleUnit', 'filer', 'inspector'],
    },
    'meetings.convene': {
      words: { zh: '召集会议、确定议程、印发纪要', en: 'Convene meetings, fix agendas, issue minutes' },
      roles: ['admin', 'office', 'commandPost'],
    },
    'meetings.minute': {
      words: { zh: '记录会议、登记议定事项', en: 'Take minutes and record decisions' },
      roles: ['admin', 'office', 'commandPost'],
    },
    'meetings.attend': {
      words: { zh: '会议签到、对纪要提出意见', en: 'Confirm attendance, object to minutes' },
      roles: ['admin', 'leader', 'office', 'commandPost', 'responsibleUnit', 'filer', 'inspector'],
    },
    'meetings.score': {
      words: { zh: '现场观摩评分', en: 'Score at site observations' },
      roles: ['admin', 'leader', 'office', 'commandPost', 'responsibleUnit', 'inspector'],
    },
  },
  endpoints: {
    list: query({
      path: '/meetings',
      summary: { zh: '会议列表', en: 'Meetings' },
      permission: 'meetings.read',
      input: z.object({
        from: day.optional(),
        to: day.optional(),
        kind: z.enum(meetingKinds).optional(),
        state: z.enum(meetingStates).optional(),
      }),
      output: z.object({ meetings: z.array(MeetingRow), allowed: z.array(z.enum(['convene'])) }),
    }),
    meeting: query({
      path: '/meetings/:id',
      summary: { zh: '一次会议的全部', en: 'One meeting with everything about it' },
      permission: 'meetings.read',
      input: byId,
      output: MeetingView,
    }),
    candidates: query({
      path: '/meetings/:id/candidates',
      summary: { zh: '可以列入议程的事项及理由', en: 'What an agenda could take, and why' },
      permission: 'meetings.convene',
      input: byId,
      output: z.array(
        AgendaItem.pick({ source: true, title: true, projectId: true, matterId: true, minutes: true, why: true }),
      ),
    }),
    code: query({
      path: '/meetings/:id/attend-code',
      summary: { zh: '签到码（每分钟更换）', en: 'The code at the door, a new one each minute' },
      permission: 'meetings.minute',
      input: byId,
      output: z.object({ code: z.string(), until: moment, present: z.int(), expected: z.int() }),
    }),
    photo: download({
      path: '/meetings/:id/items/:itemId/photos/:fileId',
      summary: { zh: '议程页上的照片', en: 'A photo on a page of the agenda' },
      permission: 'meetings.read',
      input: byId.extend({ itemId: z.uuid(), fileId }),
      output: z.unknown(),
    }),
    minutesFile: download({
      path: '/meetings/:id/minutes-file',
      summary: { zh: '会议纪要（Word、PDF）', en: 'The minutes as Word or PDF' },
      permission: 'meetings.read',
      input: byId.extend({ format: z.enum(['docx', 'pdf']) }),
      output: z.unknown(),
    }),
    agendaFile: download({
      path: '/meetings/:id/agenda-file',
      summary: { zh: '会议议程（Word、PDF）', en: 'The agenda as Word or PDF' },
      permission: 'meetings.read',
      input: byId.extend({ format: z.enum(['docx', 'pdf']) }),
      output: z.unknown(),
    }),
    convene: command({
      path: '/meetings',
      summary: { zh: '召集会议', en: 'Convene a meeting' },
      permission: 'meetings.convene',
      input: MeetingInput,
      output: done,
    }),
    edit: command({
      path: '/meetings/:id/edit',
      summary: { zh: '修改时间、地点、参会单位', en: 'Change time, place and participants' },
      permission: 'meetings.convene',
      input: seen.extend({ changes: MeetingInput.omit({ kind: true, convenerUnitId: true }) }),
      output: done,
    }),
    move: command({
      path: '/meetings/:id/move',
      summary: { zh: '确定议程、结束、征求意见、印发、归档', en: 'Fix the agenda, end, circulate, issue, archive' },
      permission: 'meetings.convene',
      input: seen.extend({
        move: z.enum(meetingMoves),
        /** Of a circulation; left out: two workdays from now. */
        until: moment.optional(),
        /** Of an issue: 会议纪要〔2021〕9号; left out: made of the meeting's own number. */
        documentNo: text(60).optional(),
        reason: text(300).optional(),
      }),
      output: done,
    }),
    assemble: command({
      path: '/meetings/:id/assemble',
      summary: { zh: '自动组成议程', en: 'Assemble the agenda' },
      permission: 'meetings.convene',
      input: seen.extend({
        limits: z.object({ late: limit, warn: limit, overdue: limit, request: limit }).optional(),
      }),
      output: done.extend({ leftOut: z.record(z.string(), z.int()) }),
    }),
    addItem: command({
      path: '/meetings/:id/items',
      summary: { zh: '加入一项议程', en: 'Add an item' },
      permission: 'meetings.convene',
      input: seen.extend({
        source: z.enum(agendaSources).default('hand'),
        title: text(200, 2).optional(),
        projectId: z.uuid().nullable().default(null),
        matterId: z.uuid().nullable().default(null),
        presenterUnitId: z.uuid().nullable().default(null),
        minutes: z.int().min(1).max(240).default(5),
      }),
      output: done.extend({ itemId: z.uuid() }),
    }),
    editItem: command({
      path: '/meetings/:id/items/:itemId/edit',
      summary: { zh: '修改一项议程', en: 'Change an item' },
      permission: 'meetings.convene',
      input: seen.extend({
        itemId: z.uuid(),
        title: text(200, 2).optional(),
        presenterUnitId: z.uuid().nullable().optional(),
        minutes: z.int().min(1).max(240).optional(),
      }),
      output: done,
    }),
    removeItem: command({
      path: '/meetings/:id/items/:itemId/remove',
      summary: { zh: '移出议程', en: 'Take an item out' },
      permission: 'meetings.convene',
      input: seen.extend({ itemId: z.uuid() }),
      output: done,
    }),
    order: command({
      path: '/meetings/:id/order',
      summary: { zh: '调整议程顺序', en: 'Order the agenda' },
      permission: 'meetings.convene',
      input: seen.extend({ itemIds: z.array(z.uuid()).max(200) }),
      output: done,
    }),
    writeMinute: command({
      path: '/meetings/:id/items/:itemId/minute',
      summary: { zh: '保存一项议程的记录', en: 'Keep what was typed to an item' },
      permission: 'meetings.minute',
      input: byId.extend({
        itemId: z.uuid(),
        text: z.string().max(20_000),
        /** Of the text that was changed; 0: none was there. */
        basedOn: z.int().min(0),
      }),
      output: z.object({ version: z.int() }),
    }),
    setPreamble: command({
      path: '/meetings/:id/preamble',
      summary: { zh: '会议纪要的开头', en: 'What stands above the items in the minutes' },
      permission: 'meetings.minute',
      input: seen.extend({ text: z.string().trim().max(5000) }),
      output: done,
    }),
    decide: command({
      path: '/meetings/:id/items/:itemId/decisions',
      summary: { zh: '一行记录转为议定事项', en: 'Turn a line of the minutes into a decision' },
      permission: 'meetings.minute',
      input: byId.extend({ itemId: z.uuid(), line: text(1000, 2) }),
      output: Decision,
    }),
    editDecision: command({
      path: '/meetings/:id/decisions/:decisionId/edit',
      summary: { zh: '更正议定事项的单位、时限、文字', en: 'Correct the unit, day or words of a decision' },
      permission: 'meetings.minute',
      input: byId.extend({
        decisionId: z.uuid(),
        version: z.int(),
        title: text(300, 2).optional(),
        leadUnitId: z.uuid().nullable().optional(),
        coUnitIds: z.array(z.uuid()).max(30).optional(),
        dueOn: day.nullable().optional(),
        isDropped: z.boolean().optional(),
      }),
      output: Decision,
    }),
    attend: command({
      path: '/meetings/:id/attend',
      summary: { zh: '扫码签到', en: 'Confirm attendance with the code on the screen' },
      permission: 'meetings.attend',
      input: byId.extend({ code: z.string().trim().min(4).max(12), isDeputy: z.boolean().default(false) }),
      output: z.object({ at: moment, isLate: z.boolean(), unitName: z.string() }),
    }),
    mark: command({
      path: '/meetings/:id/participants/:participantId/mark',
      summary: { zh: '登记请假、缺席、代会、补签', en: 'Record leave, absence, a deputy, or presence by hand' },
      permission: 'meetings.minute',
      input: byId.extend({
        participantId: z.uuid(),
        as: z.enum(['present', 'deputised', 'excused', 'absent', 'expected']),
        name: text(60).optional(),
        reason: text(200).optional(),
      }),
      output: done,
    }),
    object: command({
      path: '/meetings/:id/objections',
      summary: { zh: '对征求意见的纪要提出意见', en: 'Object to circulated minutes' },
      permission: 'meetings.attend',
      input: byId.extend({ decisionId: z.uuid().nullable().default(null), text: text(2000, 2) }),
      output: z.object({ id: z.uuid() }),
    }),
    answer: command({
      path: '/meetings/:id/objections/:objectionId/answer',
      summary: { zh: '答复意见', en: 'Answer an objection' },
      permission: 'meetings.convene',
      input: byId.extend({ objectionId: z.uuid(), isAdopted: z.boolean(), answer: text(2000, 2) }),
      output: z.object({ id: z.uuid() }),
    }),
    observation: query({
      path: '/meetings/:id/observation',
      summary: { zh: '观摩路线、评分和排名', en: 'Route, scores and ranking of an observation' },
      permission: 'meetings.read',
      input: byId,
      output: Observation,
    }),
    scorePhoto: download({
      path: '/meetings/:id/observation/photos/:fileId',
      summary: { zh: '观摩点评照片', en: 'A photo with a comment' },
      permission: 'meetings.read',
      input: byId.extend({ fileId }),
      output: z.unknown(),
    }),
    setRoute: command({
      path: '/meetings/:id/route',
      summary: { zh: '设定观摩路线和评分办法', en: 'Set the route and the scheme of points' },
      permission: 'meetings.convene',
      input: byId.extend({
        version: z.int(),
        scale: z.enum(scales),
        criteria: z.array(CriterionShape).min(1).max(12),
        stops: z
          .array(z.object({ projectId: z.uuid(), plannedAt: moment, note: text(300).nullable().default(null) }))
          .min(1)
          .max(40),
      }),
      output: done,
    }),
    moveObservation: command({
      path: '/meetings/:id/observation/move',
      summary: { zh: '开始、结束评分，公布结果', en: 'Open and close scoring, publish the result' },
      permission: 'meetings.convene',
      input: seen.extend({ move: z.enum(observationMoves) }),
      output: done,
    }),
    score: command({
      path: '/meetings/:id/stops/:stopId/score',
      summary: { zh: '给一个观摩点评分', en: 'Score a stop' },
      permission: 'meetings.score',
      input: byId.extend({
        stopId: z.uuid(),
        points: z.record(z.string().max(20), z.int().min(0).max(100)),
        comment: text(500).nullable().default(null),
        fileId: fileId.nullable().default(null),
      }),
      output: z.object({ total: z.int(), at: moment }),
    }),
  },
});
