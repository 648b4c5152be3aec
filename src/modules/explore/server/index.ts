import { defineServerModule } from '#core/server/http.ts';
import { explore } from '../contract.ts';
import { exportTable } from './export.ts';
import { filingsOf, membersOf } from './members.ts';
import { tableOf } from './read.ts';
import { valuesOf } from './values.ts';
import { getView, listViews, removeView, saveView } from './views.ts';

export default defineServerModule(explore, {
  handlers: {
    table: (scope, { pivot }) => tableOf(scope, pivot),
    members: (scope, { cell, ...page }) => membersOf(scope, cell, page),
    filings: (scope, { cell, projectId }) => filingsOf(scope, cell, projectId),
    values: (scope, { dimension }) => valuesOf(scope, dimension),
    export: exportTable,
    views: (scope) => listViews(scope),
    view: (scope, { id }) => getView(scope, id),
    saveView,
    removeView: (scope, { id }) => removeView(scope, id),
  },
});
