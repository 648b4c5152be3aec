import { Link } from 'react-router';
import { useText, useWords } from '#core/web/text.ts';
import { dash, date, percent, points, rate, yi, yiUnit } from '#core/web/ui/format.ts';
import { Light } from '#core/web/ui/Light.tsx';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import type { Figures, MatterFigures, NowLine, ProjectFigures } from '../shapes.ts';
import { MatterMark } from './MatterMark.tsx';
import * as text from './text.ts';

/** The figures of a page in the meeting's list: enough to prepare; the screen shows them large. */
export function FigureView({ figures, projectId }: { figures: Figures; projectId: string | null }) {
  if (figures.kind === 'followUp') return <FollowUpTable figures={figures} />;
  if (figures.kind === 'project') return <ProjectLine figures={figures} projectId={projectId} />;
  if (figures.kind === 'matter') return <MatterLine figures={figures} />;
  return null;
}

export function FollowUpTable({ figures }: { figures: Extract<Figures, { kind: 'followUp' }> }) {
  const t = useText(text);
  return (
    <ScrollX label={t.sources.followUp}>
      <table className="plain mtg-follow">
        <thead>
          <tr>
            <th>{t.no}</th>
            <th>{t.matter}</th>
            <th>{t.unit}</th>
            <th>{t.dueOriginal}</th>
            <th>{t.dueCurrent}</th>
            <th>{t.state}</th>
          </tr>
        </thead>
        <tbody>
          {figures.rows.map((row) => (
            <tr key={row.matterId}>
              <td className="nowrap">
                <Link to={`/matters/${row.matterId}`}>{row.no}</Link>
              </td>
              <td>{row.title}</td>
              <td>{row.unitName ?? dash}</td>
              <td className="nowrap">{date(row.dueOriginal)}</td>
              <td className="nowrap">{date(row.dueCurrent)}</td>
              <td className="nowrap">
                <MatterMark light={row.light} />{' '}
                <span className="soft">{row.closedOn ?? t.matterStates[row.state] ?? row.state}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollX>
  );
}

function ProjectLine({ figures: f, projectId }: { figures: ProjectFigures; projectId: string | null }) {
  const t = useText(text);
  const words = useWords();
  return (
    <div className="mtg-figures">
      <Light value={f.light} lamp />
      <span>
        {t.plan} <b className="num">{yi(f.planYuan)}</b> {yiUnit()}
      </span>
      <span>
        {t.doneYuan} <b className="num">{yi(f.doneYuan)}</b> {yiUnit()}
      </span>
      <span>
        {t.rate} <b className="num">{rate(f.doneYuan, f.planYuan)}</b>
        {f.clockShare !== null && (
          <span className="muted">
            {' '}
            / {t.clock} {percent(f.clockShare)}
          </span>
        )}
      </span>
      <span>
        {t.gap} <b className="num">{points(f.gapPoints)}</b> {t.unitOfPoints}
      </span>
      {f.reasons[0] && <span className="soft mtg-wide">{f.reasons.map((one) => words(one)).join('；')}</span>}
      {projectId && <Link to={`/projects/${projectId}`}>{f.name}</Link>}
    </div>
  );
}

function MatterLine({ figures: f }: { figures: MatterFigures }) {
  const t = useText(text);
  return (
    <div className="mtg-figures">
      <MatterMark light={f.light} lamp />
      <span>{f.no}</span>
      <span>{f.unitName ?? dash}</span>
      <span>
        {t.dueOriginal} <b>{date(f.dueOriginal)}</b>
      </span>
      <span>
        {t.dueCurrent} <b>{date(f.dueCurrent)}</b>
      </span>
      {f.extensions > 0 && <span>{t.timesExtended(f.extensions)}</span>}
      {f.returns > 0 && <span>{t.timesReturned(f.returns)}</span>}
      {f.lastReport && (
        <span className="soft mtg-wide">
          {t.lastReport}
          {t.colon}
          {f.lastReport}
        </span>
      )}
    </div>
  );
}

/** What is no longer as the page says. */
export function NowView({ now, kind }: { now: NowLine; kind: Figures['kind'] }) {
  const t = useText(text);
  return (
    <span className="mtg-now">
      <b>{t.nowIs}</b>
      {kind === 'project' && now.light && <Light value={now.light as ProjectFigures['light']} />}
      {kind === 'project' && (
        <>
          <span>
            {t.doneYuan} {yi(now.doneYuan)} {yiUnit()}
          </span>
          <span>
            {t.gap} {points(now.gapPoints)}
          </span>
        </>
      )}
      {kind === 'matter' && now.light && <MatterMark light={now.light as MatterFigures['light']} />}
      {kind === 'matter' && <span>{t.matterStates[now.state ?? ''] ?? now.state}</span>}
      {kind === 'matter' && (
        <span>
          {t.dueCurrent} {date(now.dueCurrent)}
        </span>
      )}
    </span>
  );
}
