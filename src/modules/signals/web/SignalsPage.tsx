import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useLiveRefetch } from '#core/web/live.ts';
import { useText, useWords } from '#core/web/text.ts';
import { count } from '#core/web/ui/format.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { type Finding, findingStates, signals } from '../contract.ts';
import { signalCodes, signalWords } from '../signal.ts';
import { FindingActs } from './FindingActs.tsx';
import './signals.css';
import { ThresholdForm } from './ThresholdForm.tsx';
import * as text from './text.ts';

const pageSize = 100;

/** What the figures of the city ask to be explained: by kind, then by name, with the answers. */
export function SignalsPage() {
  const t = useText(text);
  const words = useWords();
  const api = useClient(signals);
  const [params, setParams] = useSearchParams();
  const [isChanging, setChanging] = useState(false);
  const code = signalCodes.find((c) => c === params.get('code'));
  const state = findingStates.find((s) => s === params.get('state'));
  const q = params.get('q') ?? '';
  const set = (key: string, value: string | undefined) =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before);
        if (value) next.set(key, value);
        else next.delete(key);
        return next;
      },
      { replace: true },
    );
  const board = useInfiniteQuery({
    queryKey: ['signals', 'board', code, state, q],
    queryFn: ({ pageParam, signal }) =>
      api.board(
        { ...(code && { code }), ...(state && { state }), ...(q && { q }), offset: pageParam, limit: pageSize },
        { signal },
      ),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => {
      const shown = pages.reduce((n, page) => n + page.findings.length, 0);
      return shown < last.total ? shown : undefined;
    },
    placeholderData: (before) => before,
  });
  useLiveRefetch(['signals.*'], [['signals']]);
  const first = board.data?.pages[0];
  const findings = board.data?.pages.flatMap((page) => page.findings) ?? [];
  const everything = (first?.counts ?? []).reduce((n, c) => n + c.open + c.explained + c.settled, 0);
  return (
    <>
      <PageHead
        title={t.title}
        note={t.lead}
        actions={
          first?.allowed.includes('thresholds') && (
            <Button onClick={() => setChanging(true)}>{t.changeThresholds}</Button>
          )
        }
      >
        {first && (
          <>
            <span>{t.figures(count(first.projects), count(first.total))}</span>
            <span>{t.thresholdsOf(first.thresholds.version)}</span>
          </>
        )}
      </PageHead>
      <div className="page-body signals-body">
        {board.error && <ProblemView error={board.error} onRetry={() => void board.refetch()} />}
        {first && (
          <div className="signal-kinds">
            <Kind label={t.all} n={everything} isOn={code === undefined} onClick={() => set('code', undefined)} />
            {signalCodes.map((c) => {
              const of = first.counts.find((row) => row.code === c);
              return (
                <Kind
                  key={c}
                  label={words(signalWords[c])}
                  n={of ? of.open + of.explained + of.settled : 0}
                  open={of?.open ?? 0}
                  isOn={code === c}
                  onClick={() => set('code', c)}
                />
              );
            })}
          </div>
        )}
        <div className="signal-filter">
          {[undefined, ...findingStates].map((s) => (
            <button
              key={s ?? ''}
              type="button"
              className={s === state ? 'chip on' : 'chip'}
              aria-pressed={s === state}
              onClick={() => set('state', s)}
            >
              {s ? t.states[s] : t.all}
            </button>
          ))}
          <Input.Search
            allowClear
            defaultValue={q}
            aria-label={t.search}
            placeholder={t.search}
            onSearch={(value) => set('q', value)}
          />
        </div>
        {first && findings.length === 0 && <p className="muted">{everything === 0 ? t.noneAtAll : t.none}</p>}
        {findings.length > 0 && (
          <section className="card">
            <ScrollX label={t.title}>
              <table className="plain signal-table">
                <thead>
                  <tr>
                    <th>{t.head.project}</th>
                    <th>{t.head.signal}</th>
                    <th>{t.head.unit}</th>
                    <th>{t.head.county}</th>
                    <th>{t.head.found}</th>
                    <th>{t.head.state}</th>
                    <th>{t.head.answer}</th>
                  </tr>
                </thead>
                <tbody>
                  {findings.map((f) => (
                    <Row key={f.id} finding={f} />
                  ))}
                </tbody>
              </table>
            </ScrollX>
            {board.hasNextPage && (
              <Button loading={board.isFetchingNextPage} onClick={() => void board.fetchNextPage()}>
                {t.more}
              </Button>
            )}
          </section>
        )}
      </div>
      {first && isChanging && <ThresholdForm now={first.thresholds} onClose={() => setChanging(false)} />}
    </>
  );
}

function Kind({
  label,
  n,
  open,
  isOn,
  onClick,
}: {
  label: string;
  n: number;
  open?: number;
  isOn: boolean;
  onClick: () => void;
}) {
  const t = useText(text);
  return (
    <button type="button" className={isOn ? 'on' : ''} aria-pressed={isOn} onClick={onClick}>
      <b>{count(n)}</b>
      <span>{label}</span>
      {open !== undefined && open > 0 && (
        <small>
          {t.states.open} {count(open)}
        </small>
      )}
    </button>
  );
}

function Row({ finding: f }: { finding: Finding }) {
  const t = useText(text);
  const words = useWords();
  return (
    <tr>
      <td className="name">
        <Link to={`/projects/${f.projectId as string}#signals`}>{f.projectName}</Link>
        {f.demo && <span className="sample">{t.sample}</span>}
      </td>
      <td className="what">
        <b>{words(signalWords[f.code])}</b>
        <span>{words(f.sentence)}</span>
      </td>
      <td>{f.unitName}</td>
      <td>{f.countyName}</td>
      <td className="nowrap">{f.foundOn}</td>
      <td className={`nowrap ${f.state === 'open' ? 'warn' : f.state === 'settled' ? 'good' : ''}`}>
        {t.states[f.state]}
      </td>
      <td className="answer">
        {f.explanation && <p>{f.explanation}</p>}
        {f.settledBy && <p className="muted">{t.settledBy(f.settledBy, f.settledNote ?? '')}</p>}
        <FindingActs finding={f} />
      </td>
    </tr>
  );
}
