import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Caller, type TestCity, testCity } from '#core/server/testing/test-city.ts';
import { bulletins } from '../contract.ts';
import { readAside } from './read-aside.ts';

describe('a long text over HTTP', () => {
  let city: TestCity;
  let office: Caller;
  beforeAll(async () => {
    city = await testCity();
    office = city.as({ role: 'office' });
  });
  afterAll(() => city.close());
  const bytesOf = (text: string) => new TextEncoder().encode(text);

  test('is read beside the server: others are answered meanwhile, and nothing stands still', async () => {
    // Two megabytes of requirements without a line end, and a wrong rate at the end.
    const sentence = '全市要加快办理施工许可，确保3月底前完成；';
    const text = `2021年8月1日${sentence.repeat(Math.ceil(700_000 / sentence.length))}年度计划投资200亿元，完成投资160亿元，占年度计划的90%。`;
    const { id } = await office.upload('长.txt', bytesOf(text));
    // What parsing a first answer costs is not counted.
    await office(bulletins).check({ text: '2021年8月1日' });
    const stall = monitorEventLoopDelay({ resolution: 10 });
    stall.enable();
    const began = performance.now();
    let isDone = false;
    const reading = office(bulletins)
      .check({ fileId: id })
      .finally(() => {
        isDone = true;
      });
    let answers = 0;
    while (!isDone) {
      await office(bulletins).check({ text: '全市完成投资10亿元，占年度计划20亿元的50%。' });
      answers += 1;
      await new Promise((next) => setTimeout(next, 50));
    }
    const report = await reading;
    const whole = performance.now() - began;
    stall.disable();
    expect(report.checks.filter((check) => check.verdict === 'contradicts')).toMatchObject([{ published: 90 }]);
    expect(report.marks).toHaveLength(20_000);
    expect(report.leftOut.marks).toBeGreaterThan(10_000);
    // Read in this process it would answer nobody until the end.
    expect(answers).toBeGreaterThan(3);
    expect(stall.max / 1e6 / whole).toBeLessThan(0.6);
  }, 180_000);

  test('has the same verdicts and the same refusals as a short one', async () => {
    const text = `${'项目建设有序推进。\n'.repeat(3_000)}年度计划投资200亿元，完成投资160亿元，占年度计划的90%。`;
    const long = await office(bulletins).check({ text });
    const [wrong] = long.checks.filter((check) => check.verdict === 'contradicts');
    expect(text.slice(wrong!.spans[0]!.start, wrong!.spans[0]!.end)).toBe('90%');
    const picture = await office.upload(
      '图.docx',
      Uint8Array.from({ length: 200_000 }, (_, i) => [0xff, 0xd8, 0xff, 0xe0][i] ?? 7),
    );
    await expect(office(bulletins).check({ fileId: picture.id })).rejects.toMatchObject({
      code: 'not_a_document',
      words: { zh: expect.stringMatching(/[\u4e00-\u9fff]/), en: expect.stringMatching(/[a-z]/) },
    });
  });
});

describe('the process that reads', () => {
  const entry = new URL('../../../core/server/testing/worker-entry.ts', import.meta.url);

  test('is ended after its time, with words that say what to do', async () => {
    await expect(readAside(entry, { kind: 'endless' }, { seconds: 1 })).rejects.toMatchObject({
      status: 422,
      code: 'text_too_slow',
      words: { zh: expect.stringContaining('按篇拆分') },
    });
  });

  test('may not take more memory than it was given', async () => {
    await expect(readAside(entry, { kind: 'greedy' }, { memoryMb: 64 })).rejects.toMatchObject({
      code: 'text_out_of_memory',
    });
  });

  test('is waited for by a few; the next is told to come again, and the place is free afterwards', async () => {
    const limits = { seconds: 8, atOnce: 1, waiting: 1 };
    const first = readAside(entry, { kind: 'endless' }, limits).catch((error) => error.code);
    const second = readAside<number>(entry, { kind: 'problem' }, limits).catch((error) => error.code);
    await expect(readAside(entry, { kind: 'problem' }, limits)).rejects.toMatchObject({
      status: 503,
      code: 'reader_busy',
    });
    expect(await Promise.all([first, second])).toEqual(['text_too_slow', 'no_good']);
    await expect(readAside(entry, { kind: 'problem' }, limits)).rejects.toMatchObject({ code: 'no_good' });
  }, 60_000);
});
