import { Button, Checkbox } from 'antd';
import { type KeyboardEvent, memo, useEffect, useRef } from 'react';
import { Link } from 'react-router';
import { openReasons } from '#core/shared/official-date.ts';
import { useText, useWords } from '#core/web/text.ts';
import type { LightValue } from '#core/web/ui/Light.tsx';
import type { Row, RowState } from '../contract.ts';
import { matterLightWords, matterStateWords } from '../matter-words.ts';
import { rowFaults } from '../row-check.ts';
import * as text from './text.ts';

export interface LineActs {
  onPick: (id: string) => void;
  onSelect: (id: string, isOn: boolean) => void;
  onEdit: (id: string) => void;
  onSplit: (id: string) => void;
  onDecide: (id: string, state: RowState) => void;
}

const lightShape: Record<string, LightValue> = {
  red: 'late',
  yellow: 'warn',
  blue: 'ahead',
  normal: 'normal',
  idle: 'idle',
  done: 'idle',
};

/** One row of the table: what, who, by when, in which steps, and what was decided. */
export const RowLine = memo(function RowLine({
  row,
  isActive,
  isSelected,
  canEdit,
  hasGoals,
  acts,
}: {
  row: Row;
  isActive: boolean;
  isSelected: boolean;
  canEdit: boolean;
  hasGoals: boolean;
  acts: LineActs;
}) {
  const t = useText(text);
  const words = useWords();
  const line = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    if (!isActive || !line.current) return;
    line.current.scrollIntoView?.({ block: 'nearest' });
    // So that Enter acts on this row; a field that is being filled in keeps the focus.
    if (
      !document.activeElement ||
      document.activeElement === document.body ||
      document.activeElement.closest('.dc-line')
    )
      line.current.focus({ preventScroll: true });
  }, [isActive]);
  const isOpen = row.matter === null && !row.faults.includes('noTitle');
  const openWhy = row.dueWhy ? words(openReasons[row.dueWhy]) : '';
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.target !== event.currentTarget || !canEdit || row.matter) return;
    event.preventDefault();
    acts.onEdit(row.id);
  };
  return (
    <tr
      ref={line}
      className="dc-line"
      tabIndex={-1}
      data-state={row.matter ? 'issued' : row.state}
      aria-current={isActive || undefined}
      onClick={() => acts.onPick(row.id)}
      onKeyDown={press}
    >
      <td className="dc-n">
        {canEdit && row.matter === null && (
          <Checkbox
            checked={isSelected}
            aria-label={t.select(row.n)}
            onChange={(event) => acts.onSelect(row.id, event.target.checked)}
          />
        )}
        <span>{row.n}</span>
      </td>
      <td className="dc-task">
        <b>{row.title}</b>
        {row.target && <Target row={row} />}
      </td>
      <td className="dc-parties">
        {row.leadUnitId ? (
          <b>{row.leadName}</b>
        ) : (
          <b className="dc-lack">{row.leadText ? `${row.leadText}（${t.notFound}）` : t.noLead}</b>
        )}
        {row.co.length > 0 && (
          <small>
            {row.co.map((party, i) => (
              <span key={party.unitId ?? party.text} className={party.unitId ? undefined : 'dc-lack'}>
                {i > 0 && '、'}
                {party.name ?? party.text}
                {party.unitId === null && `（${t.notFound}）`}
              </span>
            ))}
          </small>
        )}
        {(row.leaderName ?? row.leaderText) && (
          <small className={row.leaderId ? undefined : 'dc-lack'}>
            {t.leader} {row.leaderName ?? `${row.leaderText}（${t.notFound}）`}
          </small>
        )}
      </td>
      <td className="dc-due">
        {row.dueOn ? <b>{row.dueOn}</b> : <b className="dc-lack">{row.dueWords ?? t.noDue}</b>}
        {row.dueOn === null && openWhy && <small className="dc-lack">{openWhy}</small>}
        {row.dueOn && row.dueWords && <small>{row.dueWords}</small>}
      </td>
      {hasGoals && (
        <td className="dc-quarters">
          {row.goals.map((goal) => (
            <small key={goal.code}>
              <i>{t.quarter[goal.code]}</i> {goal.title}
            </small>
          ))}
        </td>
      )}
      <td className="dc-state">
        {row.matter ? (
          <>
            <Link to={`/matters/${row.matter.id}`}>{row.matter.no}</Link>
            <small>{words(matterStateWords[row.matter.state] ?? matterStateWords.issued!)}</small>
            <span className="light" data-light={lightShape[row.matter.light] ?? 'idle'}>
              {words(matterLightWords[row.matter.light] ?? matterLightWords.idle!)}
            </span>
          </>
        ) : (
          <>
            <span className="dc-tag" data-state={row.state}>
              {t.rowStates[row.state]}
            </span>
            {row.state !== 'rejected' && row.faults.length > 0 && (
              <small className="dc-lack" title={row.faults.map((fault) => words(rowFaults[fault])).join('；')}>
                {row.faults.length === 1
                  ? words(rowFaults[row.faults[0]!])
                  : `${t.filters.faulty} ${row.faults.length}`}
              </small>
            )}
            {canEdit && isActive && (
              <span className="dc-acts">
                {row.state === 'proposed' && isOpen && (
                  <>
                    <Button size="small" type="primary" onClick={() => acts.onDecide(row.id, 'accepted')}>
                      {t.accept}
                    </Button>
                    <Button size="small" onClick={() => acts.onDecide(row.id, 'rejected')}>
                      {t.reject}
                    </Button>
                  </>
                )}
                {row.state !== 'proposed' && (
                  <Button size="small" onClick={() => acts.onDecide(row.id, 'proposed')}>
                    {t.undo}
                  </Button>
                )}
                <Button size="small" onClick={() => acts.onEdit(row.id)}>
                  {t.edit}
                </Button>
                <Button size="small" onClick={() => acts.onSplit(row.id)}>
                  {t.split}
                </Button>
              </span>
            )}
          </>
        )}
      </td>
    </tr>
  );
});

/** The target with its amounts, counts and rates set off: what can be measured at the end. */
function Target({ row }: { row: Row }) {
  const target = row.target!;
  const parts: (string | { text: string })[] = [];
  let at = 0;
  for (const { text: words } of row.quantities) {
    const found = target.indexOf(words, at);
    if (found < 0) continue;
    if (found > at) parts.push(target.slice(at, found));
    parts.push({ text: words });
    at = found + words.length;
  }
  parts.push(target.slice(at));
  return (
    <small>
      {parts.map((part, i) =>
        // biome-ignore lint/suspicious/noArrayIndexKey: parts of one sentence have no other name
        typeof part === 'string' ? part : <mark key={i}>{part.text}</mark>,
      )}
    </small>
  );
}
