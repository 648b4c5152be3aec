import { z } from 'zod';
import type { Words } from '#core/shared/words.ts';
import type { EnrolmentRules } from './rules.ts';

/** ①–⑧ of the statistical system, then two papers that are only there to be compared with. */
export const documentKinds = [
  'content',
  'approval',
  'contract',
  'photo',
  'licence',
  'organizationCode',
  'materialNote',
  'feasibility',
  'application',
  'environment',
] as const;
export type DocumentKind = (typeof documentKinds)[number];

const text = (max: number) => z.string().trim().min(1).max(max).nullable();
const day = z.iso.date().nullable();
const yuan = z.int().min(0).max(1e15).nullable();

/** Key facts as a person reads them off a document. Money in whole yuan. A document has only some of them. */
export const Facts = z.object({
  unitName: text(200),
  projectName: text(200),
  place: text(200),
  documentNo: text(100),
  /** The day on the document; of a photo the day it was taken. */
  day,
  totalYuan: yuan,
  partyA: text(200),
  partyB: text(200),
  amountYuan: yuan,
  creditCode: text(30),
  startOn: day,
  platformState: text(60),
  verifierName: text(60),
  verifierUnit: text(200),
  verifierTitle: text(60),
  verifierPhone: text(40),
  note: text(1000),
});
export type Facts = z.infer<typeof Facts>;
export type FactKey = keyof Facts;

export const noFacts: Facts = Object.fromEntries(Object.keys(Facts.shape).map((key) => [key, null])) as Facts;

export const factWords: Record<FactKey, Words> = {
  unitName: { zh: '单位名称', en: 'Unit' },
  projectName: { zh: '项目名称', en: 'Project' },
  place: { zh: '建设地点', en: 'Place' },
  documentNo: { zh: '文号（编号）', en: 'Number' },
  day: { zh: '日期', en: 'Date' },
  totalYuan: { zh: '总投资', en: 'Total investment' },
  partyA: { zh: '甲方（发包人）', en: 'Party A' },
  partyB: { zh: '乙方（承包人）', en: 'Party B' },
  amountYuan: { zh: '合同金额', en: 'Amount' },
  creditCode: { zh: '统一社会信用代码', en: 'Credit code' },
  startOn: { zh: '开工时间', en: 'Start of work' },
  platformState: { zh: '在线审批平台状态', en: 'State on the approval platform' },
  verifierName: { zh: '核实人', en: 'Verified by' },
  verifierUnit: { zh: '核实人单位', en: 'Unit of the verifier' },
  verifierTitle: { zh: '核实人职务', en: 'Post of the verifier' },
  verifierPhone: { zh: '核实人电话', en: 'Telephone of the verifier' },
  note: { zh: '说明', en: 'Note' },
};

export interface DocumentInfo {
  mark: string;
  words: Words;
  /** `always`, `large` from the national floor, or no. */
  compulsory: 'always' | 'large' | 'no';
  /** Facts in the order of the paper; those needed for the paper to count as read. */
  facts: readonly FactKey[];
  needed: readonly FactKey[];
  /** What people must know about this paper. */
  hint: Words | null;
}

const none = null;
export const documents: Readonly<Record<DocumentKind, DocumentInfo>> = {
  content: {
    mark: '①',
    words: { zh: '主要建设内容', en: 'Main content' },
    compulsory: 'always',
    facts: ['projectName', 'place', 'note'],
    needed: ['projectName'],
    hint: none,
  },
  approval: {
    mark: '②',
    words: { zh: '审批、核准或备案文件', en: 'Approval, authorisation or filing' },
    compulsory: 'always',
    facts: ['unitName', 'projectName', 'documentNo', 'day', 'totalYuan', 'place', 'platformState'],
    needed: ['unitName', 'day', 'totalYuan'],
    hint: {
      zh: '另附在线审批平台页面打印件，状态为“通过审批”及以后（云南）',
      en: 'With a print of the approval platform that shows “passed” or later (Yunnan)',
    },
  },
  contract: {
    mark: '③',
    words: { zh: '施工合同', en: 'Construction contract' },
    compulsory: 'always',
    facts: ['partyA', 'partyB', 'day', 'amountYuan', 'projectName'],
    needed: ['partyA', 'day'],
    hint: none,
  },
  photo: {
    mark: '④',
    words: { zh: '现场照片', en: 'Photograph of the site' },
    compulsory: 'always',
    facts: ['projectName', 'place', 'startOn', 'day', 'verifierName', 'verifierUnit', 'verifierTitle', 'verifierPhone'],
    needed: [
      'projectName',
      'place',
      'startOn',
      'day',
      'verifierName',
      'verifierUnit',
      'verifierTitle',
      'verifierPhone',
    ],
    hint: {
      zh: '照片须标注项目名称、拍摄地点、开工时间、拍摄时间、核实人（姓名、单位、职务、电话）（云南）；平场阶段的照片不能证明开工',
      en: 'The photograph carries project, place, start, day taken and verifier (Yunnan); levelled ground does not prove a start',
    },
  },
  licence: {
    mark: '⑤',
    words: { zh: '营业执照', en: 'Business licence' },
    compulsory: 'no',
    facts: ['unitName', 'creditCode'],
    needed: ['unitName', 'creditCode'],
    hint: none,
  },
  organizationCode: {
    mark: '⑥',
    words: { zh: '统一代码证', en: 'Certificate of the unified code' },
    compulsory: 'no',
    facts: ['unitName', 'creditCode'],
    needed: ['unitName', 'creditCode'],
    hint: none,
  },
  materialNote: {
    mark: '⑦',
    words: { zh: '5000 万元及以上项目材料说明', en: 'Note on projects of 50 million yuan and more' },
    compulsory: 'large',
    facts: ['totalYuan', 'note'],
    needed: ['totalYuan'],
    hint: none,
  },
  feasibility: {
    mark: '⑧',
    words: { zh: '可行性研究报告', en: 'Feasibility study' },
    compulsory: 'no',
    facts: ['unitName', 'documentNo', 'day', 'totalYuan'],
    needed: [],
    hint: none,
  },
  application: {
    mark: '表',
    words: { zh: '入库申请表', en: 'Application form' },
    compulsory: 'no',
    facts: ['unitName', 'projectName', 'totalYuan', 'place'],
    needed: ['unitName', 'totalYuan'],
    hint: {
      zh: '不在①–⑧之内，用来与批文核对；未填时按台账的业主单位和总投资核对',
      en: 'Not one of ①–⑧; compared with the approval. Without it the register’s owner and total are compared',
    },
  },
  environment: {
    mark: '环',
    words: { zh: '环评批复', en: 'Environmental approval' },
    compulsory: 'no',
    facts: ['unitName', 'documentNo', 'day', 'place'],
    needed: ['unitName', 'place'],
    hint: {
      zh: '不在①–⑧之内，用来与批文核对单位和地点',
      en: 'Not one of ①–⑧; its unit and place are compared with the approval',
    },
  },
};

