import { useQuery } from '@tanstack/react-query';
import { useClient } from '#core/web/client.ts';
import { useLanguage, useText } from '#core/web/text.ts';
import { rate, yi } from '#core/web/ui/format.ts';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { type Project, projects } from '../contract.ts';
import { evenCurve } from '../plan-curve.ts';
import * as text from './text.ts';

/** 年初计划 beside every adjustment: amount, rate against it, why and by whom; then the months of the first and the newest. */
export function PlanVersions({ project, year }: { project: Project; year: number }) {
  const t = useText(text);
  const language = useLanguage();
  const api = useClient(projects);
  const plans = useQuery({
    queryKey: ['projects', 'plans', project.id],
    queryFn: ({ signal }) => api.plans({ id: project.id }, { signal }),
  });
  const versions = (plans.data ?? []).filter((plan) => plan.year === year);
  const first = versions.at(-1);
  const newest = versions[0];
  if (versions.length < 2 || !first || !newest) return null;
  const doneYuan = project.standing?.doneYuan ?? null;
  const nameOf = (version: number) =>
    version === 1
      ? t.originalPlan
      : version === newest.version
        ? `${t.adjustedPlan} ${t.version(version)}`
        : t.version(version);
  const curveOf = (plan: (typeof versions)[number]) =>
    plan.curve ?? (plan.planYuan === null ? null : evenCurve(plan.planYuan));
  return (
    <div className="plan-versions">
      <h3>
        {t.planVersions(year)} <small>{t.planVersionsNote}</small>
      </h3>
      <ScrollX label={t.planVersions(year)}>
        <table className="plain">
          <thead>
            <tr>
              <th>{t.versionHead.version}</th>
              <th className="num nowrap">{t.versionHead.yuan}</th>
              <th className="num nowrap">{t.versionDiff}</th>
              <th className="num nowrap">{t.versionHead.rate}</th>
              <th>{t.versionHead.why}</th>
              <th>{t.versionHead.approver}</th>
              <th>{t.versionHead.on}</th>
            </tr>
          </thead>
          <tbody>
            {versions.map((plan) => (
              <tr key={plan.version}>
                <td className="nowrap">{nameOf(plan.version)}</td>
                <td className="num">{yi(plan.planYuan, language)}</td>
                <td className="num">
                  {plan.version > 1 && plan.planYuan !== null && first.planYuan !== null
                    ? `${plan.planYuan > first.planYuan ? '+' : ''}${yi(plan.planYuan - first.planYuan, language)}`
                    : ''}
                </td>
                <td className="num">{rate(doneYuan, plan.planYuan)}</td>
                <td>{plan.reason}</td>
                <td>{plan.approver}</td>
                <td className="nowrap">{plan.effectiveOn}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollX>
      <details>
        <summary>{t.versionsMore}</summary>
        <ScrollX label={t.versionMonths}>
          <table className="plain">
            <thead>
              <tr>
                <th>{t.versionMonths}</th>
                {Array.from({ length: 12 }, (_, i) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the twelve months stand still
                  <th key={i} className="num">
                    {t.monthName(i + 1)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {[first, newest].map((plan) => (
                <tr key={plan.version}>
                  <th scope="row" className="nowrap">
                    {nameOf(plan.version)}
                  </th>
                  {Array.from({ length: 12 }, (_, i) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: the twelve months stand still
                    <td key={i} className="num">
                      {yi(curveOf(plan)?.[i] ?? null, language)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollX>
      </details>
    </div>
  );
}
