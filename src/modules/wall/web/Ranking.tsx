import { useText } from '#core/web/text.ts';
import { percent, rate } from '#core/web/ui/format.ts';
import type { Group, Summary } from '#modules/dispatch/contract.ts';
import * as text from './text.ts';

const most = 12;

/** Command posts by completion rate, cut by the clock: who is above it and who below is seen before any figure is read. */
export function Ranking({
  groups,
  clock,
  before,
}: {
  groups: readonly Group[];
  clock: Summary['clock'];
  before: Record<string, number>;
}) {
  const t = useText(text);
  const ranked = groups.filter((group) => group.rank !== null && group.key !== null);
  // When not all fit, the middle gives way: the best and the worst are what the room looks for.
  const shown = ranked.length <= most ? ranked : [...ranked.slice(0, most / 2), ...ranked.slice(-most / 2)];
  const above = shown.filter((group) => (group.gapPoints ?? 0) >= 0);
  const below = shown.filter((group) => (group.gapPoints ?? 0) < 0);
  return (
    <section>
      <h2>
        {t.ranking} <small>{t.versus}</small>
      </h2>
      <div className="rank">
        <Rows groups={above} before={before} />
        <p className="pace s">{t.paceLine(percent(clock.n / clock.d, 2))}</p>
        <Rows groups={below} before={before} />
      </div>
    </section>
  );
}

const Rows = ({ groups, before }: { groups: readonly Group[]; before: Record<string, number> }) => (
  <ol style={{ flexGrow: groups.length }}>
    {groups.map((group) => (
      <li key={group.key}>
        <span className="s">{group.rank}</span>
        <span className="name">{shortName(group.name)}</span>
        <b>{rate(group.doneYuan, group.planYuan)}</b>
        <Moved from={before[group.key!]} to={group.rank!} />
      </li>
    ))}
  </ol>
);

/** Every line of this list is a command post: the words that all share only cost room. */
const shortName = (name: string | null): string =>
  (name ?? '').replace(/(建设)?(项目)?协调指挥部$/, '') || (name ?? '');

function Moved({ from, to }: { from: number | undefined; to: number }) {
  if (from === undefined || from === to) return <span className="s flat">—</span>;
  return from > to ? <span className="s up">↑{from - to}</span> : <span className="s down">↓{to - from}</span>;
}
