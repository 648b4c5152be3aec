import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testCity } from '#core/server/testing/test-city.ts';
import { bulletins } from '../contract.ts';
import { runBulletin } from './command-line.ts';

const text =
  '2021年1-9月，全市100个重点项目年度计划投资200亿元，累计完成投资160亿元，占年度计划的90%，超时序进度5个百分点。';

describe('POST /api/bulletins/check', () => {
  let city: Awaited<ReturnType<typeof testCity>>;
  beforeAll(async () => {
    city = await testCity();
  });
  afterAll(() => city.close());

  test('gives verdicts with spans in the text as it was sent', async () => {
    const office = await city.as({ role: 'office' });
    const report = await office(bulletins).check({ text });
    const [wrong] = report.checks.filter((check) => check.verdict === 'contradicts');
    expect(wrong).toMatchObject({ kind: 'rate', published: 90, computed: 80, unit: '%' });
    expect(wrong!.spans.map(({ start, end }) => text.slice(start, end))).toEqual(['90%', '160亿元', '200亿元']);
    expect(report.checks.find((check) => check.kind === 'gap')).toMatchObject({ verdict: 'agrees', computed: 5 });
    expect(report.text).toBeNull();
  });

  test('reads a file only to whoever uploaded it, even when the hash is known', async () => {
    const office = city.as({ role: 'office', name: '刘敏' });
    const file = await office.upload('通报.txt', new TextEncoder().encode(text));
    expect((await office(bulletins).check({ fileId: file.id })).text).toBe(text);
    const unit = city.as({ role: 'responsibleUnit', name: '他人', unitIds: [] });
    await expect(unit(bulletins).check({ fileId: file.id })).rejects.toMatchObject({ status: 404 });
  });

  test('asks for a text or a file, not both, and is not for the public', async () => {
    const office = await city.as({ role: 'office' });
    await expect(office(bulletins).check({})).rejects.toThrow();
    const filer = await city.as({ role: 'filer' });
    await expect(filer(bulletins).check({ text })).rejects.toThrow();
  });
});

describe('npm run bulletin', () => {
  const run = async (argv: string[]) => {
    let out = '';
    const code = await runBulletin(argv, (piece) => {
      out += piece;
    });
    return { code, out };
  };
  const fileOf = async (content: string | Uint8Array) => {
    const { mkdtemp, writeFile } = await import('node:fs/promises');
    const { join } = await import('node:path');
    const { tmpdir } = await import('node:os');
    const file = join(await mkdtemp(join(tmpdir(), 'bulletin-')), 'a.txt');
    await writeFile(file, content);
    return file;
  };

  test('prints line and column and ends with 1 on a contradiction, else with 0', async () => {
    const bad = await run(['check', await fileOf(`标题\r\n${text}`)]);
    expect(bad.code).toBe(1);
    expect(bad.out).toContain(`✗ 2:${text.indexOf('90%') + 1} rate contradicts`);
    expect((await run(['check', await fileOf(text.replace('90%', '80%'))])).code).toBe(0);
  });

  test('prints the report as JSON, its spans in the file as it is', async () => {
    const content = `标题\r\n${text}`;
    const { out } = await run(['check', await fileOf(content), '--json']);
    const report = JSON.parse(out);
    const wrong = report.checks.find((check: { verdict: string }) => check.verdict === 'contradicts');
    expect(content.slice(wrong.spans[0].start, wrong.spans[0].end)).toBe('90%');
    expect(Object.keys(report)).toEqual(expect.arrayContaining(['checks', 'unreadable', 'marks', 'promises']));
  });

  test('ends with 2 on a file that is none, one that is missing, and a call that is wrong', async () => {
    expect((await run(['check', await fileOf(new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 0, 0]))])).code).toBe(2);
    expect((await run(['check', '/nowhere/a.txt'])).code).toBe(2);
    expect((await run(['look'])).code).toBe(2);
  });
});
