import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { daysBetween, yearOf } from '#core/shared/day.ts';
import { useClient } from '#core/web/client.ts';
import { useLive } from '#core/web/live.ts';
import { useSession } from '#core/web/session.tsx';
import { useText, useWords } from '#core/web/text.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { dispatch, type Explanation } from '../contract.ts';
import { ChecksTable } from './ChecksTable.tsx';
import './dispatch.css';
import { ExemptForm } from './ExemptForm.tsx';
import { markOfLevel } from './level.ts';
import { TurnsGreen } from './TurnsGreen.tsx';
import * as text from './text.ts';

/**
 * “为什么是黄灯？” on the project page (slot `projects.page.light`): every rule with its figures, what turns it green,
 * exemptions, and the rules' source. A past year is explained as of its last day.
 */
export function WhyLight({ project, year }: { project: { id: string }; year: number }) {
  const t = useText(text);
  const api = useClient(dispatch);
  const cache = useQueryClient();
  const { today } = useSession();
  const day = year < yearOf(today) ? `${year}-12-31` : today;
  const why = useQuery({
    queryKey: ['dispatch', 'why', project.id, day],
    queryFn: ({ signal }) => api.explain({ projectId: project.id, day }, { signal }),
  });
  useLive(['dispatch.*'], (event) => {
    if (event.projectId === null || event.projectId === project.id)
      void cache.invalidateQueries({ queryKey: ['dispatch', 'why', project.id] });
  });
  if (why.error) return <ProblemView error={why.error} compact onRetry={() => why.refetch()} />;
  if (!why.data) return <p className="muted">{t.why.loading}</p>;
  return <WhyPanel why={why.data} today={today} />;
}

export function WhyPanel({ why, today }: { why: Explanation; today: string }) {
  const t = useText(text);
  const words = useWords();
  const [isExempting, setExempting] = useState(false);
  const standing = why.exemptions.filter((e) => e.until >= why.day && e.endedOn === null && e.state !== 'refused');
  const running = standing.filter((e) => e.state === 'approved');
  const waiting = standing.filter((e) => e.state === 'requested');
  const ruleName = (code: string | null) =>
    code === null ? t.why.allRules : words(why.checks.find((c) => c.rule === code)?.name ?? { zh: code, en: code });
  const notes = why.checks.flatMap((c) => (c.note && c.kind === 'progress' ? [words(c.note)] : []));
  return (
    <div className="why-panel">
      <div className="why-columns">
        <div>
          <h2>
            {headline(why, t, words)}
            <small>{t.rulesUsed(words(why.ruleSet.name), why.ruleSet.version)}</small>
          </h2>
          <ChecksTable
            checks={why.checks}
            levels={why.levels}
            level={why.level?.code ?? 'warn'}
            doneLink={why.acceptedPeriod ? `/filings/${why.projectId}/${why.acceptedPeriod}` : undefined}
          />
        </div>
        <div>
          <h2>{t.why.turnsGreen}</h2>
          <TurnsGreen needs={why.turnsGreen} checks={why.checks} today={today} />
          <div className="foot">
            {standing.length === 0 && t.why.exemptNone}
            {running.map((e) => (
              <div key={e.id}>{t.why.exempted(ruleName(e.ruleCode), e.reason, e.approver ?? '', e.until)}</div>
            ))}
            {waiting.map((e) => (
              <div key={e.id}>{t.why.requested(ruleName(e.ruleCode), e.reason, e.actorName, e.until)}</div>
            ))}
          </div>
          {why.consequences.length > 0 && (
            <div className="foot">{t.why.consequences(why.consequences.map(words).join(t.why.separator))}</div>
          )}
          <div className="foot">
            {why.since && t.why.since(lightName(why, t, words), why.since, daysBetween(why.since, why.day) + 1)}
            {notes.join(t.why.separator)}{' '}
            <Link to={`/dispatch/rules?set=${why.ruleSet.code}&version=${why.ruleSet.version}`}>{t.why.fullRules}</Link>
          </div>
          {why.allowed.includes('exempt') && (
            <Button size="small" onClick={() => setExempting(true)}>
              {t.why.exempt}
            </Button>
          )}
        </div>
      </div>
      {isExempting && <ExemptForm why={why} today={today} onClose={() => setExempting(false)} />}
    </div>
  );
}

/** “黄灯”, or the set's own name where its level looks otherwise: “橙灯”. */
function lightName(
  why: Explanation,
  t: ReturnType<typeof useText<typeof text.zh>>,
  words: ReturnType<typeof useWords>,
): string {
  const mark = markOfLevel(why.level);
  return mark ? words(mark.words) : t.lightNames[why.light];
}

function headline(
  why: Explanation,
  t: ReturnType<typeof useText<typeof text.zh>>,
  words: ReturnType<typeof useWords>,
): string {
  const rules = String(why.checks.length);
  const decided = why.checks.find((c) => c.rule === why.cause);
  if (decided) return t.why.decided(rules, words(decided.name), lightName(why, t, words));
  const cause = t.why.causes[why.cause as keyof typeof t.why.causes];
  return cause ?? t.why.noneWarns(rules);
}
