import { Link } from 'react-router';
import { useSession } from '#core/web/session.tsx';
import { useText } from '#core/web/text.ts';
import { moment } from '#core/web/ui/format.ts';
import { Light } from '#core/web/ui/Light.tsx';
import type { FilingLine } from '../contract.ts';
import { isFiled } from '../flow.ts';
import { monthOf } from '../period.ts';
import * as cycleText from './cycle-text.ts';
import { DueNote } from './DueNote.tsx';
import { groupOf } from './mine-groups.ts';
import * as offline from './offline-text.ts';
import { roughly, sum } from './show.ts';
import * as text from './text.ts';
import { UnchangedButton } from './UnchangedButton.tsx';
import { useDeviceDrafts, useOnline, useOutbox } from './use-outbox.ts';

/** One filing of a filer's list: one large line to touch, and the one tap where a report may stay as it was. */
export function MineLine({ filing, hasTap = false }: { filing: FilingLine; hasTap?: boolean }) {
  const t = useText(text);
  const o = useText(offline);
  const c = useText(cycleText);
  const onDevice = useDeviceDrafts();
  const { waiting, delivered } = useOutbox();
  const isOnline = useOnline();
  const { today } = useSession();
  const filed = isFiled(filing.state);
  const queued = waiting.find((w) => w.filingId === filing.id);
  const isHere = onDevice.has(filing.id) && !filed;
  const note = queued
    ? queued.refused
      ? t.mine.refused
      : t.mine.queued
    : isHere
      ? o.box.local
      : delivered.some((d) => d.filingId === filing.id) && filing.state === 'submitted'
        ? o.box.deliveredLine
        : t.states[filing.state];
  /** The due moment stands once above the list; a line repeats it only when it was missed. */
  const isLate = filed ? (filing.latenessSeconds ?? 0) > 0 : moment(filing.dueAt).slice(0, 10) < today;
  return (
    <li>
      <Link to={`/filings/${filing.projectId}/${filing.period}`}>
        <b className="name">
          {filing.projectName}
          {filing.light && <Light value={filing.light} />}
        </b>
        <span className={`fm-state ${filing.state}`}>{note}</span>
        <span className="was">
          {filing.monthYuan !== null && groupOf[filing.state] !== 'open' ? (
            <span>{t.mine.this(sum(filing.monthYuan))}</span>
          ) : (
            filing.lastMonthYuan !== null &&
            filing.lastPeriod !== null && (
              <span>{t.mine.last(monthOf(filing.lastPeriod), sum(filing.lastMonthYuan))}</span>
            )
          )}
          {filing.planMonthYuan !== null && <span>{t.mine.plan(roughly(filing.planMonthYuan))}</span>}
          {filing.state === 'submitted' && filing.level && <span>{c.review.waits(c.levels[filing.level])}</span>}
          {filing.state === 'returned' && <em>{filing.returnReason}</em>}
          {isLate && <DueNote filing={filing} />}
        </span>
      </Link>
      {hasTap && isOnline && !queued && !isHere && filing.allowed.includes('submit') && (
        <UnchangedButton filing={filing} />
      )}
    </li>
  );
}
