import type { ReactNode } from 'react';
import { NavLink } from 'react-router';
import { useText } from '#core/web/text.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import * as text from './text.ts';
import './factors.css';

/** Title and tabs of the three pages of the city. */
export function FactorHead({ note, actions }: { note?: ReactNode; actions?: ReactNode }) {
  const t = useText(text);
  return (
    <>
      <PageHead title={t.title} note={note} actions={actions} />
      <nav className="tabs" aria-label={t.title}>
        <NavLink to="/factors" end>
          {t.tabs.city}
        </NavLink>
        <NavLink to="/factors/projects">{t.tabs.table}</NavLink>
        <NavLink to="/factors/promises">{t.tabs.promises}</NavLink>
      </nav>
    </>
  );
}
