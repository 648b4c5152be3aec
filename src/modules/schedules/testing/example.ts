import type { Content, Link, Task } from '../shapes.ts';
import { workingYears } from './working-years.ts';

/** A task for tests: FS links by number, others as given. */
export const task = (uid: number, days: number, links: (number | Link)[] = [], rest: Partial<Task> = {}): Task => ({
  uid,
  name: `任务${uid}`,
  level: 1,
  days,
  links: links.map((link) => (typeof link === 'number' ? { from: link, kind: 'FS', lag: 0 } : link)),
  constraint: null,
  deadline: null,
  unit: null,
  note: null,
  ...rest,
});

export const forward = (start: string, tasks: Task[], rest: Partial<Content> = {}): Content => ({
  direction: 'forward',
  start,
  promised: null,
  calendar: 'city',
  own: null,
  tasks,
  ...rest,
});

export const backward = (promised: string, tasks: Task[], rest: Partial<Content> = {}): Content => ({
  ...forward('', tasks),
  start: null,
  promised,
  direction: 'backward',
  ...rest,
});

export { workingYears };
