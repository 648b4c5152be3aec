import type { Task } from './shapes.ts';

export interface Placed {
  task: Task;
  /** 1, 1.2, 1.2.1 … */
  number: string;
  isSummary: boolean;
  /** Position of the summary it stands under, in the list. */
  parent: number | null;
  /** Positions of all tasks below a summary that are no summaries themselves; of any other task its own. */
  leaves: number[];
}

/** What the order and the levels of the tasks say: numbers, summaries, and what stands under what. A level that jumps counts as one step down. */
export function outlineOf(tasks: readonly Task[]): Placed[] {
  const placed: Placed[] = [];
  const path: { level: number; at: number; count: number }[] = [];
  let top = 0;
  for (const [at, task] of tasks.entries()) {
    while (path.length > 0 && path.at(-1)!.level >= task.level) path.pop();
    const above = path.at(-1);
    const n = above ? ++above.count : ++top;
    const next = tasks[at + 1];
    placed.push({
      task,
      number: above ? `${placed[above.at]!.number}.${n}` : String(n),
      isSummary: next !== undefined && next.level > task.level,
      parent: above ? above.at : null,
      leaves: [],
    });
    path.push({ level: task.level, at, count: 0 });
  }
  for (const [at, one] of placed.entries()) {
    if (one.isSummary) continue;
    one.leaves.push(at);
    for (let up = one.parent; up !== null; up = placed[up]!.parent) placed[up]!.leaves.push(at);
  }
  return placed;
}

/** True when the one stands somewhere under the other. */
export function isAbove(placed: readonly Placed[], upper: number, lower: number): boolean {
  for (let up = placed[lower]!.parent; up !== null; up = placed[up]!.parent) if (up === upper) return true;
  return false;
}
