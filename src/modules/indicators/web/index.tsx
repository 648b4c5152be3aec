import { defineWebModule } from '#core/web/module.ts';
import { indicators } from '../contract.ts';
import { IndicatorsTab } from './IndicatorsTab.tsx';

const handle = { title: { zh: '指标', en: 'Indicators' }, permission: 'indicators.read' };
const form = {
  handle: { title: { zh: '定义指标', en: 'Define an indicator' }, permission: 'indicators.define' },
  lazy: async () => ({ Component: (await import('./IndicatorForm.tsx')).IndicatorFormPage }),
};

export default defineWebModule(indicators, {
  routes: [
    {
      path: '/dispatch/indicators',
      handle,
      lazy: async () => ({ Component: (await import('./IndicatorsPage.tsx')).IndicatorsPage }),
    },
    { path: '/dispatch/indicators/new', ...form },
    { path: '/dispatch/indicators/:code/edit', ...form },
  ],
  slots: { 'dispatch.tabs': [{ order: 10, component: IndicatorsTab, permission: 'indicators.read' }] },
});
