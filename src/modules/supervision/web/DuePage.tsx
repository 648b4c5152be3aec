import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { Navigate } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useLiveRefetch } from '#core/web/live.ts';
import { useCan, useSession } from '#core/web/session.tsx';
import { useText, useWords } from '#core/web/text.ts';
import { Empty } from '#core/web/ui/Empty.tsx';
import { count } from '#core/web/ui/format.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { supervision } from '../contract.ts';
import type { ProposalRow } from '../shapes.ts';
import { ApproveDrawer } from './ApproveDrawer.tsx';
import { Colour } from './Colour.tsx';
import { ColourChips } from './ColourChips.tsx';
import { ExcuseDrawer } from './ExcuseDrawer.tsx';
import { IssueDrawer } from './IssueDrawer.tsx';
import { ListFilter } from './ListFilter.tsx';
import { MatterCell } from './MatterCell.tsx';
import { SupervisionTabs } from './SupervisionTabs.tsx';
import './supervision.css';
import * as text from './text.ts';
import { useFilter } from './use-filter.ts';

const pageSize = 50;

/** What deserves a sheet today, and why: chosen by a person, issued together. Units see what they got instead. */
export function DuePage() {
  const can = useCan();
  return can('supervision.sheet') || can('supervision.approve') ? (
    <DueList />
  ) : (
    <Navigate to="/supervision/sheets" replace />
  );
}

function DueList() {
  const t = useText(text);
  const { today } = useSession();
  const api = useClient(supervision);
  const filter = useFilter();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [open, setOpen] = useState<'issue' | 'approve' | null>(null);
  const [excused, setExcused] = useState<ProposalRow | null>(null);
  const { colour, unitId, q } = filter;
  const found = useInfiniteQuery({
    queryKey: ['supervision', 'proposals', colour, unitId, q],
    queryFn: ({ pageParam, signal }) =>
      api.proposals(
        { ...(colour && { colour }), ...(unitId && { unitId }), ...(q && { q }), offset: pageParam, limit: pageSize },
        { signal },
      ),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => {
      const shown = pages.reduce((n, page) => n + page.proposals.length, 0);
      return shown < last.total ? shown : undefined;
    },
    placeholderData: (before) => before,
  });
  useLiveRefetch(['supervision.*', 'ledger.*'], [['supervision']]);
  const first = found.data?.pages[0];
  const rows = found.data?.pages.flatMap((page) => page.proposals) ?? [];
  const picked = rows.filter((row) => chosen.has(row.matter.id));
  const reds = picked.filter((row) => row.choices.includes('red') && row.approval === null);
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
        note={t.dueNote(today)}
        actions={
          <>
            {first?.allowed.includes('approve') && reds.length > 0 && (
              <Button onClick={() => setOpen('approve')}>{t.approveChosen(count(reds.length))}</Button>
            )}
            {first?.allowed.includes('sheet') && (
              <Button type="primary" disabled={picked.length === 0} onClick={() => setOpen('issue')}>
                {t.issueChosen(count(picked.length))}
              </Button>
            )}
          </>
        }
      />
      <SupervisionTabs />
      <div className="page-body sv-body">
        {found.error && <ProblemView error={found.error} onRetry={() => void found.refetch()} />}
        {first && (
          <ListFilter filter={filter} units={first.units}>
            <ColourChips counts={first.counts} value={colour} onChange={(next) => filter.set('colour', next)} />
          </ListFilter>
        )}
        {first && rows.length === 0 && <Empty title={t.noneDue} />}
        {rows.length > 0 && (
          <section className="card">
            <ScrollX label={t.tabs.due}>
              <table className="plain sv-table sv-cards sv-chosen">
                <thead>
                  <tr>
                    <th>
                      <Checkbox
                        aria-label={t.selectAll}
                        checked={picked.length === rows.length}
                        indeterminate={picked.length > 0 && picked.length < rows.length}
                        onChange={(event) =>
                          setChosen(new Set(event.target.checked ? rows.map((row) => row.matter.id) : []))
                        }
                      />
                    </th>
                    <th>{t.colour}</th>
                    <th>{t.matter}</th>
                    <th>{t.unit}</th>
                    <th>{t.why}</th>
                    <th>{t.since}</th>
                    <th>{t.limit}</th>
                    <th aria-label={t.excuse} />
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row) => (
                    <Row
                      key={row.matter.id}
                      row={row}
                      isChosen={chosen.has(row.matter.id)}
                      onToggle={() => toggle(row.matter.id)}
                      {...(first?.allowed.includes('sheet') && { onExcuse: () => setExcused(row) })}
                    />
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
      {open === 'issue' && (
        <IssueDrawer
          rows={picked}
          onClose={() => setOpen(null)}
          onDone={() => {
            setOpen(null);
            setChosen(new Set());
          }}
        />
      )}
      {open === 'approve' && (
        <ApproveDrawer matterIds={reds.map((row) => row.matter.id)} onClose={() => setOpen(null)} />
      )}
      {excused && <ExcuseDrawer matter={excused.matter} onClose={() => setExcused(null)} />}
    </>
  );
}

function Row({
  row,
  isChosen,
  onToggle,
  onExcuse,
}: {
  row: ProposalRow;
  isChosen: boolean;
  onToggle: () => void;
  onExcuse?: () => void;
}) {
  const t = useText(text);
  const words = useWords();
  return (
    <tr>
      <td>
        <Checkbox aria-label={t.select(row.matter.title)} checked={isChosen} onChange={onToggle} />
      </td>
      <td className="nowrap">
        <Colour value={row.colour} />
        {row.choices.includes('red') && (
          <small className={row.approval ? 'good' : ''}>
            {row.approval
              ? t.approvedBy(row.approval.leaderName, row.approval.on)
              : row.colour === 'red' && t.needsApproval}
          </small>
        )}
      </td>
      <td className="sv-matter">
        <MatterCell matter={row.matter} />
      </td>
      <td>{row.matter.leadUnit?.name ?? t.noUnit}</td>
      <td className="sv-why">{words(row.why)}</td>
      <td className="nowrap" data-label={t.since}>
        {row.since}
      </td>
      <td className="nowrap" data-label={t.limit}>
        {row.limitOn ?? t.noCalendar}
      </td>
      <td>
        {onExcuse && (
          <Button size="small" type="link" onClick={onExcuse}>
            {t.excuse}
          </Button>
        )}
      </td>
    </tr>
  );
}
