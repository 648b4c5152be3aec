import { useLanguage } from '../text.ts';
import { wan, wanUnit, yi, yiUnit } from './format.ts';

/** Whole yuan shown in 亿元 (default) or 万元; the exact yuan is in the tooltip. */
export function Money({
  yuan,
  unit = 'yi',
  withUnit = false,
}: {
  yuan: number | null | undefined;
  unit?: 'yi' | 'wan';
  withUnit?: boolean;
}) {
  const language = useLanguage();
  const figure = unit === 'yi' ? yi(yuan, language) : wan(yuan);
  if (yuan === null || yuan === undefined) return <span className="muted">{figure}</span>;
  const exact = `${yuan.toLocaleString('en-US')} ${language === 'zh' ? '元' : 'CNY'}`;
  return (
    <span className="num" title={exact}>
      {figure}
      {withUnit && ` ${unit === 'yi' ? yiUnit(language) : wanUnit(language)}`}
    </span>
  );
}
