import { z } from 'zod';

const Project = z.object({
  name: z.string(),
  /** 万元 of each month from `first` on. */
  months: z.array(z.number()),
  september: z
    .object({ wan: z.number(), progress: z.string(), state: z.enum(['draft', 'submitted', 'returned', 'accepted']) })
    .nullable(),
  progress: z.string(),
  problem: z.string(),
});
export const History = z.object({ first: z.string().regex(/^\d{4}-\d{2}$/), projects: z.array(Project) });
export type History = z.infer<typeof History>;

export interface PastMonth {
  name: string;
  period: string;
  monthYuan: number;
  /** From January of its year. */
  cumulativeYuan: number;
  progress: string;
  problem: string;
  state: 'accepted' | 'submitted';
}

/** The cause that the words of a problem name, for a month that stays below its plan. */
export function causeOf(problem: string): 'land' | 'funding' | 'weather' | 'permits' | null {
  if (/房屋|征拆|用地/.test(problem)) return 'land';
  if (/贷款|资金|主材/.test(problem)) return 'funding';
  if (/降雨|天气/.test(problem)) return 'weather';
  return /手续|报批|审查|方案/.test(problem) ? 'permits' : null;
}

const yuanOf = (wan: number): number => Math.round(wan * 10_000);

/**
 * Every month that the demonstration files, oldest first, each project's months adding up within the year. A month before
 * work began is not filed; the month under way is filed or not as the file says, and one sent back waits for review again.
 */
export function monthsOf(history: History, underWay: string): PastMonth[] {
  const [year, month] = history.first.split('-').map(Number) as [number, number];
  const periodAt = (i: number) =>
    `${year + Math.floor((month - 1 + i) / 12)}-${String(((month - 1 + i) % 12) + 1).padStart(2, '0')}`;
  const filed = history.projects.flatMap((project) => {
    const begun = project.months.findIndex((wan) => wan !== 0);
    const started = begun === -1 ? project.months.length : begun;
    let sum = 0;
    const past = project.months.flatMap((wan, i): PastMonth[] => {
      const period = periodAt(i);
      if (period.endsWith('-01')) sum = 0;
      sum += yuanOf(wan);
      if (i < started) return [];
      const isLast = i === project.months.length - 1;
      return [
        {
          name: project.name,
          period,
          monthYuan: yuanOf(wan),
          cumulativeYuan: sum,
          progress: isLast ? project.progress : '按计划施工',
          problem: isLast ? project.problem : '',
          state: 'accepted',
        },
      ];
    });
    const now = project.september;
    if (!now || now.state === 'draft') return past;
    const monthYuan = yuanOf(now.wan);
    return [
      ...past,
      {
        name: project.name,
        period: underWay,
        monthYuan,
        cumulativeYuan: sum + monthYuan,
        progress: now.progress,
        problem: project.problem,
        state: now.state === 'accepted' ? ('accepted' as const) : ('submitted' as const),
      },
    ];
  });
  return filed.sort((a, b) => (a.period < b.period ? -1 : a.period > b.period ? 1 : 0));
}
