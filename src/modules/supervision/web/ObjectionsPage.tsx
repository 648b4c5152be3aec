import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useLiveRefetch } from '#core/web/live.ts';
import { useText, useWords } from '#core/web/text.ts';
import { Empty } from '#core/web/ui/Empty.tsx';
import { count } from '#core/web/ui/format.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { supervision } from '../contract.ts';
import { conclusionWords, objectionStates, objectionWords } from '../objection.ts';
import type { ObjectionRow } from '../shapes.ts';
import { DecideDrawer } from './DecideDrawer.tsx';
import { MatterCell } from './MatterCell.tsx';
import { ObjectionClock } from './ObjectionClock.tsx';
import { SupervisionTabs } from './SupervisionTabs.tsx';
import './supervision.css';
import * as text from './text.ts';
import { useFilter } from './use-filter.ts';

/** Objections with their clock: those that wait first. Who may not decide reads why. */
export function ObjectionsPage() {
  const t = useText(text);
  const words = useWords();
  const api = useClient(supervision);
  const filter = useFilter();
  const state = objectionStates.find((one) => one === filter.state);
  const found = useQuery({
    queryKey: ['supervision', 'objections', state],
    queryFn: ({ signal }) => api.objections({ ...(state && { state }), limit: 200 }, { signal }),
    placeholderData: (before) => before,
  });
  useLiveRefetch(['supervision.*'], [['supervision']]);
  return (
    <>
      <PageHead title={t.title} note={t.objectionsNote}>
        {found.data && <span>{t.open(count(found.data.open), count(found.data.late))}</span>}
      </PageHead>
      <SupervisionTabs />
      <div className="page-body sv-body">
        {found.error && <ProblemView error={found.error} onRetry={() => void found.refetch()} />}
        <div className="sv-filter">
          {[undefined, ...objectionStates].map((one) => (
            <button
              key={one ?? ''}
              type="button"
              className={one === state ? 'chip on' : 'chip'}
              aria-pressed={one === state}
              onClick={() => filter.set('state', one)}
            >
              {one ? words(objectionWords[one]) : t.all}
            </button>
          ))}
        </div>
        {found.data?.objections.length === 0 && <Empty title={t.noObjections} />}
        {found.data && found.data.objections.length > 0 && (
          <section className="card">
            <ScrollX label={t.tabs.objections}>
              <table className="plain sv-table sv-cards">
                <thead>
                  <tr>
                    <th>{t.matter}</th>
                    <th>{t.about}</th>
                    <th>{t.objector}</th>
                    <th>{t.objectReason}</th>
                    <th>{t.clock}</th>
                    <th>{t.result}</th>
                  </tr>
                </thead>
                <tbody>
                  {found.data.objections.map((row) => (
                    <Row key={row.id} row={row} />
                  ))}
                </tbody>
              </table>
            </ScrollX>
          </section>
        )}
      </div>
    </>
  );
}

function Row({ row }: { row: ObjectionRow }) {
  const t = useText(text);
  const words = useWords();
  const [isOpen, setOpen] = useState(false);
  return (
    <tr>
      <td className="sv-matter">
        <MatterCell matter={row.matter} />
      </td>
      <td className="sv-about" data-label={t.about}>
        {words(conclusionWords[row.about])} {row.title}
        <small>{t.concluded(row.concludedByName, row.concludedOn)}</small>
      </td>
      <td data-label={t.objector}>{row.unit.name}</td>
      <td className="sv-why">
        {row.reason}
        <small>{t.filed(row.filedByName, row.filedOn)}</small>
      </td>
      <td className="nowrap" data-label={t.clock}>
        <ObjectionClock objection={row} />
      </td>
      <td className="sv-answer">
        {row.state !== 'filed' && (
          <p>
            <b className={row.state === 'changed' ? 'good' : ''}>{words(objectionWords[row.state])}</b> {row.decision}{' '}
            <small className="muted">{t.decidedBy(row.decidedByName ?? '', row.decidedOn ?? '')}</small>
          </p>
        )}
        {row.allowed.includes('decide') && (
          <Button size="small" type="primary" onClick={() => setOpen(true)}>
            {t.decide}
          </Button>
        )}
        {row.recusal && <small className="muted">{words(row.recusal)}</small>}
        {isOpen && <DecideDrawer objection={row} onClose={() => setOpen(false)} />}
      </td>
    </tr>
  );
}
