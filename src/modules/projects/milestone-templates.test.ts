import { expect, test } from 'vitest';
import { milestoneTemplateFor, milestoneTemplates, nodesFrom } from './milestone-templates.ts';

test.each(milestoneTemplates.map((one) => [one.code, one] as const))(
  'the nodes of %s run from start to finish',
  (_code, one) => {
    const shares = one.nodes.map(([, share]) => share);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect([shares[0], shares.at(-1)]).toEqual([0, 1]);
  },
);

test('days are spread between start and finish, and without both there are names only', () => {
  const building = milestoneTemplates[0]!;
  expect(nodesFrom(building, '2021-01-01', '2021-12-31').map((node) => node.due)).toEqual([
    '2021-01-01',
    '2021-03-15',
    '2021-07-02',
    '2021-10-12',
    '2021-11-25',
    '2021-12-31',
  ]);
  expect(nodesFrom(building, '2021-01-01', null).every((node) => node.due === null)).toBe(true);
  expect(nodesFrom(building, null, null)[1]!.name).toBe('基础完工');
});

test('a project is offered the template that its words speak for', () => {
  expect(milestoneTemplateFor('市中心医院项目').code).toBe('building');
  expect(milestoneTemplateFor('G353机场快速路项目').code).toBe('road');
  expect(milestoneTemplateFor('芭蕉湖堤防加固').code).toBe('water');
  expect(milestoneTemplateFor('己内酰胺产业链搬迁').code).toBe('factory');
});
