import { readFile } from 'node:fs/promises';
import { Problem } from '#core/server/errors.ts';
import { groupChecks } from '../grouped.ts';
import { inOriginal, readBulletin } from '../reading.ts';
import { reportOf } from '../report.ts';
import type { Check, Verdict } from '../shapes.ts';
import { readIn } from './read-in.ts';

const marks: Record<Verdict, string> = {
  agrees: '✓',
  'last-digit': '≈',
  contradicts: '✗',
  'part-not-listed': '…',
  'cannot-judge': '?',
};

const usage =
  '用法：npm run bulletin -- check 文件 [--json] [--date YYYY-MM-DD]\nUsage: npm run bulletin -- check FILE [--json] [--date YYYY-MM-DD]\n';

/** Word, Excel, PDF, saved page or text; of a plain text file the very characters, so that places fit the file. */
export async function readFileText(file: string): Promise<string> {
  return (await readIn(new Uint8Array(await readFile(file)))).text;
}

/**
 * `npm run bulletin -- check FILE [--json] [--date DAY]`: verdicts with line and column, or the report as JSON.
 * Returns the exit code: 0, 1 when a figure contradicts others, 2 when the file cannot be read or the call is wrong.
 */
export async function runBulletin(argv: readonly string[], write: (text: string) => void): Promise<number> {
  const [verb, ...rest] = argv;
  const at = rest.indexOf('--date');
  const date = at < 0 ? undefined : rest[at + 1];
  const files = rest.filter((arg, i) => !arg.startsWith('--') && (at < 0 || i !== at + 1));
  if (verb !== 'check' || files.length !== 1 || (date !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(date))) {
    process.stderr.write(usage);
    return 2;
  }
  let original: string;
  try {
    original = await readFileText(files[0]!);
  } catch (error) {
    const words =
      error instanceof Problem
        ? error.words
        : { zh: `打不开 ${files[0]}`, en: `Cannot open ${files[0]}: ${(error as Error).message}` };
    process.stderr.write(`${words.zh}\n${words.en}\n`);
    return 2;
  }
  const reading = readBulletin(original, { documentDate: date });
  if (rest.includes('--json')) write(`${JSON.stringify(reportOf(reading), null, 1)}\n`);
  else {
    const places = placesOf(original);
    const placeOf = (check: Check) => {
      const { line, column } = places(inOriginal(reading.text, check.spans[0]!).start);
      return `${line}:${column}`;
    };
    const { toLookAt, undecided, agreeing } = groupChecks(reading.checks);
    const lineOf = (check: Check) =>
      `${marks[check.verdict]} ${placeOf(check)} ${check.kind} ${check.verdict} ${check.says.zh}\n`;
    for (const check of toLookAt) write(lineOf(check));
    // One line for each thing that is missing, with every place it is missing at.
    for (const { missing, checks } of undecided)
      write(
        checks.length === 1
          ? lineOf(checks[0]!)
          : `? 无法判断 ${checks.length} 处：${missing.zh}（${checks.map((c) => `${placeOf(c)} ${c.published}${c.unit}`).join('、')}）\n`,
      );
    for (const check of agreeing) write(lineOf(check));
    for (const { original: span, text, why } of reading.text.unreadable) {
      const { line, column } = places(span.start);
      write(`! ${line}:${column} unreadable ${JSON.stringify(text)} ${why}\n`);
    }
    write(summary(reading.checks.map((check) => check.verdict)));
  }
  return reading.checks.some((check) => check.verdict === 'contradicts') ? 1 : 0;
}

function summary(verdicts: readonly Verdict[]): string {
  const n = (verdict: Verdict) => verdicts.filter((one) => one === verdict).length;
  return `核对 ${verdicts.length} 处：一致 ${n('agrees')}，末位不同 ${n('last-digit')}，不一致 ${n('contradicts')}，有分项未列出 ${n('part-not-listed')}，无法判断 ${n('cannot-judge')}\n`;
}

/** Lines and columns count from 1, columns in UTF-16 units. */
function placesOf(text: string): (offset: number) => { line: number; column: number } {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: offset - starts[low]! + 1 };
  };
}
