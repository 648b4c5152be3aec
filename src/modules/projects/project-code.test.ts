import { expect, test } from 'vitest';
import { projectCodeWarning, tidyProjectCode } from './project-code.ts';

test('a code of the new form passes, with a year or a year and month in front', () => {
  expect(projectCodeWarning('2019-430600-48-01-001134')).toBeNull();
  expect(projectCodeWarning('2109-430602-04-01-12345X')).toBeNull();
});

test('an older form is only a warning that names the length', () => {
  expect(projectCodeWarning('岳发改〔2015〕12号')?.zh).toContain('老式代码可以保留');
});

test('a month that does not exist is noticed', () => {
  expect(projectCodeWarning('2113-430602-04-01-123456')?.zh).toContain('2113');
});

test('full-width figures and long dashes are tidied before the look', () => {
  expect(tidyProjectCode('２１０９—430602－04-01-123456 ')).toBe('2109-430602-04-01-123456');
});
