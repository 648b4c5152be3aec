import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useRef } from 'react';
import { useText } from '#core/web/text.ts';
import { count, moment } from '#core/web/ui/format.ts';
import { type ReviewCycle, type ReviewLine, type ReviewTab, reviewTabs } from '../contract.ts';
import type { CycleCounts } from '../cycle-contract.ts';
import { severities } from '../validation.ts';
import * as cycleText from './cycle-text.ts';
import { shortMoment } from './show.ts';
import * as text from './text.ts';

const lineHeight = 52;
const toneOf = { block: 'late', approve: 'warn', explain: 'soft', inform: 'muted' } as const;

/** What waits is told by level; the rest by the counts of the cycle. */
const numberOf = (counts: CycleCounts | undefined, here: ReviewCycle | undefined, tab: ReviewTab): number | undefined =>
  counts &&
  {
    waiting: here?.waiting ?? counts.submitted,
    elsewhere: here?.elsewhere ?? 0,
    returned: counts.returned,
    accepted: counts.accepted + counts.frozen,
    missing: counts.opened + counts.draft + counts.checked,
  }[tab];

/** What waits, worst first. Only the lines in view are drawn: a month of a large city has thousands. */
export function ReviewQueue({
  lines,
  counts,
  here,
  tab,
  current,
  isPending,
  onTab,
  onChoose,
  children,
}: {
  lines: readonly ReviewLine[];
  counts: CycleCounts | undefined;
  here: ReviewCycle | undefined;
  tab: ReviewTab;
  current: string | undefined;
  isPending: boolean;
  onTab: (tab: ReviewTab) => void;
  onChoose: (id: string) => void;
  children?: ReactNode;
}) {
  const t = useText(text);
  const c = useText(cycleText);
  const box = useRef<HTMLElement>(null);
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current,
    estimateSize: () => lineHeight,
    overscan: 12,
    initialRect: { width: 264, height: 800 },
  });
  const at = lines.findIndex((line) => line.id === current);
  useEffect(() => {
    if (at >= 0) rows.scrollToIndex(at);
  }, [at, rows]);
  const blocks = lines.filter((line) => line.hits.some((hit) => hit.severity === 'block')).length;
  return (
    <div className="fr-queue">
      <div className="tabs" role="tablist">
        {reviewTabs
          .filter((name) => name !== 'elsewhere' || (here?.elsewhere ?? 0) > 0 || tab === name)
          .map((name) => (
            <button key={name} type="button" role="tab" aria-selected={name === tab} onClick={() => onTab(name)}>
              {c.review.tabs[name]}
              <span className="n">{count(numberOf(counts, here, name))}</span>
            </button>
          ))}
      </div>
      {tab === 'waiting' && lines.length > 0 && (
        <p className="fr-sorted">
          {t.review.sorted(blocks)}
          {children}
        </p>
      )}
      {!isPending && lines.length === 0 && <p className="fr-sorted muted">{t.review.none}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard */}
      <section className="fr-lines" ref={box} tabIndex={0} aria-label={c.review.tabs[tab]}>
        <ol style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map((item) => {
            const line = lines[item.index]!;
            return (
              <li key={line.id} style={{ transform: `translateY(${item.start}px)`, height: lineHeight }}>
                <button type="button" aria-current={line.id === current} onClick={() => onChoose(line.id)}>
                  <b>{line.projectName}</b>
                  <span className="hits">
                    {severities.map((severity) => {
                      const n = line.hits.filter((hit) => hit.severity === severity).length;
                      return n === 0 ? null : (
                        <span key={severity} className={toneOf[severity]}>
                          {t.severities[severity]} {n}
                        </span>
                      );
                    })}
                    {tab === 'waiting' && line.hits.length === 0 && <span className="good">{t.review.clean}</span>}
                    {tab === 'elsewhere' && line.level && <span className="soft">{c.levels[line.level]}</span>}
                    {tab !== 'waiting' && <span className="muted">{line.unitName}</span>}
                    <span className="when">
                      {line.submittedAt ? shortMoment(moment(line.submittedAt)) : t.states[line.state]}
                    </span>
                  </span>
                </button>
              </li>
            );
          })}
        </ol>
      </section>
    </div>
  );
}
