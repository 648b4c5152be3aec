import { defineWebModule } from '#core/web/module.ts';
import { forecasts } from '../contract.ts';
import { ForecastsTab } from './ForecastsTab.tsx';
import { ProjectForecastSection } from './ProjectForecast.tsx';
import { en, zh } from './text.ts';

const permission = 'forecasts.read';

export default defineWebModule(forecasts, {
  routes: [
    {
      path: '/dispatch/forecasts',
      handle: { title: { zh: zh.title, en: en.title }, permission },
      lazy: async () => ({ Component: (await import('./ForecastsPage.tsx')).ForecastsPage }),
    },
  ],
  slots: {
    'dispatch.tabs': [{ order: 30, component: ForecastsTab, permission }],
    'projects.page.main': [{ order: 70, component: ProjectForecastSection, permission }],
  },
});
