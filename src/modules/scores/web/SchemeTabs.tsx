import { NavLink } from 'react-router';
import { useCan } from '#core/web/session.tsx';
import { useText } from '#core/web/text.ts';
import * as text from './text.ts';

/** The pages of one scheme. What only the office may open is not offered to others. */
export function SchemeTabs({ id }: { id: string }) {
  const t = useText(text);
  const manages = useCan()('scores.manage');
  return (
    <nav className="tabs" aria-label={t.tabsLabel}>
      <NavLink to={`/scores/${id}`} end>
        {t.tabs.result}
      </NavLink>
      <NavLink to={`/scores/${id}/self`}>{t.tabs.self}</NavLink>
      <NavLink to={`/scores/${id}/publicity`}>{t.tabs.publicity}</NavLink>
      {manages && <NavLink to={`/scores/${id}/entries`}>{t.tabs.entries}</NavLink>}
      {manages && <NavLink to={`/scores/${id}/what-if`}>{t.tabs.whatIf}</NavLink>}
      <NavLink to={`/scores/${id}/edit`}>{t.tabs.edit}</NavLink>
    </nav>
  );
}
