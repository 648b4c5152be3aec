import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useLanguage, useText } from '#core/web/text.ts';
import { points, rate, yi } from '#core/web/ui/format.ts';
import { Light } from '#core/web/ui/Light.tsx';
import { type Project, projects } from '../contract.ts';
import { gapShown, tintOf } from './row.ts';
import * as text from './text.ts';

/** What a package is split into, each with its own light. */
export function ChildrenSection({ project, year }: { project: Project; year: number }) {
  const t = useText(text);
  const language = useLanguage();
  const api = useClient(projects);
  const children = useQuery({
    queryKey: ['projects', 'children', project.id, year],
    queryFn: ({ signal }) => api.children({ id: project.id, year }, { signal }),
    enabled: project.childCount > 0,
  });
  if (project.childCount === 0) return null;
  return (
    <section id="items">
      <h2 className="h2">
        {t.children} <small>{t.childrenNote(project.childCount)}</small>
      </h2>
      <div className="scroll-x">
        <table className="plain">
          <thead>
            <tr>
              <th>{t.childHead.name}</th>
              <th>{t.childHead.light}</th>
              <th>{t.childHead.lead}</th>
              <th className="num">{t.childHead.plan}</th>
              <th className="num">{t.childHead.done}</th>
              <th className="num">{t.childHead.rate}</th>
              <th className="num">{t.childHead.gap}</th>
            </tr>
          </thead>
          <tbody>
            {(children.data ?? []).map((row) => (
              <tr key={row.id}>
                <td>
                  <Link to={`/projects/${row.id}`}>{row.name}</Link>
                </td>
                <td className="nowrap">{row.light && <Light value={row.light} mark={row.level} />}</td>
                <td>{row.leadName}</td>
                <td className="num">{yi(row.planYuan, language)}</td>
                <td className="num">{yi(row.doneYuan, language)}</td>
                <td className="num">{rate(row.doneYuan, row.planYuan)}</td>
                <td className={`num ${tintOf(row, 'gap') ?? ''}`}>{points(gapShown(row))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
