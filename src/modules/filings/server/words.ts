import { conflict, notFound, type Problem } from '#core/server/errors.ts';
import type { Words } from '#core/shared/words.ts';
import type { FilingEvent, FilingState } from '../flow.ts';

export const stateWords: Record<FilingState, Words> = {
  opened: { zh: '未填', en: 'not begun' },
  draft: { zh: '草稿', en: 'a draft' },
  checked: { zh: '已校验', en: 'checked' },
  submitted: { zh: '待审', en: 'waiting for review' },
  returned: { zh: '已退回', en: 'returned' },
  accepted: { zh: '已审', en: 'accepted' },
  frozen: { zh: '已冻结', en: 'frozen' },
  exempt: { zh: '免报', en: 'exempt' },
};

const acts: Record<FilingEvent, Words> = {
  save: { zh: '修改', en: 'changed' },
  check: { zh: '校验', en: 'checked' },
  submit: { zh: '提交', en: 'submitted' },
  withdraw: { zh: '撤回', en: 'taken back' },
  return: { zh: '退回', en: 'returned' },
  pass: { zh: '通过', en: 'passed' },
  accept: { zh: '通过', en: 'accepted' },
  correct: { zh: '要求更正', en: 'opened for correction' },
  freeze: { zh: '冻结', en: 'frozen' },
};

export const noFiling = (): Problem => notFound({ zh: '填报', en: 'filing' });

export const wrongState = (state: FilingState, event: FilingEvent): Problem =>
  conflict('wrong_state', {
    zh: `这份填报现在是“${stateWords[state].zh}”，不能${acts[event].zh}；请刷新查看`,
    en: `This filing is ${stateWords[state].en} and cannot be ${acts[event].en}: reload to see it`,
  });

export const passedUp = (): Problem =>
  conflict('passed_up', {
    zh: '下一级已经审核通过并上报，不能再撤回；需要修改的，请联系上级退回',
    en: 'A level of review has passed it on, so it cannot be taken back: ask the next level to return it',
  });

export const newerVersion = (): Problem =>
  conflict('newer_version', {
    zh: '填报人已提交了新的版本，请刷新后再审',
    en: 'A newer version was submitted meanwhile: reload, then review that one',
  });
