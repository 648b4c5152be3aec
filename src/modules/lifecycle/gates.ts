import type { Words } from '#core/shared/words.ts';

/** The gates of a project's life in their order: data, from which checks, screens and the README's table follow. */
export const gateStages = [
  'reserve', // 谋划储备
  'signed', // 签约
  'preparation', // 前期
  'started', // 开工
  'enrolled', // 入库入统
  'building', // 在建
  'completed', // 竣工
  'producing', // 投产
  'fullCapacity', // 达效
] as const;
export type GateStage = (typeof gateStages)[number];

/** Stages beside the path: a project rests (and may go on), or has ended (and comes back only by taking that back). */
export const haltStages = ['suspended', 'delayed'] as const;
export type HaltStage = (typeof haltStages)[number];
export const endStages = ['terminated', 'withdrawn'] as const;
export type EndStage = (typeof endStages)[number];
export const lifeStages = [...gateStages, ...haltStages, ...endStages] as const;
export type LifeStage = (typeof lifeStages)[number];

export const isGate = (stage: string): stage is GateStage => (gateStages as readonly string[]).includes(stage);
export const isHalt = (stage: string): stage is HaltStage => (haltStages as readonly string[]).includes(stage);
export const isEnd = (stage: string): stage is EndStage => (endStages as readonly string[]).includes(stage);
export const orderOf = (stage: GateStage): number => gateStages.indexOf(stage);

export const stageWords: Record<LifeStage, Words> = {
  reserve: { zh: '储备', en: 'Reserve' },
  signed: { zh: '签约', en: 'Signed' },
  preparation: { zh: '前期', en: 'Preparation' },
  started: { zh: '开工', en: 'Started' },
  enrolled: { zh: '入统', en: 'Enrolled' },
  building: { zh: '在建', en: 'Building' },
  completed: { zh: '竣工', en: 'Completed' },
  producing: { zh: '投产', en: 'In production' },
  fullCapacity: { zh: '达效', en: 'Full capacity' },
  suspended: { zh: '停建', en: 'Suspended' },
  delayed: { zh: '缓建', en: 'Delayed' },
  terminated: { zh: '终止', en: 'Terminated' },
  withdrawn: { zh: '退库', en: 'Withdrawn' },
};

export interface DocumentKind {
  code: string;
  words: Words;
  /** Without it the gate is not passed. */
  isCompulsory: boolean;
}
const must = (code: string, zh: string, en: string): DocumentKind => ({
  code,
  words: { zh, en },
  isCompulsory: true,
});
const may = (code: string, zh: string, en: string): DocumentKind => ({ code, words: { zh, en }, isCompulsory: false });

export interface Gate {
  stage: GateStage;
  documents: readonly DocumentKind[];
  /** Who passes it: the permission asked for. */
  permission: 'lifecycle.move';
  /** Stands beside the path: later gates do not wait for it, and it may follow any gate after the one it hangs on. */
  besides?: GateStage;
  /** Gates that should stand by now; where one is missing the gate still passes, with a warning. */
  warnsWithout?: readonly GateStage[];
  /** The section of the project page where the papers of this gate are kept, when another module does. */
  papersAt?: 'enrolment';
  /** What the day means, for the form. */
  dayMeans: Words;
}

/**
 * Documents: what the approval, contract and acceptance rules of investment projects produce at each gate; those of
 * enrolment are the checklist ①–⑧ of the statistics of fixed investment, of which ①–④ are compulsory.
 */
