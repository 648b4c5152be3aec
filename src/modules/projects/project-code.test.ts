import { expect, test } from 'vitest';
import { projectCodeWarning, tidyProjectCode } from './project-code.ts';

const regions = [
  { code: '430600', name: '岳阳市', editionYear: 2020 },
  { code: '430602', name: '岳阳楼区', editionYear: 2020 },
];

test('a code of the new form passes: year and month, region, department, kind, random and check', () => {
  expect(projectCodeWarning('2109-430602-04-01-12345X')).toBeNull();
  expect(projectCodeWarning('2012-430600-48-01-001134', regions)).toBeNull();
});

test('a code that begins with the year is of the old form: tolerated, and told', () => {
  expect(projectCodeWarning('2019-430600-48-01-001134')?.zh).toBe(
    '时间段“2019”是年份，为老式代码，可以保留；已换发新代码的请改用新代码',
  );
});

test('an older form is only a warning that names the length', () => {
  expect(projectCodeWarning('岳发改〔2015〕12号')?.zh).toContain('老式代码可以保留');
});

test('24 characters in other parts are told apart from a wrong length', () => {
  expect(projectCodeWarning('2109-4306020-4-01-123456')?.zh).toContain('五段结构');
});

test.each(['2113', '2100', '2199'])('%s names no month and is noticed', (time) => {
  expect(projectCodeWarning(`${time}-430602-04-01-123456`)?.zh).toContain(`“${time}”应为两位年份加两位月份`);
});

test('a region that no province has is noticed; zeros of the ministries are not', () => {
  expect(projectCodeWarning('2109-990602-04-01-123456')?.zh).toContain('地区段“990602”');
  expect(projectCodeWarning('2109-000000-04-01-123456', regions)).toBeNull();
});

test('a region of this city that its table does not hold is noticed; one of another city is not ours to judge', () => {
  expect(projectCodeWarning('2109-430699-04-01-123456', regions)?.zh).toContain('本市区划表中没有');
  expect(projectCodeWarning('2109-360302-04-01-123456', regions)).toBeNull();
});

test('full-width figures and long dashes are tidied before the look', () => {
  expect(tidyProjectCode('２１０９—430602－04-01-123456 ')).toBe('2109-430602-04-01-123456');
});
