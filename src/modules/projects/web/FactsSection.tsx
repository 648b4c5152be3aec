import type { ReactNode } from 'react';
import { useLanguage, useText } from '#core/web/text.ts';
import { yiWithUnit } from '#core/web/ui/format.ts';
import { type CodedField, codeFindings } from '../code-check.ts';
import { columnWords, planKindWords } from '../column-words.ts';
import type { Project } from '../contract.ts';
import { enrolmentOf } from '../enrolment.ts';
import { industryName } from '../gb-industry.ts';
import { showDate } from './show.ts';
import * as text from './text.ts';
import { useRegions } from './use-regions.ts';

/** Every fact of the register that the head does not show; what is not known is left out. */
export function FactsSection({ project, today }: { project: Project; today: string }) {
  const t = useText(text);
  const language = useLanguage();
  const f = t.field;
  const regions = useRegions();
  const doubtOf = (field: CodedField) => {
    const found = codeFindings(project, regions).find((finding) => finding.field === field);
    return found && <span className="warn"> {found.words[language]}</span>;
  };
  const enrolment = enrolmentOf({ ...project, startActual: project.startActual?.day ?? null }, today);
  const enrolled =
    enrolment.state === 'enrolled'
      ? [t.enrolledYes, project.enrolledOn, project.enrolledCode].filter(Boolean).join(' · ')
      : enrolment.state === 'missing'
        ? t.enrolledMissing(enrolment.days)
        : t.enrolledNotDue;
  const rows = [
    row(f.content, project.content),
    row(
      f.code,
      project.code && (
        <>
          {project.code}
          {doubtOf('code')}
        </>
      ),
    ),
    row(f.board, project.board),
    row(
      f.industry,
      project.industry && (
        <>
          {industryName(project.industry) ?? project.industry}
          {doubtOf('industry')}
        </>
      ),
    ),
    row(f.nature, project.nature),
    row(f.planKind, project.planKind && planKindWords[project.planKind][language]),
    row(f.tiers, project.tiers.join('、')),
    row(f.totalYuan, project.totalYuan !== null && yiWithUnit(project.totalYuan, language)),
    row(f.doneBeforeYuan, project.doneBeforeYuan !== null && yiWithUnit(project.doneBeforeYuan, language)),
    row(f.funds, project.funds),
    row(
      `${f.startPlanned} / ${f.startActual}`,
      datePair(
        project.startPlanned && showDate(project.startPlanned),
        project.startActual && showDate(project.startActual),
      ),
    ),
    row(
      `${f.finishPlanned} / ${f.finishActual}`,
      datePair(
        project.finishPlanned && showDate(project.finishPlanned),
        project.finishActual && showDate(project.finishActual),
      ),
    ),
    row(
      columnWords.enrolled[language],
      enrolment.state === 'missing' ? <span className="warn">{enrolled}</span> : enrolled,
    ),
    row(f.ownerUnitId, project.owner?.name),
    row(f.commandUnitId, project.command?.name),
    row(f.countyUnitId, project.county?.name),
    row(f.address, [project.regionName, project.address].filter(Boolean).join(' ')),
    row(
      t.place,
      project.lng !== null && (
        <>
          {project.lng.toFixed(5)}, {project.lat!.toFixed(5)}{' '}
          <span className="muted">
            WGS-84{project.point && project.point.crs !== 'WGS-84' && `，${t.placeEntered(project.point.crs)}`}
          </span>
        </>
      ),
    ),
    row(
      f.contactName,
      project.contactHidden ? (
        <span className="muted">{t.contactHidden}</span>
      ) : (
        [project.contactName, project.contactPhone].filter(Boolean).join(' ')
      ),
    ),
    row(f.source, project.source),
    row(f.remark, project.remark),
  ];
  return (
    <section id="facts">
      <h2 className="h2">{t.facts}</h2>
      <dl className="kv">{rows}</dl>
    </section>
  );
}

const datePair = (planned: string | null, actual: string | null) =>
  planned || actual ? `${planned || '—'} / ${actual || '—'}` : null;

const row = (label: string, value: ReactNode) =>
  value ? (
    <div key={label} className="kv-row">
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  ) : null;
