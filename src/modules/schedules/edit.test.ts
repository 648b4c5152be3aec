import { describe, expect, test } from 'vitest';
import { cityAxis } from './day-axis.ts';
import { addTask, adopted, moveTask, removeTask, setTask, shiftLevel, shiftPlace, stretchTask } from './edit.ts';
import { planOf } from './plan.ts';
import type { Content } from './shapes.ts';
import { backward, forward, task, workingYears } from './testing/example.ts';

const axis = cityAxis(workingYears);
const startOf = (content: Content, uid: number) => planOf(content, axis).plan!.tasks.get(uid)!.start;
const chain = forward('2021-03-01', [task(1, 5), task(2, 5, [1]), task(3, 0, [2])]);
const uids = (content: Content) => content.tasks.map((t) => `${'-'.repeat(t.level - 1)}${t.uid}`);

describe('dragging', () => {
  test('a bar moved right is set not to begin before that day; moved back to its links it is free again', () => {
    const later = moveTask(chain, 2, 6, axis);
    // 8 March + 6 days is a Sunday: the Monday after it.
    expect(later.tasks[1]!.constraint).toEqual({ kind: 'startNoEarlier', day: '2021-03-15' });
    expect(startOf(later, 3)).toBe('2021-03-19');
    expect(moveTask(later, 2, -7, axis).tasks[1]!.constraint).toBeNull();
    expect(moveTask(chain, 2, -3, axis).tasks[1]!.constraint).toBeNull();
  });
  test('planned backward, a bar moved left is set not to end after that day', () => {
    const back = backward('2021-03-31', chain.tasks);
    const earlier = moveTask(back, 1, -7, axis);
    expect(earlier.tasks[0]!.constraint).toEqual({ kind: 'finishNoLater', day: '2021-03-17' });
    expect(moveTask(earlier, 1, 7, axis).tasks[0]!.constraint).toBeNull();
  });
  test('the free end changes the duration in worked days, and never below one', () => {
    expect(stretchTask(chain, 1, '2021-03-14', axis).tasks[0]!.days).toBe(10);
    expect(stretchTask(chain, 1, '2021-02-01', axis).tasks[0]!.days).toBe(1);
    const back = backward('2021-03-31', chain.tasks);
    expect(planOf(back, axis).plan!.tasks.get(2)!.start).toBe('2021-03-25');
    expect(stretchTask(back, 2, '2021-03-22', axis).tasks[1]!.days).toBe(8);
  });
});

describe('the list', () => {
  const tree = forward('2021-03-01', [
    task(1, 0),
    task(2, 1, [], { level: 2 }),
    task(3, 1, [2], { level: 2 }),
    task(4, 1, [1]),
    task(5, 1, [3]),
  ]);
  test('a new task comes behind the chosen one and what is below it, on its level', () => {
    expect(uids(addTask(tree, 1, 9, '新任务'))).toEqual(['1', '-2', '-3', '9', '4', '5']);
    expect(uids(addTask(tree, 2, 9, '新任务'))).toEqual(['1', '-2', '-9', '-3', '4', '5']);
    expect(uids(addTask(tree, null, 9, '新任务'))).toEqual(['1', '-2', '-3', '4', '5', '9']);
  });
  test('a summary goes with its parts, and nobody waits for them any more', () => {
    const left = removeTask(tree, 1);
    expect(uids(left)).toEqual(['4', '5']);
    expect(left.tasks.map((t) => t.links)).toEqual([[], []]);
  });
  test('levels change with what is below, one step at most below the task before', () => {
    expect(uids(shiftLevel(tree, 4, 1))).toEqual(['1', '-2', '-3', '-4', '5']);
    expect(uids(shiftLevel(tree, 1, 1))).toEqual(uids(tree));
    expect(uids(shiftLevel(tree, 2, -1))).toEqual(['1', '2', '-3', '4', '5']);
  });
  test('a task passes its neighbour with all that is below', () => {
    expect(uids(shiftPlace(tree, 1, 1))).toEqual(['4', '1', '-2', '-3', '5']);
    expect(uids(shiftPlace(tree, 4, -1))).toEqual(['4', '1', '-2', '-3', '5']);
    expect(uids(shiftPlace(tree, 3, 1))).toEqual(uids(tree));
    expect(uids(shiftPlace(tree, 5, 1))).toEqual(uids(tree));
  });
  test('other tasks stay the very same objects, so that a page redraws one row', () => {
    const changed = setTask(tree, 4, { name: '改' });
    expect(changed.tasks[0]).toBe(tree.tasks[0]);
    expect(changed.tasks[3]!.name).toBe('改');
  });
});

test('an imported task whose uid means another task here gets a new one, with its links and progress', () => {
  const imported = forward('2021-03-01', [task(1, 1, [], { name: '开工' }), task(2, 2, [1], { name: '别的' })]);
  const done = { uid: 2, actualStart: '2021-03-02', actualFinish: null, percent: 50 };
  const found = adopted(
    imported,
    [done],
    [
      { uid: 1, name: '开工' },
      { uid: 2, name: '基础' },
    ],
    7,
  );
  expect(found.content.tasks.map((t) => [t.uid, t.links.map((l) => l.from)])).toEqual([
    [1, []],
    [7, [1]],
  ]);
  expect(found.progress).toEqual([{ ...done, uid: 7 }]);
  // A uid that was used by a task which is gone is not taken either.
  expect(adopted(imported, [], [], 3).content.tasks.map((t) => t.uid)).toEqual([3, 4]);
});
