import { useText, useWords } from '#core/web/text.ts';
import { Empty } from '#core/web/ui/Empty.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import type { MonthBoard } from '../contract.ts';
import { useMonthAddress } from './address.ts';
import { Consequences } from './Consequences.tsx';
import { Exemptions } from './Exemptions.tsx';
import { RankingsHead, useMonth } from './Head.tsx';
import { StateNote } from './RankingsPage.tsx';
import './rankings.css';
import * as text from './text.ts';

/** The boards of a month: who stands there and why, who was spared and why, and what follows. */
export function BoardsPage() {
  const t = useText(text);
  const address = useMonthAddress();
  const month = useMonth({ ...address, live: false });
  const found = month.data;
  const boards = found?.result.boards ?? [];
  // A pool in which nobody stands and nobody was spared has nothing to say.
  const shown = boards.filter((board) => board.rows.length + board.spared.length > 0);
  return (
    <>
      <RankingsHead title={t.tabs.boards} address={address} note={found && <StateNote month={found} live={false} />} />
      <div className="page-body rankings-body">
        {month.isPending && (
          <p className="muted" role="status">
            {t.working}
          </p>
        )}
        {month.error && <ProblemView error={month.error} onRetry={() => void month.refetch()} />}
        {found && shown.length === 0 && (
          <Empty title={!found.isWhole ? t.boards.hidden : boards.length === 0 ? t.boards.noBoards : t.boards.none} />
        )}
        <div className="board-cards">
          {shown.map((board) => (
            <BoardCard key={`${board.code} ${board.group}`} board={board} />
          ))}
        </div>
        {found && <Consequences period={address.period} canSettle={found.allowed.includes('settle')} />}
        {found && <Exemptions canRecord={found.allowed.includes('record')} />}
      </div>
    </>
  );
}

function BoardCard({ board }: { board: MonthBoard }) {
  const t = useText(text).boards;
  const words = useWords();
  return (
    <section className="card board-card" data-colour={board.colour}>
      <h2>
        {words(board.name)} <small>{t.colours[board.colour]}</small>
      </h2>
      {board.rows.length === 0 && <p className="muted">{t.empty}</p>}
      <ol>
        {board.rows.map((row) => (
          <li key={row.unitId}>
            <b>{row.name}</b> {row.streak > 1 && <span className="tag key">{t.streak(row.streak)}</span>}
            <p>{words(row.why)}</p>
            {row.consequences.map((one) => (
              <p key={one.code}>→ {words(one.text)}</p>
            ))}
          </li>
        ))}
      </ol>
      {board.spared.length > 0 && (
        <details>
          <summary>{t.spared(board.spared.length)}</summary>
          <ul>
            {board.spared.map((one) => (
              <li key={one.unitId}>
                <b>{one.name}</b>
                <p>{words(one.why)}</p>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
