const systems: [RegExp, string][] = [
  [/HarmonyOS/i, 'HarmonyOS'],
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/UOS|Kylin/i, '麒麟/统信'],
  [/Linux/, 'Linux'],
];
const browsers: [RegExp, string][] = [
  [/MicroMessenger/, '微信'],
  [/Edg\//, 'Edge'],
  [/360SE|QIHU/i, '360'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];

/** “Chrome · Windows”, good enough to tell one's own devices apart; undefined when the browser said nothing known. */
export function deviceOf(agent: string): string | undefined {
  const first = (known: [RegExp, string][]) => known.find(([pattern]) => pattern.test(agent))?.[1];
  return [first(browsers), first(systems)].filter((name) => name !== undefined).join(' · ') || undefined;
}
