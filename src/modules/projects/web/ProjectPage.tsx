import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { yearOf } from '#core/shared/day.ts';
import { useClient } from '#core/web/client.ts';
import { useLiveRefetch } from '#core/web/live.ts';
import { Slot, useSlot } from '#core/web/Slot.tsx';
import { useSession } from '#core/web/session.tsx';
import { useShortcut } from '#core/web/shortcuts.ts';
import { useLanguage, useText, useWords } from '#core/web/text.ts';
import { points, rate, shortDate, yiWithUnit } from '#core/web/ui/format.ts';
import { Light } from '#core/web/ui/Light.tsx';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { filingStateWords, serialText } from '../column-words.ts';
import { type Project, projects } from '../contract.ts';
import { levelIn } from '../list-shapes.ts';
import { ChildrenSection } from './ChildrenSection.tsx';
import { FactsSection } from './FactsSection.tsx';
import { HistorySection } from './HistorySection.tsx';
import { MilestoneSection } from './MilestoneSection.tsx';
import { neighboursOf } from './neighbours.ts';
import { ProgressSection } from './ProgressSection.tsx';
import { ProjectBar } from './ProjectBar.tsx';
import * as text from './text.ts';
import './projects.css';

/** One project on one calm page. Other modules add their sections through slots. */
export function ProjectPage() {
  const { id = '' } = useParams();
  const [params] = useSearchParams();
  const { today } = useSession();
  const api = useClient(projects);
  const year = Number(params.get('year')) || yearOf(today);
  const project = useQuery({
    queryKey: ['projects', 'one', id, year],
    queryFn: ({ signal }) => api.get({ id, year }, { signal }),
    placeholderData: (before) => (before?.id === id ? before : undefined),
  });
  const page = useRef<HTMLElement>(null);
  useLiveRefetch(['projects.*', 'filings.accepted', 'dispatch.*'], [['projects']]);
  if (project.error && !project.data)
    return <ProblemView error={project.error} onRetry={() => void project.refetch()} />;
  if (!project.data) return <p className="page-wait">…</p>;
  return (
    <article className="project" ref={page}>
      <Head project={project.data} year={year} today={today} />
      <ProjectBar project={project.data} page={page} />
      <Slot name="projects.page.path" props={{ project: project.data, year }} />
      <div className="cols">
        <div>
          <ProgressSection project={project.data} year={year} today={today} />
          <MilestoneSection project={project.data} today={today} />
          <ChildrenSection project={project.data} year={year} />
          <Slot name="projects.page.main" props={{ project: project.data, year }} />
        </div>
        <div>
          <Slot name="projects.page.side" props={{ project: project.data, year }} />
          <FactsSection project={project.data} today={today} />
          <HistorySection projectId={id} />
        </div>
      </div>
    </article>
  );
}

