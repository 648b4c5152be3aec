import { formatMoney, parseMoney } from '#core/shared/money.ts';

/** What a filer types in the 万元 box, as whole yuan; a unit typed with it wins (“1.2亿”). Null when it is no such amount. */
export const yuanFromTenThousand = (text: string): number | null => parseMoney(text, '万元').yuan;

/** 31_005_000 yuan → '3,100.5' (万元): every yuan is shown, trailing zeros are not, so that typing it back is the same sum. */
export const tenThousandFromYuan = (yuan: number): string =>
  formatMoney(yuan, '万元', 4, 'half-up', true).replace(/\.?0+$/, '');
