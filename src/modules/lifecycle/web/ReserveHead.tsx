import type { ReactNode } from 'react';
import { NavLink } from 'react-router';
import { useText } from '#core/web/text.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import * as text from './text.ts';
import './lifecycle.css';

/** The head that the pages of the module share: one title, four tabs. */
export function ReserveHead({ tab, note, actions }: { tab: string; note?: ReactNode; actions?: ReactNode }) {
  const t = useText(text);
  return (
    <>
      <PageHead title={t.title} tabTitle={tab} note={note} actions={actions} />
      <nav className="tabs" aria-label={t.tabs.label}>
        <NavLink to="/reserve" end>
          {t.tabs.reserve}
        </NavLink>
        <NavLink to="/reserve/conversion">{t.tabs.conversion}</NavLink>
        <NavLink to="/reserve/pauses">{t.tabs.pauses}</NavLink>
        <NavLink to="/reserve/rules">{t.tabs.rules}</NavLink>
      </nav>
    </>
  );
}