/** The day of a document by its own name: 批文日期, 签订日期, 拍摄时间. */
export const factName = (kind: DocumentKind, key: FactKey): Words => {
  if (key === 'day' && kind === 'contract') return { zh: '签订日期', en: 'Day of signature' };
  if (key === 'day' && kind === 'photo') return { zh: '拍摄时间', en: 'Day taken' };
  if (key === 'place' && kind === 'photo') return { zh: '拍摄地点', en: 'Place taken' };
  if (key === 'unitName' && kind === 'application') return { zh: '上报单位', en: 'Reporting unit' };
  if (key === 'unitName' && kind === 'approval') return { zh: '批文单位', en: 'Unit of the approval' };
  return factWords[key];
};

export interface HeldDocument {
  kind: DocumentKind;
  hasFile: boolean;
  /** The original lies with the unit and has been seen, without a scan here. */
  isOnPaper: boolean;
  facts: Facts;
}

export type ItemState = 'missing' | 'partial' | 'ready' | 'optional';

export interface ChecklistItem {
  kind: DocumentKind;
  isCompulsory: boolean;
  state: ItemState;
  /** What is still to be read off, or to be put right. */
  lacks: { key: FactKey | 'file'; words: Words }[];
}

export const isCompulsory = (
  kind: DocumentKind,
  totalYuan: number | null,
  rules: Pick<EnrolmentRules, 'nationalYuan'>,
): boolean => {
  const { compulsory } = documents[kind];
  return compulsory === 'always' || (compulsory === 'large' && totalYuan !== null && totalYuan >= rules.nationalYuan);
};

/** The checklist of a project: ①–④ always, ⑦ from 50 million yuan, the rest as they come. */
export function checklistOf(
  held: readonly HeldDocument[],
  totalYuan: number | null,
  rules: Pick<EnrolmentRules, 'nationalYuan'>,
): ChecklistItem[] {
  return documentKinds.map((kind) => {
    const document = held.find((d) => d.kind === kind);
    const compulsory = isCompulsory(kind, totalYuan, rules);
    const isThere = document !== undefined && (document.hasFile || document.isOnPaper);
    if (!document || (!isThere && Object.values(document.facts).every((value) => value === null)))
      return { kind, isCompulsory: compulsory, state: compulsory ? 'missing' : 'optional', lacks: [] };
    const lacks: ChecklistItem['lacks'] = documents[kind].needed
      .filter((key) => document.facts[key] === null)
      .map((key) => ({ key, words: factName(kind, key) }));
    if (!isThere) lacks.unshift({ key: 'file', words: { zh: '扫描件或纸质件', en: 'the scan or the paper' } });
    const { startOn, day: takenOn } = document.facts;
    if (kind === 'photo' && startOn !== null && takenOn !== null && takenOn < startOn)
      lacks.push({
        key: 'day',
        words: { zh: '开工之后拍摄的照片（现为开工前所摄）', en: 'a photograph taken after the start' },
      });
    return { kind, isCompulsory: compulsory, state: lacks.length > 0 ? 'partial' : 'ready', lacks };
  });
}

/** Compulsory papers that are not complete: what stands against handing in. */
export const missingOf = (items: readonly ChecklistItem[]): ChecklistItem[] =>
  items.filter((item) => item.isCompulsory && item.state !== 'ready');
