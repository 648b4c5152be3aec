import { expect, test } from 'vitest';
import { codeFindings } from './code-check.ts';

const regions = [{ code: '430602', name: '岳阳楼区', editionYear: 2020 }];

test('sound codes are silent', () => {
  expect(codeFindings({ code: '2109-430602-04-01-123456', industry: '8411', regionCode: '430602' }, regions)).toEqual(
    [],
  );
});

test('a project code and an industry are never refused, a region code without its shape is', () => {
  const found = codeFindings({ code: '岳发改〔2015〕12号', industry: '99', regionCode: '4306' }, regions);
  expect(found.map((f) => [f.field, f.severity])).toEqual([
    ['code', 'warn'],
    ['industry', 'warn'],
    ['regionCode', 'refuse'],
  ]);
});

test('a region that changed its code is a warning that sends to the table', () => {
  expect(codeFindings({ regionCode: '430601' }, regions)).toMatchObject([
    { field: 'regionCode', severity: 'warn', words: { zh: expect.stringContaining('组织—区划') } },
  ]);
});
