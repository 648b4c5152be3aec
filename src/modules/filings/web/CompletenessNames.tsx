import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Checkbox, Drawer, Input } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useCan } from '#core/web/session.tsx';
import { useLanguage, useText } from '#core/web/text.ts';
import { count, moment } from '#core/web/ui/format.ts';
import { ProblemView, sentenceOf } from '#core/web/ui/Problem.tsx';
import { filings } from '../contract.ts';
import type { CompletenessGroup, CompletenessName, CompletenessState, CycleHead } from '../cycle-contract.ts';
import { latenessWords } from '../lateness.ts';
import * as text from './cycle-text.ts';
import { keys } from './keys.ts';
import { shortMoment } from './show.ts';
import * as common from './text.ts';

/** More names than a person reads: the file has them all. */
const mostShown = 500;

interface Props {
  cycle: CycleHead;
  by: CompletenessGroup;
  state: CompletenessState;
  unitId: string | undefined;
  unitName: string | null;
  onClose: () => void;
}

/** The projects behind a figure, the latest first; the office may exempt them here, or ask them again, with a reason. */
export function CompletenessNames({ cycle, by, state, unitId, unitName, onClose }: Props) {
  const t = useText(text);
  const c = useText(common);
  const language = useLanguage();
  const can = useCan();
  const call = useClient(filings);
  const cache = useQueryClient();
  const { message } = App.useApp();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [reason, setReason] = useState('');
  const { kind, period } = cycle;
  const names = useQuery({
    queryKey: keys.names(period, by, state, unitId),
    queryFn: ({ signal }) =>
      call.completenessNames({ kind, period, by, state, ...(unitId !== undefined && { unitId }) }, { signal }),
  });
  const isExempt = state !== 'exempt';
  const mayExempt = can('filings.open') && (state === 'missing' || state === 'overdue' || state === 'exempt');
  const exempt = useMutation({
    mutationFn: () => call.setExempt({ period, filingIds: [...chosen], isExempt, reason: reason.trim() }),
    onSuccess: () => {
      setChosen(new Set());
      setReason('');
      void cache.invalidateQueries({ queryKey: keys.all });
    },
    onError: (error) => void message.error(sentenceOf(error)),
  });
  const all = names.data ?? [];
  const late = (name: CompletenessName) => {
    if (name.lateSeconds === 0) return null;
    const span = latenessWords(name.lateSeconds)[language];
    const isFiled = name.submittedAt !== null && name.state !== 'returned';
    return <span className="late">{isFiled ? t.board.lateBy(span) : t.board.overdueBy(span)}</span>;
  };
  return (
    <Drawer
      open
      size={560}
      title={`${unitName ?? t.board.total} · ${t.board.names(t.board.states[state], all.length)}`}
      onClose={onClose}
    >
      {names.error && <ProblemView error={names.error} compact />}
      {names.data && all.length === 0 && <p className="soft">{t.board.nobody}</p>}
      {mayExempt && all.length > 0 && (
        <div className="fb-exempt">
          <Input
            aria-label={t.board.reason}
            placeholder={t.board.reason}
            value={reason}
            maxLength={1000}
            onChange={(event) => setReason(event.target.value)}
          />
          <Button
            disabled={chosen.size === 0 || reason.trim().length < 2}
            loading={exempt.isPending}
            onClick={() => exempt.mutate()}
          >
            {isExempt ? t.board.exempt(chosen.size) : t.board.include(chosen.size)}
          </Button>
        </div>
      )}
      <ul className="fb-names">
        {all.slice(0, mostShown).map((name) => (
          <li key={name.filingId}>
            {mayExempt && (
              <Checkbox
                aria-label={t.board.choose(name.projectName)}
                checked={chosen.has(name.filingId)}
                onChange={(event) =>
                  setChosen((now) => {
                    const next = new Set(now);
                    if (event.target.checked) next.add(name.filingId);
                    else next.delete(name.filingId);
                    return next;
                  })
                }
              />
            )}
            <div>
              <Link to={`/filings/${name.projectId}/${name.period}`}>{name.projectName}</Link>
              {name.demo && <span className="sample">{c.demo}</span>}
              <p>
                <span className={`fm-state ${name.state}`}>{c.states[name.state]}</span>
                {name.level && <span>{t.review.waits(t.levels[name.level])}</span>}
                {unitName === null && name.unitName && <span>{name.unitName}</span>}
                {name.submittedAt && <span>{`${name.submittedBy} ${shortMoment(moment(name.submittedAt))}`}</span>}
                {late(name)}
                {name.exemptReason && <span>{name.exemptReason}</span>}
                {name.state === 'returned' && name.returnReason && <span>{name.returnReason}</span>}
              </p>
            </div>
          </li>
        ))}
      </ul>
      {all.length > mostShown && <p className="soft">{`${count(mostShown)} / ${count(all.length)}`}</p>}
    </Drawer>
  );
}
