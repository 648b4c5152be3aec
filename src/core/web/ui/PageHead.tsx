import type { ReactNode } from 'react';
import { usePageTitle } from '../text.ts';

/** The first line of every page: its one h1, what it counts, and the actions at the right. Sets the tab's title too. */
export function PageHead({
  title,
  tabTitle,
  note,
  crumbs,
  mark,
  actions,
  children,
}: {
  title: string;
  tabTitle?: string;
  /** Counts beside the title: “612 个，拆分 744 项”. */
  note?: ReactNode;
  /** Small line above the title: where this is, its code. */
  crumbs?: ReactNode;
  /** A lamp beside the title. */
  mark?: ReactNode;
  actions?: ReactNode;
  /** A line of facts under the title. */
  children?: ReactNode;
}) {
  usePageTitle(tabTitle ?? title);
  return (
    <div className="page-head">
      {crumbs && <div className="crumbs">{crumbs}</div>}
      <div className="title">
        <h1>{title}</h1>
        {mark}
        {note && <span className="soft">{note}</span>}
        {actions && <div className="right">{actions}</div>}
      </div>
      {children && <div className="facts">{children}</div>}
    </div>
  );
}
