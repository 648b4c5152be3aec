import { type Rate, rate } from '#core/shared/rate.ts';

/** Whole yuan; null where nothing is registered. */
export interface ArrivalFigures {
  /** Arrived in the year. */
  arrivedYuan: number | null;
  /** Arrived from the beginning of the project to the end of the year. */
  arrivedToDateYuan: number | null;
  /** The year's planned investment (年度投资计划), newest version. */
  planYuan: number | null;
  /** 合同(协议)投资总额 as signed with the investor. */
  agreementYuan: number | null;
}

export const arrivalBases = ['agreement', 'plan'] as const;
export type ArrivalBasis = (typeof arrivalBases)[number];

export interface ArrivalRate {
  basis: ArrivalBasis;
  numerator: number | null;
  denominator: number | null;
  rate: Rate;
}

/**
 * 资金到位率 in both definitions, never one without saying which:
 * `agreement` 招商口径 = all money arrived ÷ contracted investment (玉林 table of assessed units);
 * `plan` 项目口径 = money arrived in the year ÷ annual investment plan (江门 2013: 159.5 ÷ 401.9 = 39.7 %).
 * Neither is capped: 115 % is published and true. Without a denominator there is no rate, but a reason.
 */
export const arrivalRates = (figures: ArrivalFigures): Record<ArrivalBasis, ArrivalRate> => ({
  agreement: rated('agreement', figures.arrivedToDateYuan, figures.agreementYuan),
  plan: rated('plan', figures.arrivedYuan, figures.planYuan),
});

const rated = (basis: ArrivalBasis, numerator: number | null, denominator: number | null): ArrivalRate => ({
  basis,
  numerator,
  denominator,
  rate: rate(numerator, denominator),
});
