import type { Scope } from '#core/server/scope.ts';
import type { ParsedOf } from '#core/shared/contract.ts';
import type { listEndpoints } from '../list-contract.ts';
import { calendarFile, endFeed, findFeed, makeFeed } from './feed.ts';
import { countLists, findPage } from './list.ts';
import { exportMatters } from './list-export.ts';
import { listViews, removeView, saveView } from './list-views.ts';
import { closeSample, drawSample, judgeSample, listSamples, presentSample } from './sample-acts.ts';
import { boardOf, listBlocking, listTrend, statisticsBy } from './statistics.ts';

type Endpoints = typeof listEndpoints;

/** The handlers of list-contract.ts, spread into those of the module. */
export const listHandlers = {
  list: (scope: Scope, input: ParsedOf<Endpoints['list']>) => findPage(scope, input),
  counts: (scope: Scope) => countLists(scope),
  exportList: (scope: Scope, input: ParsedOf<Endpoints['exportList']>) => exportMatters(scope, input),
  views: (scope: Scope) => listViews(scope),
  saveView,
  removeView,
  drawSample,
  sample: presentSample,
  samples: (scope: Scope) => listSamples(scope),
  judgeSample,
  closeSample,
  feed: (scope: Scope) => findFeed(scope),
  makeFeed: (scope: Scope) => makeFeed(scope),
  endFeed: (scope: Scope) => endFeed(scope),
  calendarFile,
  board: boardOf,
  statistics: statisticsBy,
  blocking: listBlocking,
  trend: listTrend,
};
