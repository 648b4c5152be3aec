import { addDays, type Day } from '#core/shared/day.ts';
import type { DayAxis } from './day-axis.ts';
import { planOf } from './plan.ts';
import type { Content, Progress, Task } from './shapes.ts';

/** What the page does to a content. Each returns a new content, so that undo is a list of the old ones. */

export const blankTask = (uid: number, name: string, level = 1): Task => ({
  uid,
  name,
  level,
  days: 5,
  links: [],
  constraint: null,
  deadline: null,
  unit: null,
  note: null,
});

export const setTask = (content: Content, uid: number, part: Partial<Task>): Content => ({
  ...content,
  tasks: content.tasks.map((task) => (task.uid === uid ? { ...task, ...part } : task)),
});

/** The positions of a task and of everything below it. */
function blockOf(tasks: readonly Task[], at: number): { from: number; to: number } {
  let to = at + 1;
  while (to < tasks.length && tasks[to]!.level > tasks[at]!.level) to += 1;
  return { from: at, to };
}

/** A new task behind the one named and what is below it (or at the end), on the same level. */
export function addTask(content: Content, after: number | null, uid: number, name: string): Content {
  const at = content.tasks.findIndex((task) => task.uid === after);
  const place = at < 0 ? content.tasks.length : blockOf(content.tasks, at).to;
  const level = at < 0 ? (content.tasks.at(-1)?.level ?? 1) : content.tasks[at]!.level;
  const tasks = [...content.tasks];
  tasks.splice(place, 0, blankTask(uid, name, level));
  return { ...content, tasks };
}

/** Takes out a task with everything below it, and the links to them. */
export function removeTask(content: Content, uid: number): Content {
  const at = content.tasks.findIndex((task) => task.uid === uid);
  if (at < 0) return content;
  const { from, to } = blockOf(content.tasks, at);
  const gone = new Set(content.tasks.slice(from, to).map((task) => task.uid));
  return {
    ...content,
    tasks: content.tasks
      .filter((task) => !gone.has(task.uid))
      .map((task) =>
        task.links.some((link) => gone.has(link.from))
          ? { ...task, links: task.links.filter((link) => !gone.has(link.from)) }
          : task,
      ),
  };
}

/** One level deeper (+1) or higher (−1), with everything below it; never deeper than one below the task before. */
export function shiftLevel(content: Content, uid: number, by: 1 | -1): Content {
  const at = content.tasks.findIndex((task) => task.uid === uid);
  const task = content.tasks[at];
  if (!task) return content;
  const deepest = Math.min(8, at === 0 ? 1 : content.tasks[at - 1]!.level + 1);
  const level = Math.min(deepest, Math.max(1, task.level + by));
  if (level === task.level) return content;
  const { from, to } = blockOf(content.tasks, at);
  const step = level - task.level;
  return {
    ...content,
    tasks: content.tasks.map((one, i) =>
      i >= from && i < to ? { ...one, level: Math.min(8, one.level + step) } : one,
    ),
  };
}

/** Past the neighbour of the same level, each with everything below it. At the end of its group nothing happens. */
export function shiftPlace(content: Content, uid: number, by: 1 | -1): Content {
  const { tasks } = content;
  const at = tasks.findIndex((task) => task.uid === uid);
  if (at < 0) return content;
  const own = blockOf(tasks, at);
  let [upper, lower] = [own, own];
  if (by === 1) {
    if (tasks[own.to]?.level !== tasks[at]!.level) return content;
    lower = blockOf(tasks, own.to);
  } else {
    let before = at - 1;
    while (before >= 0 && tasks[before]!.level > tasks[at]!.level) before -= 1;
    if (before < 0 || tasks[before]!.level !== tasks[at]!.level) return content;
    upper = { from: before, to: at };
  }
  const swapped = [...tasks.slice(lower.from, lower.to), ...tasks.slice(upper.from, upper.to)];
  return { ...content, tasks: [...tasks.slice(0, upper.from), ...swapped, ...tasks.slice(lower.to)] };
}

/**
 * A bar dragged by `days` calendar days. Forward it becomes “not before”, backward “not after”; dragged to or past where
 * the links put it anyway, the date that was set goes away.
 */
export function moveTask(content: Content, uid: number, days: number, axis: DayAxis): Content {
  const now = planOf(content, axis).plan?.tasks.get(uid);
  const free = setTask(content, uid, { constraint: null });
  const unbound = planOf(free, axis).plan?.tasks.get(uid);
  if (!now || !unbound || now.isSummary) return content;
  if (content.direction === 'forward') {
    const day = axis.dayAt(axis.indexFrom(addDays(now.start, days)));
    return day <= unbound.start ? free : setTask(content, uid, { constraint: { kind: 'startNoEarlier', day } });
  }
  const day = axis.dayAt(axis.indexUpTo(addDays(now.finish, days)));
  return day >= unbound.finish ? free : setTask(content, uid, { constraint: { kind: 'finishNoLater', day } });
}

/** The free end of a bar dragged to `to`: its finish when planned forward, its start when planned backward. At least one day. */
export function stretchTask(content: Content, uid: number, to: Day, axis: DayAxis): Content {
  const now = planOf(content, axis).plan?.tasks.get(uid);
  if (!now || now.isSummary || now.isMilestone) return content;
  const days =
    content.direction === 'forward'
      ? axis.indexUpTo(to) - axis.indexFrom(now.start) + 1
      : axis.indexUpTo(now.finish) - axis.indexFrom(to) + 1;
  return setTask(content, uid, { days: Math.min(5000, Math.max(1, days)) });
}

/**
 * Makes an imported content ready to take the place of the known one: a uid that names another task here gets a new
 * one, so that actual dates never jump to a stranger. A task of the same uid and name is the same task.
 */
export function adopted(
  imported: Content,
  progress: readonly Progress[],
  known: readonly Pick<Task, 'uid' | 'name'>[],
  nextUid: number,
): { content: Content; progress: Progress[] } {
  const names = new Map(known.map((task) => [task.uid, task.name]));
  let next = Math.max(nextUid, 1, ...imported.tasks.map((task) => task.uid + 1));
  const uidOf = new Map(
    imported.tasks.map(({ uid, name }) => {
      const isOurs = names.get(uid) === name;
      const isFree = !names.has(uid) && uid >= nextUid;
      return [uid, isOurs || isFree ? uid : next++];
    }),
  );
  return {
    content: {
      ...imported,
      tasks: imported.tasks.map((task) => ({
        ...task,
        uid: uidOf.get(task.uid)!,
        links: task.links.map((link) => ({ ...link, from: uidOf.get(link.from)! })),
      })),
    },
    progress: progress.map((one) => ({ ...one, uid: uidOf.get(one.uid) ?? one.uid })),
  };
}
