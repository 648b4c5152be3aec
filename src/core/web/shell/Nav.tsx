import { Fragment } from 'react';
import { NavLink } from 'react-router';
import type { NavItem } from '../module.ts';
import { useModules } from '../modules.ts';
import { useCan, useSession } from '../session.tsx';
import { useText, useWords } from '../text.ts';
import { count } from '../ui/format.ts';
import * as text from './text.ts';

/** The places this visitor may open, in order. */
export function useNavItems(): readonly NavItem[] {
  const can = useCan();
  return useModules()
    .flatMap((module) => module.nav)
    .filter((item) => can(item.permission))
    .sort((a, b) => a.order - b.order);
}

/** Groups of the navigation by the order of their entries: a module says where it belongs by its number (module.ts). */
export const navGroups = [
  { below: 30, name: 'projects' },
  { below: 40, name: 'matters' },
  { below: 60, name: 'dispatch' },
  { below: 70, name: 'views' },
  { below: Number.POSITIVE_INFINITY, name: 'settings' },
] as const;

export function Nav() {
  const t = useText(text);
  const words = useWords();
  const { city, today } = useSession();
  const items = useNavItems();
  const groupOf = (item: NavItem) => navGroups.find(({ below }) => item.order < below)!.name;
  const groups = Map.groupBy(items, groupOf);
  return (
    <nav className="nav" aria-label={t.nav}>
      {[...groups].map(([group, entries]) => (
        <Fragment key={group}>
          {groups.size > 1 && <h2 className="nav-group">{t.navGroups[group]}</h2>}
          {entries.map((item) =>
            item.external ? (
              <a key={item.path} href={item.path} target="_blank" rel="noreferrer">
                {words(item.label)}
              </a>
            ) : (
              <NavLink key={item.path} to={item.path}>
                {words(item.label)}
                {item.badge && <Badge use={item.badge} />}
              </NavLink>
            ),
          )}
        </Fragment>
      ))}
      <p className="foot">
        {t.headquarters(city.name)}
        <br />
        {t.asOf(today.slice(0, 7))}
      </p>
    </nav>
  );
}

/** A component of its own, so that each badge's hook has a place to live. */
function Badge({ use: useBadge }: { use: NonNullable<NavItem['badge']> }) {
  const value = useBadge();
  if (value === undefined || value === 0) return null;
  return <span className="n">{typeof value === 'number' ? count(value) : value}</span>;
}