function Head({ project, year, today }: { project: Project; year: number; today: string }) {
  const t = useText(text);
  const words = useWords();
  const language = useLanguage();
  const navigate = useNavigate();
  const [isWhy, setWhy] = useState(false);
  const hasWhy = useSlot('projects.page.light').length > 0;
  const { previous, next } = neighboursOf(project.id);
  const to = (id: string | undefined) => `/projects/${id}${String(year) === today.slice(0, 4) ? '' : `?year=${year}`}`;
  useShortcut('k', t.previous, () => void navigate(to(previous)), previous !== undefined);
  useShortcut('j', t.next, () => void navigate(to(next)), next !== undefined);
  useShortcut('Escape', t.collapse, () => setWhy(false), isWhy);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another project starts with its panel closed
  useEffect(() => setWhy(false), [project.id]);
  const standing = project.standing;
  const light = standing?.light;
  const level = levelIn(standing?.explanation);
  const lightName = level ? words(level.words) : light && t.lightNames[light];
  const can = (action: Project['allowed'][number]) => project.allowed.includes(action);
  return (
    <div className="project-head">
      <PageHead
        title={project.name}
        crumbs={
          <>
            <span>
              <Link to="/projects">{t.title}</Link>
              {[project.board, project.regionName].filter(Boolean).map((part) => ` / ${part}`)}
            </span>
            <span>{t.serial(serialText(project.serial))}</span>
            {project.code && <span>{t.code(project.code)}</span>}
            {project.demo && (
              <span className="sample" title={t.sampleTip}>
                {t.sample}
              </span>
            )}
            {(previous || next) && (
              <span className="neighbours">
                {previous && (
                  <Link to={to(previous)}>
                    {t.previous} <kbd>K</kbd>
                  </Link>
                )}
                {next && (
                  <Link to={to(next)}>
                    {t.next} <kbd>J</kbd>
                  </Link>
                )}
              </span>
            )}
          </>
        }
        mark={
          light && (
            <>
              <Light value={light} mark={level} lamp />
              {hasWhy && (
                <button type="button" className="link why" aria-expanded={isWhy} onClick={() => setWhy((now) => !now)}>
                  {t.whyLight(lightName ?? '')}
                </button>
              )}
            </>
          )
        }
        actions={
          <>
            <Slot name="projects.page.actions" props={{ project, year }} />
            {can('addChild') && (
              <Button size="small" onClick={() => void navigate(`/projects/new?parent=${project.id}`)}>
                {t.addChild}
              </Button>
            )}
            {can('edit') && (
              <Button size="small" onClick={() => void navigate(`/projects/${project.id}/edit`)}>
                {t.edit}
              </Button>
            )}
          </>
        }
      >
        <HeadFacts project={project} today={today} language={language} />
      </PageHead>
      {isWhy && light && (
        <aside className={`explain ${light}`} aria-label={t.whyLight(lightName ?? '')}>
          <Slot name="projects.page.light" props={{ project, year }} />
        </aside>
      )}
    </div>
  );
}

function HeadFacts({ project, today, language }: { project: Project; today: string; language: 'zh' | 'en' }) {
  const t = useText(text);
  const f = t.factsLine;
  const standing = project.standing;
  const gap = standing?.gapPoints ?? null;
  const planYuan = project.plan?.planYuan ?? null;
  const magnitude = gap === null ? '' : points(Math.abs(gap)).replace('+', '');
  const state = standing?.filingState;
  return (
    <>
      {project.parent?.id && (
        <span>
          {f.package} <Link to={`/projects/${project.parent.id}`}>{project.parent.name}</Link>
        </span>
      )}
      {(project.lead || project.responsibleName) && (
        <span>
          {f.lead} <b>{[project.lead?.name, project.responsibleName].filter(Boolean).join(' ')}</b>
        </span>
      )}
      {project.leaderName && (
        <span>
          {f.leader} <b>{project.leaderName}</b>
        </span>
      )}
      {project.command && (
        <span>
          {f.command} <b>{project.command.name}</b>
        </span>
      )}
      {project.totalYuan !== null && (
        <span>
          {f.total} <b>{yiWithUnit(project.totalYuan, language)}</b>
        </span>
      )}
      {standing && planYuan !== null && standing.doneYuan !== null && (
        <span>
          {f.rate} <b>{rate(standing.doneYuan, planYuan)}</b>
          {gap !== null && (
            <span className={gap < 0 && (standing.light === 'warn' || standing.light === 'late') ? standing.light : ''}>
              {language === 'zh' ? '，' : ', '}
              {magnitude === '0.0' ? t.onClock : gap < 0 ? t.behind(magnitude) : t.ahead(magnitude)}
            </span>
          )}
        </span>
      )}
      {state && (
        <span>
          {f.filed}{' '}
          <b>
            {standing.filedOn && `${shortDate(standing.filedOn, today)} `}
            {filingStateWords[state]?.[language] ?? state}
          </b>
        </span>
      )}
    </>
  );
}
