import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, type TestCity, testCity } from '#core/server/testing/test-city.ts';
import { readings } from '../contract.ts';

let city: TestCity;
let office: Caller;
beforeAll(async () => {
  city = await testCity({ today: '2021-09-26' });
  office = city.as({ role: 'office', name: '刘敏' });
});
afterAll(() => city.close());

test('a document of hundreds of pages comes in parts, read beside the server', async () => {
  const line = `${'全市要加快办理施工许可，确保3月底前完成；'.repeat(30)}\n`;
  const wrong = '年度计划投资200亿元，完成投资160亿元，占年度计划的90%。\n';
  const text = `全市重点项目推进会纪要\n2021年2月20日\n${line.repeat(400)}${wrong}${line.repeat(250)}`;
  const file = await office.upload('纪要.txt', new TextEncoder().encode(text));
  await office(readings).documents({});
  const stall = monitorEventLoopDelay({ resolution: 10 });
  stall.enable();
  const began = performance.now();
  const { id } = await office(readings).add({ fileId: file.id, fileName: file.name });
  const first = await office(readings).desk({ id });
  const whole = performance.now() - began;
  stall.disable();
  // Read in this process it would stand still for nearly all of it.
  expect(stall.max / 1e6 / whole).toBeLessThan(0.6);
  expect(first.document).toMatchObject({ title: '全市重点项目推进会纪要', documentDate: '2021-02-20' });
  expect(first.parts.length).toBeGreaterThan(10);
  expect(first.clean.length).toBeLessThan(40_000);
  const at = first.parts.findIndex((part) => part.contradicts > 0);
  const part = await office(readings).desk({ id, part: at });
  expect(part.part).toMatchObject({ index: at, start: first.parts[at]!.start });
  const [found] = part.checks.filter((check) => check.verdict === 'contradicts');
  expect(text.slice(found!.originals[0]!.start, found!.originals[0]!.end)).toBe('90%');
  expect(part.original.slice(found!.originals[0]!.start - part.part.originalStart).startsWith('90%')).toBe(true);
  expect(part.clean.slice(found!.spans[0]!.start - part.part.start).startsWith('90%')).toBe(true);
  const proposal = part.proposals.find((one) => one.kind === 'requirement')!;
  const done = await office(readings).decide({ id, key: proposal.key, decision: 'accept' });
  expect(done.decision).toMatchObject({ decision: 'accept', result: { kind: 'matter' } });
  // Behind the last part there is the last part.
  expect((await office(readings).desk({ id, part: 99_999 })).part.index).toBe(first.parts.length - 1);
}, 120_000);

test('a file that cannot be read is refused in the same words, long or short', async () => {
  const big = await office.upload(
    '图.docx',
    Uint8Array.from({ length: 200_000 }, (_, i) => [0xff, 0xd8, 0xff, 0xe0][i] ?? 7),
  );
  const small = await office.upload(
    '图2.docx',
    Uint8Array.from({ length: 2_000 }, (_, i) => [0xff, 0xd8, 0xff, 0xe0][i] ?? 7),
  );
  const refusal = (fileId: string) =>
    office(readings)
      .add({ fileId })
      .then(
        () => null,
        ({ status, code, words }) => ({ status, code, words }),
      );
  expect(await refusal(big.id)).toEqual(await refusal(small.id));
  expect(await refusal(big.id)).toMatchObject({ code: 'not_a_document' });
});
