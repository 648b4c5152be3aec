import { useState } from 'react';
import { useLanguage, useText } from '#core/web/text.ts';
import { count, dash, points, yi } from '#core/web/ui/format.ts';
import { RateBar } from '#core/web/ui/RateBar.tsx';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import type { EditionBody, EditionGroup } from '../contract.ts';
import { gapOf } from '../figure.ts';
import * as text from './text.ts';

const groupings = ['counties', 'commands', 'boards', 'leads'] as const;

/** The same figures by county, command post, board and lead unit, with the move of each since the month before. */
export function EditionGroups({ body }: { body: Omit<EditionBody, 'projects'> }) {
  const t = useText(text);
  const [by, setBy] = useState<(typeof groupings)[number]>('counties');
  return (
    <section className="card">
      <div className="tabs" role="tablist" aria-label={t.filter}>
        {groupings.map((grouping) => (
          <button
            key={grouping}
            type="button"
            role="tab"
            aria-selected={by === grouping}
            onClick={() => setBy(grouping)}
          >
            {t.groups[grouping]}
            <span className="n">{count(body[grouping].length)}</span>
          </button>
        ))}
      </div>
      <ScrollX label={t.groups[by]}>
        <table className="plain edition-groups">
          <thead>
            <tr>
              <th className="num">{t.table.rank}</th>
              <th>{t.groups[by]}</th>
              <th>{t.table.move}</th>
              <th className="num">{t.table.projects}</th>
              <th className="num">{t.table.plan}</th>
              <th className="num">{t.table.month}</th>
              <th className="num">{t.table.done}</th>
              <th>{t.table.rate}</th>
              <th className="num">{t.table.gap}</th>
              <th className="num">{t.table.late}</th>
            </tr>
          </thead>
          <tbody>
            {body[by].map((group) => (
              <Row key={group.key ?? ''} group={group} clock={body.clock} />
            ))}
          </tbody>
        </table>
      </ScrollX>
      <p className="muted table-note">{t.money}</p>
    </section>
  );
}

function Row({ group, clock }: { group: EditionGroup; clock: EditionBody['clock'] }) {
  const t = useText(text);
  const language = useLanguage();
  const gap = gapOf(group.doneYuan, group.planYuan, clock);
  return (
    <tr>
      <td className="num">{group.rank ?? dash}</td>
      <th scope="row">{group.name || t.noGroup}</th>
      <td className="nowrap">
        <Move rank={group.rank} previous={group.previousRank} />
      </td>
      <td className="num">{count(group.projects)}</td>
      <td className="num">{yi(group.planYuan, language)}</td>
      <td className="num">{yi(group.monthYuan, language)}</td>
      <td className="num">{yi(group.doneYuan, language)}</td>
      <td className="rate-cell">
        <RateBar done={group.doneYuan} plan={group.planYuan} clock={clock.n / clock.d} />
      </td>
      <td className={`num ${gap === null ? 'muted' : gap < 0 ? 'warn' : ''}`}>{points(gap)}</td>
      <td className="num">{count(group.lights.late)}</td>
    </tr>
  );
}

/** ↑↓ with words: ▲ and ● are lights here. */
function Move({ rank, previous }: { rank: number | null; previous: number | null }) {
  const t = useText(text);
  if (rank === null) return <span className="muted">{dash}</span>;
  if (previous === null) return <span className="muted">{t.firstTime}</span>;
  if (previous === rank) return <span className="muted">{t.same}</span>;
  return previous > rank ? <span>↑ {t.up(`${previous - rank}`)}</span> : <span>↓ {t.down(`${rank - previous}`)}</span>;
}
