import { documentReply } from '#core/server/document/reply.ts';
import { notFound } from '#core/server/errors.ts';
import { openFile, openThumbnail } from '#core/server/files.ts';
import { defineServerModule } from '#core/server/module.ts';
import { unitNames } from '#modules/organization/server/public.ts';
import { meetings } from '../contract.ts';
import { agendaDocument, minutesDocument, photosOf } from '../minutes-document.ts';
import {
  addItem,
  assemble,
  convene,
  editItem,
  editMeeting,
  listCandidates,
  listItems,
  orderItems,
  removeItem,
} from './agenda-acts.ts';
import { attend, markPresence, showCode } from './attendance.ts';
import { decide, editDecision, setPreamble, writeMinute } from './minutes-acts.ts';
import { answerObjection, moveMeeting, objectTo } from './moves.ts';
import { isScorePhotoSeen, moveObservation, presentObservation, score, setRoute } from './observation.ts';
import { listMeetings, presentMeeting } from './present.ts';
import { getMeeting } from './store.ts';

const photoWords = { zh: '照片', en: 'photo' };

export default defineServerModule(meetings, {
  handlers: {
    list: async (scope, filter) => ({
      meetings: await listMeetings(scope, filter),
      allowed: scope.can('meetings.convene') ? ['convene' as const] : [],
    }),
    meeting: presentMeeting,
    candidates: listCandidates,
    code: showCode,
    photo: async (scope, { id, itemId, fileId }) => {
      const meeting = await getMeeting(scope, id);
      const item = (await listItems(scope, meeting.id)).find((one) => one.id === itemId);
      if (!item || !photosOf(item.figures).includes(fileId)) throw notFound(photoWords);
      return openThumbnail(scope, fileId, 1600);
    },
    minutesFile: async (scope, { id, format }) => {
      const meeting = await presentMeeting(scope, { id });
      const names = await unitNames(scope, [meeting.convenerUnit.id]);
      const issuer = names.get(meeting.convenerUnit.id)?.name ?? '';
      return documentReply(scope, minutesDocument(meeting, issuer), format, `${meeting.title}纪要`);
    },
    agendaFile: async (scope, { id, format }) => {
      const meeting = await presentMeeting(scope, { id });
      return documentReply(scope, agendaDocument(meeting), format, `${meeting.title}议程`);
    },
    convene,
    edit: editMeeting,
    move: moveMeeting,
    assemble,
    addItem,
    editItem,
    removeItem,
    order: orderItems,
    writeMinute,
    setPreamble,
    decide,
    editDecision,
    attend,
    mark: markPresence,
    object: objectTo,
    answer: answerObjection,
    observation: presentObservation,
    scorePhoto: async (scope, { id, fileId }) => {
      if (!(await isScorePhotoSeen(scope, id, fileId))) throw notFound(photoWords);
      return openFile(scope, fileId);
    },
    setRoute,
    moveObservation,
    score,
  },
});
