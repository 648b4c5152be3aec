import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { urlOf, useClient } from '#core/web/client.ts';
import { useLive } from '#core/web/live.ts';
import { useLanguage, useText } from '#core/web/text.ts';
import { moment, month, span } from '#core/web/ui/format.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { filings, type HistoryMonth } from '../contract.ts';
import { keys } from './keys.ts';
import { shortMoment, sum } from './show.ts';
import * as text from './text.ts';

const shownAtFirst = 6;

/** On the project page: its filings by month, what counts and what waits, who filed and who accepted, and the photos. */
export function ProjectPanel({ project }: { project: { id: string; childCount: number } }) {
  const t = useText(text);
  const call = useClient(filings);
  const cache = useQueryClient();
  const [isWhole, setWhole] = useState(false);
  const history = useQuery({
    queryKey: keys.history(project.id),
    queryFn: ({ signal }) => call.history({ projectId: project.id }, { signal }),
  });
  useLive(['filings.*'], (event) => {
    if (event.projectId === null || event.projectId === project.id)
      void cache.invalidateQueries({ queryKey: keys.history(project.id) });
  });
  const months = history.data ?? [];
  // A package whose items file has nothing to show of its own.
  if (project.childCount > 0 && months.length === 0) return null;
  const photos = months.flatMap((m) => m.photos.map((photo) => ({ ...photo, of: m }))).slice(0, 8);
  return (
    <section className="card fh" id="filings">
      <h2>
        {t.panel.title}
        <small>{t.unitNote}</small>
      </h2>
      {history.error && <ProblemView error={history.error} compact onRetry={() => void history.refetch()} />}
      {history.data && months.length === 0 && <p className="muted">{t.panel.empty}</p>}
      {months.length > 0 && (
        <div className="fh-scroll">
          <table className="plain">
            <thead>
              <tr>
                <th>{t.panel.month}</th>
                <th className="num">{t.panel.amount}</th>
                <th className="num">{t.panel.cumulative}</th>
                <th>{t.panel.image}</th>
                <th>{t.panel.state}</th>
                <th>{t.panel.who}</th>
                <th>{t.panel.reviewer}</th>
              </tr>
            </thead>
            <tbody>
              {(isWhole ? months : months.slice(0, shownAtFirst)).map((m) => (
                <Month key={m.id} month={m} projectId={project.id} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {photos.length > 0 && (
        <div className="fr-photos">
          {photos.map((photo, index) => {
            const url = (size: '480' | '1600') =>
              urlOf(filings, 'photo', { id: photo.of.id, fileId: photo.fileId, size });
            return (
              <figure key={`${photo.of.id} ${photo.fileId}`}>
                <a href={url('1600')} target="_blank" rel="noreferrer">
                  <img src={url('480')} alt={t.panel.photo(month(photo.of.period), index + 1)} loading="lazy" />
                </a>
                <figcaption>{photo.takenAt ? moment(photo.takenAt) : month(photo.of.period)}</figcaption>
              </figure>
            );
          })}
        </div>
      )}
      {!isWhole && months.length > shownAtFirst && (
        <button type="button" className="chip" onClick={() => setWhole(true)}>
          {t.panel.more(months.length)}
        </button>
      )}
    </section>
  );
}

function Month({ month: m, projectId }: { month: HistoryMonth; projectId: string }) {
  const t = useText(text);
  const language = useLanguage();
  return (
    <tr>
      <th scope="row">
        <Link to={`/filings/${projectId}/${m.period}`}>{month(m.period)}</Link>
      </th>
      <td className="num">
        {sum(m.monthYuan)}
        {m.waitingMonthYuan !== null && <small className="muted"> {t.panel.waiting(sum(m.waitingMonthYuan))}</small>}
      </td>
      <td className="num">{sum(m.cumulativeYuan)}</td>
      <td className="clip" title={m.imageProgress}>
        {m.imageProgress || t.none}
      </td>
      <td className="nowrap">
        <span className={`fm-state ${m.state}`}>{t.states[m.state]}</span>
        {m.isCorrection && <small className="warn"> {t.panel.correcting}</small>}
        {m.correctionCount > 0 && <small className="muted"> {t.panel.corrected(m.correctionCount)}</small>}
      </td>
      <td className="nowrap">
        {m.submittedBy ?? t.none}
        {m.submittedAt && <When at={m.submittedAt} />}
        {m.latenessSeconds !== null && m.latenessSeconds > 0 && (
          <small className="warn"> {t.late(span(m.latenessSeconds, language))}</small>
        )}
      </td>
      <td className="nowrap">
        {m.acceptedBy ?? t.none}
        {m.acceptedAt && <When at={m.acceptedAt} />}
      </td>
    </tr>
  );
}

/** The day; the minute is in the tooltip, for a row has seven columns. */
const When = ({ at }: { at: string }) => (
  <small className="muted" title={moment(at)}>
    {' '}
    {shortMoment(moment(at)).slice(0, 5)}
  </small>
);