export const gates: Record<GateStage, Gate> = {
  reserve: {
    stage: 'reserve',
    permission: 'lifecycle.move',
    documents: [may('reserveForm', '储备项目申报表', 'Reserve pool application')],
    dayMeans: { zh: '列入储备的日期', en: 'Day of entry into the reserve' },
  },
  signed: {
    stage: 'signed',
    permission: 'lifecycle.move',
    documents: [
      must('agreement', '投资合同或协议', 'Investment agreement'),
      may('minutes', '会议纪要', 'Minutes of the decision'),
    ],
    dayMeans: { zh: '合同签订日期', en: 'Day of signing' },
  },
  preparation: {
    stage: 'preparation',
    permission: 'lifecycle.move',
    documents: [
      must('approval', '立项文件（审批、核准或备案）', 'Approval, verification or filing document'),
      may('licence', '项目公司营业执照', 'Business licence of the project company'),
      may('landOpinion', '用地预审与选址意见书', 'Land pre-examination and siting opinion'),
      may('environment', '环评批复', 'Environmental approval'),
    ],
    dayMeans: { zh: '立项文件的日期', en: 'Date of the approval document' },
  },
  started: {
    stage: 'started',
    permission: 'lifecycle.move',
    documents: [
      must('startProof', '施工许可证、开工令或正式打桩记录', 'Construction permit, start order or piling record'),
      must('startPhoto', '开工现场照片', 'Photo of the started site'),
    ],
    // 以正式打桩为标志，平场阶段不算开工: the test the statistics use.
    dayMeans: {
      zh: '正式开工（打桩、破土）日期，平整场地不算',
      en: 'Day on which piling or digging began; levelling the ground is no start',
    },
  },
  enrolled: {
    stage: 'enrolled',
    permission: 'lifecycle.move',
    besides: 'started',
    papersAt: 'enrolment',
    documents: [
      must('content', '① 主要建设内容', '① Main content of construction'),
      must('approval', '② 审批、核准或备案文件', '② Approval, verification or filing document'),
      must('contract', '③ 施工合同', '③ Construction contract'),
      must('photo', '④ 现场照片', '④ Photo of the site'),
      may('licence', '⑤ 营业执照', '⑤ Business licence'),
      may('code', '⑥ 统一代码证', '⑥ Unified code certificate'),
      may('statement', '⑦ 5000 万元以上项目材料说明', '⑦ Statement for projects from CNY 50 million'),
      may('feasibility', '⑧ 可行性研究报告', '⑧ Feasibility study'),
    ],
    dayMeans: { zh: '统计部门审核入库的日期', en: 'Day on which the statistics office enrolled it' },
  },
  building: {
    stage: 'building',
    permission: 'lifecycle.move',
    documents: [may('progressPhoto', '主体施工现场照片', 'Photo of the main works')],
    dayMeans: { zh: '主体工程进入施工的日期', en: 'Day on which the main works began' },
  },
  completed: {
    stage: 'completed',
    permission: 'lifecycle.move',
    warnsWithout: ['enrolled'],
    documents: [
      must('acceptance', '竣工验收报告', 'Report of final acceptance'),
      may('acceptanceFiling', '竣工验收备案表', 'Filing of the acceptance'),
    ],
    dayMeans: { zh: '竣工验收合格的日期', en: 'Day of successful final acceptance' },
  },
  producing: {
    stage: 'producing',
    permission: 'lifecycle.move',
    documents: [must('production', '投产（投用）证明', 'Proof of production or use')],
    dayMeans: { zh: '正式投产或投入使用的日期', en: 'First day of production or use' },
  },
  fullCapacity: {
    stage: 'fullCapacity',
    permission: 'lifecycle.move',
    documents: [must('capacity', '达产达效认定材料（产能、产值、税收）', 'Proof of capacity, output and taxes')],
    dayMeans: { zh: '认定达产达效的日期', en: 'Day on which full capacity was certified' },
  },
};

/** What a pause, its end and an ending rest on. */
export const haltDocuments: readonly DocumentKind[] = [
  may('haltDecision', '停缓建请示或批复', 'Request or decision on the pause'),
];
export const resumeDocuments: readonly DocumentKind[] = [
  must('resumeProof', '复工令、复工照片或其他复工佐证', 'Order, photo or other proof that work goes on'),
];
export const endDocuments: readonly DocumentKind[] = [
  must('endDecision', '终止或退库的决定文件', 'Decision to terminate or withdraw'),
];

/** The gates a project has to pass, by the kind of project. 招商和企业投资 sign a contract, 政府投资 do not. */
export const pathCodes = ['investment', 'government'] as const;
export type PathCode = (typeof pathCodes)[number];
export const paths: Record<PathCode, { words: Words; stages: readonly GateStage[]; boards: readonly string[] }> = {
  investment: {
    words: { zh: '招商和企业投资', en: 'Private investment' },
    stages: gateStages,
    boards: ['产业', '工业', '制造业', '招商', '现代服务业', '农业'],
  },
  government: {
    words: { zh: '政府投资', en: 'Government investment' },
    stages: ['reserve', 'preparation', 'started', 'enrolled', 'building', 'completed', 'producing'],
    boards: [],
  },
};

/** The path of a project for which nobody has chosen one: by its board, government where the board says nothing. */
export const pathOf = (board: string | null): PathCode =>
  board !== null && paths.investment.boards.some((word) => board.includes(word)) ? 'investment' : 'government';
