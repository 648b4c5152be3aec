import type { ReactNode } from 'react';
import { NavLink } from 'react-router';
import { useText } from '#core/web/text.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import * as text from './text.ts';
import './permits.css';

export function PermitHead({ note, actions }: { note?: ReactNode; actions?: ReactNode }) {
  const t = useText(text);
  return (
    <>
      <PageHead title={t.title} note={note} actions={actions} />
      <nav className="tabs" aria-label={t.title}>
        <NavLink to="/permits" end>
          {t.tabs.owners}
        </NavLink>
        <NavLink to="/permits/templates">{t.tabs.templates}</NavLink>
      </nav>
    </>
  );
}
