import type { Words } from '#core/shared/words.ts';
import type { ReviewConclusion, TakerKind } from './terms.ts';

export const basisWords: Record<'indicator' | 'filing' | 'selfReported', Words> = {
  indicator: { zh: '指标取数', en: 'Indicator' },
  filing: { zh: '核定报送', en: 'Accepted' },
  selfReported: { zh: '自报', en: 'Self-reported' },
};
export const takerWords: Record<TakerKind, Words> = {
  unit: { zh: '单位', en: 'Unit' },
  firm: { zh: '企业', en: 'Firm' },
  person: { zh: '个人', en: 'Person' },
};
export const reviewWords: Record<ReviewConclusion, Words> = {
  fair: { zh: '审查通过', en: 'Passed' },
  fairAfterChange: { zh: '修改后通过', en: 'Passed after changes' },
  exempt: { zh: '适用例外规定', en: 'Exempt' },
  unfair: { zh: '不予出台', en: 'Forbidden' },
};
/** Lines of the course that are no moves of the flow. */
export const actWords: Record<string, Words> = {
  draft: { zh: '拟榜', en: 'Drafted' },
  edit: { zh: '修改条款', en: 'Terms changed' },
  baseline: { zh: '封存基线', en: 'Baseline frozen' },
  restateBaseline: { zh: '重述基线', en: 'Baseline restated' },
  review: { zh: '公平竞争审查', en: 'Fair-competition review' },
  rejectObjection: { zh: '答复异议（不成立）', en: 'Objection rejected' },
  draftPledge: { zh: '拟订军令状', en: 'Pledge drafted' },
  draftAdjustment: { zh: '拟订调整书', en: 'Adjustment drafted' },
  adjust: { zh: '调整书生效', en: 'Adjustment in force' },
  report: { zh: '报送实绩（自报）', en: 'Value reported' },
  acceptValue: { zh: '核定数值', en: 'Value accepted' },
  returnValue: { zh: '退回数值', en: 'Value returned' },
  readValue: { zh: '平台取数', en: 'Value read' },
  milestone: { zh: '完成节点', en: 'Milestone reached' },
};
