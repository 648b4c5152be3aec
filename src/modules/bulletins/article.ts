import type { CleanText, Span, TextTable } from './shapes.ts';

interface Line extends Span {
  text: string;
}

/** How a news story begins: 本报讯（记者 某某）, 红网时刻永州7月12日讯, （记者 某某）. */
const dateline =
  /^(?:本报|本网|新华社|人民网|红网|[\u3400-\u9fff·]{2,16}(?:网|报|社|客户端|时刻|在线))[^。，,（(]{0,20}(?:讯|电)(?=[\s（(，,：:]|[\u3400-\u9fff\d])/;
const continued = /[（(](?:下|上)转第?\s?[\dA-Z]{1,3}版[)）]\s*$/;
const isTitleLine = ({ text }: Line): boolean =>
  text.length >= 4 &&
  text.length <= 60 &&
  !/[。；;，,：:！？、]$/.test(text) &&
  !/^(?:https?:|来源|责编|责任编辑|编辑|作者|图为|[一二三]审|点击|发布|信息来源|首页|当前位置|您当前|[（(])/.test(
    text,
  ) &&
  !/[|]|\d{1,2}:\d{2}|https?:|供图$|摄$/.test(text);

/** Not a menu, a date or a telephone number. */
const isName = (text: string): boolean =>
  /[\u3400-\u9fff].{0,10}[\u3400-\u9fff].{0,10}[\u3400-\u9fff].{4}/.test(text) &&
  !/(?:网|协会|频道|门户|首页|全部)(?:\s|$)|热线|星期|^[\d\-/:\s]+$|^[•·]|\d版|[上下]一[篇版期]|扫一扫|放大 缩小/.test(
    text.replace(/^\d{4}年/, ''),
  );

/**
 * The articles of a page. A newspaper's page holds several: each begins with the lines of its title and a dateline, or behind
 * “（下转第2版）”. Headings within a story have neither, so they stay in it.
 */
export function splitArticles(text: string, tables: readonly TextTable[]): CleanText['articles'] {
  const lines = linesOutside(text, tables);
  const starts: { title: Span | undefined; at: number }[] = [];
  for (const [index, line] of lines.entries()) {
    const isDateline = dateline.test(line.text);
    const isBehindTurn = index > 0 && continued.test(lines[index - 1]!.text.slice(-16));
    if (isDateline) {
      const title = titleBefore(lines, index);
      // The same story told twice, or a dateline within one.
      if (title) starts.push({ title: title.span, at: title.first });
      else if (starts.length === 0 && index === 0) starts.push({ title: undefined, at: 0 });
    } else if (isBehindTurn && isTitleLine(line)) {
      const last = lastOfTitle(lines, index);
      if (!dateline.test(lines[last + 1]?.text.slice(0, 60) ?? ''))
        starts.push({ title: { start: line.start, end: lines[last]!.end }, at: index });
    }
  }
  const several = starts.filter((start, i) => i === 0 || start.at > starts[i - 1]!.at);
  if (several.length >= 2) return several.map((start, i) => bounded(lines, start, several[i + 1]?.at ?? lines.length));
  const title = lines.slice(0, 12).find((line) => isTitleLine(line) && isName(line.text));
  const whole = lines.length > 0 ? { start: lines[0]!.start, end: text.trimEnd().length } : { start: 0, end: 0 };
  if (!title) return [{ title: { start: whole.start, end: whole.start }, body: whole }];
  return [
    { title: { start: title.start, end: title.end }, body: { start: Math.min(title.end, whole.end), end: whole.end } },
  ];
}

function bounded(
  lines: readonly Line[],
  { title, at }: { title: Span | undefined; at: number },
  next: number,
): { title: Span; body: Span } {
  const first = lines.find((line, i) => i >= at && line.start >= (title?.end ?? line.start)) ?? lines[at]!;
  const last = lines[next - 1]!;
  return {
    title: title ?? { start: first.start, end: first.start },
    body: { start: Math.min(first.start, last.end), end: last.end },
  };
}

function linesOutside(text: string, tables: readonly TextTable[]): Line[] {
  const lines: Line[] = [];
  let [start, table] = [0, 0];
  while (start <= text.length) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    while (table < tables.length && tables[table]!.span.end < start) table += 1;
    const isCell = (tables[table]?.span.start ?? Number.POSITIVE_INFINITY) <= start;
    // The head of a line is enough to know it; a line may be megabytes long.
    if (end > start && !isCell)
      lines.push({
        start,
        end,
        text:
          end - start <= 400
            ? text.slice(start, end)
            : `${text.slice(start, start + 200)}…${text.slice(end - 40, end)}`,
      });
    start = end + 1;
  }
  return lines;
}

/** The lines right above that read like a title: at most three, and none that is far away. */
function titleBefore(lines: readonly Line[], index: number): { span: Span; first: number } | undefined {
  let first = index;
  while (first > 0 && index - first < 3 && isTitleLine(lines[first - 1]!) && isNear(lines[first - 1]!, lines[first]!))
    first -= 1;
  if (first === index) return undefined;
  return { span: { start: lines[first]!.start, end: lines[index - 1]!.end }, first };
}

function lastOfTitle(lines: readonly Line[], index: number): number {
  let last = index;
  while (
    last + 1 < lines.length &&
    last - index < 2 &&
    isTitleLine(lines[last + 1]!) &&
    isNear(lines[last]!, lines[last + 1]!)
  )
    last += 1;
  return last;
}

const isNear = (before: Line, behind: Line): boolean => behind.start - before.end <= 3;
