import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { urlOf, useClient } from '#core/web/client.ts';
import { useLiveRefetch } from '#core/web/live.ts';
import { useText } from '#core/web/text.ts';
import { Empty } from '#core/web/ui/Empty.tsx';
import { count } from '#core/web/ui/format.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { supervision } from '../contract.ts';
import { type SheetRow, sheetStates } from '../shapes.ts';
import { Colour } from './Colour.tsx';
import { ColourChips } from './ColourChips.tsx';
import { ListFilter } from './ListFilter.tsx';
import { MatterCell } from './MatterCell.tsx';
import { SheetActs } from './SheetActs.tsx';
import { SupervisionTabs } from './SupervisionTabs.tsx';
import './supervision.css';
import * as text from './text.ts';
import { useFilter } from './use-filter.ts';

const pageSize = 50;

/** Every sheet that was issued, with what the unit answered. */
export function SheetsPage() {
  const t = useText(text);
  const api = useClient(supervision);
  const filter = useFilter();
  const { colour, unitId, q } = filter;
  const state = sheetStates.find((one) => one === filter.state);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const found = useInfiniteQuery({
    queryKey: ['supervision', 'sheets', colour, state, unitId, q],
    queryFn: ({ pageParam, signal }) =>
      api.sheets(
        {
          ...(colour && { colour }),
          ...(state && { state }),
          ...(unitId && { unitId }),
          ...(q && { q }),
          offset: pageParam,
          limit: pageSize,
        },
        { signal },
      ),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => {
      const shown = pages.reduce((n, page) => n + page.sheets.length, 0);
      return shown < last.total ? shown : undefined;
    },
    placeholderData: (before) => before,
  });
  useLiveRefetch(['supervision.*'], [['supervision']]);
  const first = found.data?.pages[0];
  const rows = found.data?.pages.flatMap((page) => page.sheets) ?? [];
  const picked = rows.filter((row) => chosen.has(row.id)).slice(0, 100);
  const toggle = (id: string) =>
    setChosen((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  return (
    <>
      <PageHead
        title={t.title}
        note={t.sheetsNote}
        actions={
          picked.length > 0 && (
            <Button href={urlOf(supervision, 'print', { ids: picked.map((row) => row.id) })}>
              {t.printChosen(count(picked.length))}
            </Button>
          )
        }
      />
      <SupervisionTabs />
      <div className="page-body sv-body">
        {found.error && <ProblemView error={found.error} onRetry={() => void found.refetch()} />}
        {first && (
          <ListFilter filter={filter} units={first.units}>
            <ColourChips counts={first.counts} value={colour} onChange={(next) => filter.set('colour', next)} />
            <span className="sv-gap" />
            {sheetStates
              .filter((one) => first.states[one] > 0 || one === state)
              .map((one) => (
                <button
                  key={one}
                  type="button"
                  className={one === state ? 'chip on' : 'chip'}
                  aria-pressed={one === state}
                  onClick={() => filter.set('state', one === state ? undefined : one)}
                >
                  {t.states[one]} <b>{count(first.states[one])}</b>
                </button>
              ))}
          </ListFilter>
        )}
        {first && rows.length === 0 && <Empty title={t.none} />}
        {rows.length > 0 && (
          <section className="card">
            <ScrollX label={t.tabs.sheets}>
              <table className="plain sv-table sv-cards sv-chosen">
                <thead>
                  <tr>
                    <th>
                      <Checkbox
                        aria-label={t.selectAll}
                        checked={picked.length === rows.length}
                        indeterminate={picked.length > 0 && picked.length < rows.length}
                        onChange={(event) => setChosen(new Set(event.target.checked ? rows.map((row) => row.id) : []))}
                      />
                    </th>
                    <th>{t.colour}</th>
                    <th>{t.matter}</th>
                    <th>{t.unit}</th>
                    <th>{t.issued}</th>
                    <th>{t.limit}</th>
                    <th>{t.state}</th>
                    <th>{t.answer}</th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row) => (
                    <Row key={row.id} row={row} isChosen={chosen.has(row.id)} onToggle={() => toggle(row.id)} />
                  ))}
                </tbody>
              </table>
            </ScrollX>
            {found.hasNextPage && (
              <Button loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
                {t.more}
              </Button>
            )}
          </section>
        )}
      </div>
    </>
  );
}

function Row({ row, isChosen, onToggle }: { row: SheetRow; isChosen: boolean; onToggle: () => void }) {
  const t = useText(text);
  return (
    <tr className={row.state === 'revoked' ? 'sv-revoked' : ''}>
      <td>
        <Checkbox aria-label={t.select(row.no)} checked={isChosen} onChange={onToggle} />
      </td>
      <td className="nowrap">
        <Colour value={row.colour}>{row.no}</Colour>
        {row.approval && <small>{t.approvedBy(row.approval.leaderName, row.approval.on)}</small>}
      </td>
      <td className="sv-matter">
        <MatterCell matter={row.matter} />
        <small className="sv-because">{row.why}</small>
      </td>
      <td>{row.matter.leadUnit?.name ?? t.noUnit}</td>
      <td className="nowrap" data-label={t.issued}>
        {row.issuedOn}
        <small>{row.issuedByName}</small>
      </td>
      <td className="nowrap" data-label={t.limit}>
        {row.limitOn}
      </td>
      <td className={`nowrap ${row.state === 'late' ? 'sv-late' : row.state === 'answered' ? 'good' : ''}`}>
        {t.states[row.state]}
        {row.isAnsweredLate && <small className="sv-late">{t.answeredLate}</small>}
        {row.revokedOn && <small>{row.revokedOn}</small>}
      </td>
      <td className="sv-answer">
        {row.answer && (
          <p>
            {row.answer} <small className="muted">{t.answeredBy(row.answeredByName ?? '', row.answeredOn ?? '')}</small>
          </p>
        )}
        <SheetActs sheet={row} />
      </td>
    </tr>
  );
}
