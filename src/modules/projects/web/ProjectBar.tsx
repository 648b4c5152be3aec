import { type RefObject, useEffect, useState } from 'react';
import { useText } from '#core/web/text.ts';
import { points, rate } from '#core/web/ui/format.ts';
import { Light } from '#core/web/ui/Light.tsx';
import type { Project } from '../contract.ts';
import { levelIn } from '../list-shapes.ts';
import * as text from './text.ts';

interface Place {
  id: string;
  title: string;
}

/**
 * The summary that stays while the long page is read: which project, how it stands, and where in the page one is.
 * Sections come from other modules and some after their data, so the list is read from the page itself.
 */
export function ProjectBar({ project, page }: { project: Project; page: RefObject<HTMLElement | null> }) {
  const t = useText(text);
  const places = usePlaces(page);
  const { standing, plan } = project;
  return (
    <div className="project-bar">
      <span className="summary">
        {standing && <Light value={standing.light} mark={levelIn(standing.explanation)} />}
        <b className="name">{project.name}</b>
        {standing && plan?.planYuan != null && standing.doneYuan !== null && (
          <span>
            {rate(standing.doneYuan, plan.planYuan)}
            {standing.gapPoints !== null && <small> {points(standing.gapPoints)}</small>}
          </span>
        )}
      </span>
      <nav aria-label={t.onThisPage}>
        {places.map(({ id, title }) => (
          <a key={id} href={`#${id}`}>
            {title}
          </a>
        ))}
      </nav>
    </div>
  );
}

function usePlaces(page: RefObject<HTMLElement | null>): Place[] {
  const [places, setPlaces] = useState<Place[]>([]);
  useEffect(() => {
    const root = page.current;
    if (!root) return;
    const read = () => {
      const found = [...root.querySelectorAll<HTMLElement>('section[id]')].flatMap((section) => {
        const title = section.querySelector('h2')?.firstChild?.textContent?.trim();
        return title ? [{ id: section.id, title }] : [];
      });
      setPlaces((before) => (JSON.stringify(before) === JSON.stringify(found) ? before : found));
    };
    read();
    const watch = new MutationObserver(read);
    watch.observe(root, { childList: true, subtree: true });
    return () => watch.disconnect();
  }, [page]);
  return places;
}
