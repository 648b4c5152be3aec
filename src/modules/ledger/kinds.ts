import type { Words } from '#core/shared/words.ts';

/** The kinds of matters (事项). Each has fields of its own (`details`) and says what evidence closes it (evidence.ts). */
export const matterKinds = ['problem', 'task', 'instruction', 'decision', 'finding', 'commitment'] as const;
export type MatterKind = (typeof matterKinds)[number];

export const kindWords: Record<MatterKind, Words> = {
  problem: { zh: '问题', en: 'Problem' },
  task: { zh: '任务', en: 'Task' },
  instruction: { zh: '批示', en: 'Instruction' },
  decision: { zh: '议定事项', en: 'Decision' },
  finding: { zh: '检查发现', en: 'Finding' },
  commitment: { zh: '承诺', en: 'Commitment' },
};

/** The character that stands before 〔2021〕17号. */
export const numberPrefix: Record<MatterKind, string> = {
  problem: '问',
  task: '任',
  instruction: '批',
  decision: '议',
  finding: '查',
  commitment: '诺',
};

/** Fixed on the spot, or assigned with a limit: counted apart, everywhere (dispatch.md §2.11). */
export const tracks = ['assigned', 'onSpot'] as const;
export type Track = (typeof tracks)[number];
export const trackWords: Record<Track, Words> = {
  assigned: { zh: '交办限期', en: 'Assigned' },
  onSpot: { zh: '立行立改', en: 'Fixed on the spot' },
};

/** Who settles it. A matter rises one level at a time (提级研究). */
export const matterLevels = ['project', 'county', 'command', 'headquarters'] as const;
export type MatterLevel = (typeof matterLevels)[number];
export const levelWords: Record<MatterLevel, Words> = {
  project: { zh: '项目', en: 'Project' },
  county: { zh: '县区', en: 'County' },
  command: { zh: '协调指挥部', en: 'Command post' },
  headquarters: { zh: '总指挥部', en: 'Headquarters' },
};
export const levelAbove = (level: MatterLevel): MatterLevel | null =>
  matterLevels[matterLevels.indexOf(level) + 1] ?? null;

export const sourceKinds = [
  'self',
  'site',
  'meeting',
  'inspection',
  'public',
  'document',
  'leader',
  'platform',
  'duty',
] as const;
export type SourceKind = (typeof sourceKinds)[number];
export const sourceWords: Record<SourceKind, Words> = {
  self: { zh: '自报', en: 'Reported by the unit' },
  site: { zh: '现场', en: 'On site' },
  meeting: { zh: '会议', en: 'Meeting' },
  inspection: { zh: '督查', en: 'Inspection' },
  public: { zh: '群众', en: 'The public' },
  document: { zh: '文件', en: 'Document' },
  leader: { zh: '领导批示', en: 'A leader' },
  platform: { zh: '平台预警', en: 'The platform' },
  duty: { zh: '值班', en: 'Duty desk' },
};

export const urgencies = ['urgent', 'normal', 'hard'] as const;
export type Urgency = (typeof urgencies)[number];
export const urgencyWords: Record<Urgency, Words> = {
  urgent: { zh: '急件', en: 'Urgent' },
  normal: { zh: '一般', en: 'Ordinary' },
  hard: { zh: '重大复杂', en: 'Difficult' },
};

export const partyRoles = ['lead', 'co', 'raiser', 'verifier', 'watch', 'firm'] as const;
export type PartyRole = (typeof partyRoles)[number];
export const roleWords: Record<PartyRole, Words> = {
  lead: { zh: '牵头单位', en: 'Lead unit' },
  co: { zh: '配合单位', en: 'Co-responsible' },
  raiser: { zh: '提出单位', en: 'Raised by' },
  verifier: { zh: '复核单位', en: 'Verifier' },
  watch: { zh: '知会单位', en: 'Informed' },
  firm: { zh: '责任企业', en: 'Responsible firm' },
};

/**
 * What a problem is about: the groups of the field (dispatch.md §2.8 郑州排查表, §2.11), so that lists of different cities can be
 * laid side by side.
 */
export const categories: Record<string, Words> = {
  land: { zh: '用地', en: 'Land' },
  forest: { zh: '用林', en: 'Forest' },
  funds: { zh: '资金', en: 'Funds' },
  labour: { zh: '用工', en: 'Labour' },
  utilities: { zh: '水电气', en: 'Water, power, gas' },
  relocation: { zh: '征拆', en: 'Relocation' },
  permits: { zh: '手续', en: 'Permits' },
  pipelines: { zh: '管线', en: 'Pipelines' },
  surroundings: { zh: '施工环境', en: 'Surroundings' },
  supporting: { zh: '配套', en: 'Supporting works' },
  dust: { zh: '扬尘环保', en: 'Dust, environment' },
  safety: { zh: '安全', en: 'Safety' },
  quality: { zh: '质量', en: 'Quality' },
  progress: { zh: '进度', en: 'Progress' },
  other: { zh: '其他', en: 'Other' },
};
export const isCategory = (code: string): boolean => Object.hasOwn(categories, code);
