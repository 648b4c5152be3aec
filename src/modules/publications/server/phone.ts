import type { EditionBody } from '#modules/editions/contract.ts';
import { isRatio, isTrue, rowsOf, showReference, showValue } from '../answer.ts';
import { catalogue } from '../catalogue.ts';
import { plainWords } from '../document.ts';
import type { Phone } from '../shapes.ts';
import { lightOrder } from '../words.ts';
import type { PublicationRecord } from './store.ts';

/** What a leader reads on a phone: six numbers, who is behind, what is late, what comes next. From the edition alone. */
export function phoneOf(body: EditionBody, found: PublicationRecord): Phone {
  const entry = (code: string) => catalogue.find((one) => one.code === code)!;
  const text = (code: string): string => showReference(body, entry(code)) ?? '—';
  const isBehind = isTrue(body, { query: entry('gap').query, op: '<', value: 0, decimals: 1 });
  const figure = (code: string, tone: 'plain' | 'good' | 'bad' = 'plain', words = entry(code).words) => ({
    code,
    words,
    text: text(code),
    tone,
  });
  const cell = (value: unknown, as: '%' | '百分点'): string => (isRatio(value) ? showValue(value, { as }) : '—');
  const last = found.content.blocks.findLastIndex((block) => block.kind === 'heading' && block.level === 1);
  return {
    title: found.title,
    period: found.period,
    day: body.day,
    issue: found.issue,
    state: found.state,
    figures: [
      figure('rate', isBehind ? 'bad' : 'good'),
      figure(
        'gap',
        isBehind ? 'bad' : 'good',
        isBehind ? { zh: '低于时序', en: 'Below the clock' } : { zh: '超时序', en: 'Above the clock' },
      ),
      figure('done'),
      figure('plan'),
      figure('monthDone'),
      figure('projects'),
    ],
    lights: Object.fromEntries(lightOrder.map((light) => [light, body.total.lights[light]])),
    clock: text('clock'),
    behind: rowsOf(body, {
      list: 'counties',
      where: [
        { field: 'rank', op: 'set' },
        { field: 'rate', op: '<', than: 'clock' },
      ],
      sort: { by: 'rate', direction: 'up' },
      take: 5,
    }).map((row) => ({ name: row.name, rate: cell(row.cells.rate, '%'), gap: cell(row.cells.gap, '百分点') })),
    late: rowsOf(body, {
      list: 'projects',
      where: [{ field: 'light', op: '=', value: 'late' }],
      sort: { by: 'gap', direction: 'up' },
      take: 8,
    }).map((row) => ({
      id: row.key,
      name: row.name,
      county: `${row.cells.county ?? ''}`,
      gap: cell(row.cells.gap, '百分点'),
      problem: `${row.cells.problemText ?? row.cells.why ?? ''}`,
    })),
    lateCount: body.total.lights.late,
    overdue: body.matters.overdue,
    next: found.content.blocks
      .slice(last + 1)
      .flatMap((block) => (block.kind === 'table' ? [] : block.sentences.map(({ runs }) => plainWords(body, runs)))),
    hasDemo: body.projects.some((p) => p.demo),
  };
}
