import { useEffect, useState } from 'react';
import { useText } from '#core/web/text.ts';
import { count, points } from '#core/web/ui/format.ts';
import { Light } from '#core/web/ui/Light.tsx';
import type { Attention } from '../contract.ts';
import * as text from './text.ts';

const rowsAPage = 6;
const pageMs = 12_000;

/** Yellow and red projects, the worst first, turning page by page; the arrow keys turn by hand. */
export function AttentionList({ rows }: { rows: readonly Attention[] }) {
  const t = useText(text);
  const pages = Math.max(1, Math.ceil(rows.length / rowsAPage));
  const [turned, setTurned] = useState(0);
  const page = turned % pages;
  useEffect(() => {
    const timer = setInterval(() => setTurned((n) => n + 1), pageMs);
    const turn = (event: KeyboardEvent) => {
      if (event.key === 'ArrowRight' || event.key === 'PageDown') setTurned((n) => n + 1);
      if (event.key === 'ArrowLeft' || event.key === 'PageUp') setTurned((n) => n + pages - 1);
    };
    window.addEventListener('keydown', turn);
    return () => {
      clearInterval(timer);
      window.removeEventListener('keydown', turn);
    };
  }, [pages]);
  return (
    <section>
      <h2>
        {t.attention} <small>{rows.length > 0 && t.attentionPage(count(rows.length), page + 1, pages)}</small>
      </h2>
      {rows.length === 0 ? (
        <p className="wall-empty">{t.attentionNone}</p>
      ) : (
        <ol className="watch">
          {rows.slice(page * rowsAPage, (page + 1) * rowsAPage).map((row) => (
            <Row key={row.id} row={row} />
          ))}
        </ol>
      )}
    </section>
  );
}

function Row({ row }: { row: Attention }) {
  const t = useText(text);
  return (
    <li>
      <Light value={row.light} />
      <a className="name" href={`/projects/${row.id}`} title={row.name}>
        {row.name}
      </a>
      <span className="why s">
        {row.unit}
        {row.gapPoints !== null && row.gapPoints < 0 && <b>　{t.behindBy(points(-row.gapPoints).replace('+', ''))}</b>}
        {row.finishPlanned && `　${t.finish(row.finishPlanned.slice(0, 7))}`}
      </span>
      <b className={`due s ${row.light === 'late' ? 'down' : ''}`}>{t.cause[row.cause ?? ''] ?? t.cause.other}</b>
    </li>
  );
}
