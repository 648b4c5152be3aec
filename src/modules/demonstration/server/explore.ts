import type { Scope } from '#core/server/scope.ts';
import { insertViews, Pivot } from '#modules/explore/server/public.ts';

const view = (name: string, chart: 'none' | 'bar' | 'stacked' | 'line' | 'heat', pivot: Partial<Pivot>) => ({
  name: `${name}（示例）`,
  chart,
  ownerName: '总指挥部办公室',
  demo: true,
  pivot: Pivot.parse(pivot),
});

/** Questions that offices ask every month, shared with everybody. */
export const layOutExplore = (scope: Scope): Promise<void> =>
  insertViews(scope, [
    view('各县区年度完成', 'bar', {
      measures: ['plan', 'yearDone', 'rate', 'gap'],
      rows: ['county'],
      sort: { measure: 'rate', order: 'most' },
    }),
    view('板块逐月完成', 'stacked', { measures: ['monthDone'], rows: ['board'], columns: ['month'] }),
    view('指挥部完成率走势', 'line', { measures: ['rate'], rows: ['command'], columns: ['month'] }),
    view('牵头单位红黄灯', 'heat', {
      measures: ['projects'],
      rows: ['lead'],
      columns: ['light'],
      sort: { measure: 'projects', order: 'most' },
    }),
    view('阶段与类别', 'none', {
      measures: ['projects', 'items', 'total', 'startDue', 'startOverdue'],
      rows: ['stage', 'planKind'],
    }),
    view('资金到位与支付', 'none', { measures: ['plan', 'arrived', 'paid', 'yearDone'], rows: ['county', 'board'] }),
    view('填报按时', 'heat', { measures: ['onTime'], rows: ['county'], columns: ['month'] }),
  ]);
