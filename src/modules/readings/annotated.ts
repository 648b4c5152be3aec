import type { Day } from '#core/shared/day.ts';
import type { Language } from '#core/shared/words.ts';
import type { Desk } from './contract.ts';

const kindWords: Record<Desk['marks'][number]['kind'], [string, string]> = {
  amount: ['金额', 'amount'],
  rate: ['比率', 'rate'],
  points: ['百分点', 'points'],
  rank: ['位次', 'rank'],
  count: ['数量', 'count'],
  date: ['时间', 'date'],
  person: ['人员', 'person'],
  unit: ['单位', 'unit'],
  project: ['项目', 'project'],
  requirement: ['要求', 'requirement'],
};
const verdictWords: Record<Desk['checks'][number]['verdict'], [string, string]> = {
  agrees: ['一致', 'agrees'],
  'last-digit': ['末位不同', 'last digit'],
  contradicts: ['不一致', 'contradicts'],
  'part-not-listed': ['有分项未列出', 'part not listed'],
  'cannot-judge': ['无法判断', 'cannot be judged'],
};

export const kindWord = (kind: keyof typeof kindWords, language: Language): string =>
  kindWords[kind][language === 'zh' ? 0 : 1];
export const verdictWord = (verdict: keyof typeof verdictWords, language: Language): string =>
  verdictWords[verdict][language === 'zh' ? 0 : 1];

/** Text is data: nothing of a document is ever markup of the page that shows it. */
const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[c]!);

interface Piece {
  start: number;
  end: number;
  kind: string;
  says: string;
}

/** Pieces of the text between the edges of marks; a place under several marks takes those that begin last: the narrowest. */
export function piecesOf(length: number, marks: readonly Piece[]): { start: number; end: number; marks: Piece[] }[] {
  const edges = [...new Set([0, length, ...marks.flatMap((m) => [m.start, m.end])])]
    .filter((edge) => edge >= 0 && edge <= length)
    .sort((a, b) => a - b);
  const sorted = marks.filter((m) => m.end > m.start).toSorted((a, b) => a.start - b.start);
  const open: Piece[] = [];
  let next = 0;
  return edges.slice(0, -1).map((start, i) => {
    while (next < sorted.length && sorted[next]!.start <= start) open.push(sorted[next++]!);
    for (let j = open.length - 1; j >= 0; j -= 1) if (open[j]!.end <= start) open.splice(j, 1);
    return { start, end: edges[i + 1]!, marks: [...open] };
  });
}

/** The document as a page of its own, without scripts: marks by kind, findings numbered at the end. */
export function annotatedPage(
  desk: Pick<Desk, 'clean' | 'marks' | 'unreadable' | 'checks'> & { title: string; documentDate: Day | null },
  language: Language,
): string {
  const zh = language === 'zh';
  const marks: Piece[] = [
    ...desk.marks.map((m) => ({
      ...m.span,
      kind: m.kind,
      says: [kindWord(m.kind, language), m.says].filter(Boolean).join('：'),
    })),
    ...desk.unreadable.map((u) => ({
      ...u.span,
      kind: 'unreadable',
      says: zh ? `无法辨认：${u.why.zh}` : `unreadable: ${u.why.en}`,
    })),
    ...desk.checks
      .filter((c) => c.verdict !== 'agrees')
      .map((c) => ({
        ...c.spans[0]!,
        kind: c.verdict,
        says: `${verdictWord(c.verdict, language)}：${c.says[language]}`,
      })),
  ];
  const body = piecesOf(desk.clean.length, marks)
    .map(({ start, end, marks: here }) => {
      const text = escaped(desk.clean.slice(start, end));
      const top = here.at(-1);
      return top
        ? `<mark class="${here.map((m) => m.kind).join(' ')}" title="${escaped(here.map((m) => m.says).join('\n'))}">${text}</mark>`
        : text;
    })
    .join('');
  const findings = desk.checks
    .filter((c) => c.verdict !== 'agrees')
    .map((c) => `<li class="${c.verdict}"><b>${verdictWord(c.verdict, language)}</b> ${escaped(c.says[language])}</li>`)
    .join('');
  return `<!doctype html>
<html lang="${zh ? 'zh-CN' : 'en'}"><head><meta charset="utf-8"><title>${escaped(desk.title)}</title><style>
body{max-width:52rem;margin:2rem auto;padding:0 1rem;font:1rem/1.9 "Noto Sans SC","Microsoft YaHei",sans-serif;color:#16202c}
.text{white-space:pre-wrap;overflow-wrap:anywhere}mark{background:#e3edf8;color:inherit}mark.requirement{background:#fdf3d9}
mark.date{background:#e4f3ea}mark.person,mark.unit,mark.project{background:#eceff3;border-bottom:1px solid #647182}
mark.contradicts{background:#fbe9e7;border-bottom:2px solid #b3201a}mark.last-digit{border-bottom:2px dotted #b77a00}
mark.unreadable{background:#16202c;color:#fff}.contradicts b{color:#b3201a}footer{color:#647182;font-size:.85rem}
</style></head><body><h1>${escaped(desk.title)}</h1>
<p>${desk.documentDate ?? (zh ? '成文日期未知' : 'date unknown')}</p>
<div class="text">${body}</div>
${findings ? `<h2>${zh ? '核对' : 'Checks'}</h2><ol>${findings}</ol>` : ''}
<footer>${zh ? '由挂图审读台生成；标记供人核对，不代替原文。' : 'Made by the review desk of Guatu; marks are for people to check and do not replace the document.'}</footer>
</body></html>
`;
}
