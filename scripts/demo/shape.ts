/** One project of the demonstration, before it is scattered over a messy ledger. Money in whole yuan. */
export interface DemoProject {
  name: string;
  board: '产业' | '基础设施' | '社会民生' | '生态';
  tiers: string[];
  planKind: '新开工' | '续建' | '竣工' | '预备';
  nature: string;
  region: string;
  content: string;
  /** Months since January 2020, so that 14 is March 2021. */
  startMonth: number;
  finishMonth: number;
  /** The day work really began, or null. */
  startedOn: string | null;
  finishedOn: string | null;
  enrolledOn: string | null;
  totalYuan: number;
  doneBeforeYuan: number;
  plan2020Yuan: number;
  plan2021Yuan: number;
  goal: string;
  owner: string;
  lead: string;
  responsible: string;
  leader: string;
  command: string;
  contact: string;
  phone: string;
  /** WGS-84. */
  point: readonly [number, number] | null;
  /** Where a fact was published; undefined for invented rows. */
  source?: string;
  remark: string;
  children: DemoProject[];
  /** Accepted yuan by month: 2020-01 … 2021-08, and what is being filed for 2021-09 (null: not filed yet). */
  months: number[];
  september: { yuan: number; progress: string; state: 'draft' | 'submitted' | 'returned' | 'accepted' } | null;
  progress: string;
  problem: string;
}
