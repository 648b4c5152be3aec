import { shippedDefinitions } from '#modules/indicators/shipped.ts';

const definition = shippedDefinitions.find((d) => d.code === 'startOfYear')!;
const { code } = definition;

/** Indicators have no ids: a code names one, and every county works it out over its own projects. */
export const ownIndicators: Record<string, Record<string, unknown>> = {
  'indicators.groups': { code, by: 'county' },
  'indicators.history': { code },
  'indicators.test': { definition, by: 'county' },
  'indicators.save': { definition, version: 0, reason: '测试' },
  'indicators.withdraw': { code, reason: '测试' },
};
