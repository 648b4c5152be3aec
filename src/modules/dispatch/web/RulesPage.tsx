import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useLive } from '#core/web/live.ts';
import { useText, useWords } from '#core/web/text.ts';
import { moment } from '#core/web/ui/format.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { dispatch, type RuleSetHead, type RuleSetVersion } from '../contract.ts';
import { ActivateForm } from './ActivateForm.tsx';
import { DispatchTabs } from './DispatchTabs.tsx';
import './dispatch.css';
import { GapReport } from './GapReport.tsx';
import { RuleEditor } from './RuleEditor.tsx';
import { RuleTable } from './RuleTable.tsx';
import { TryCounties } from './TryCounties.tsx';
import { TryRules } from './TryRules.tsx';
import * as text from './text.ts';

/** The rule sets as people read them: conditions, consequences, source, gaps, versions, and a trial on a project. */
export function RulesPage() {
  const t = useText(text);
  const api = useClient(dispatch);
  const cache = useQueryClient();
  const [params] = useSearchParams();
  const sets = useQuery({ queryKey: ['dispatch', 'ruleSets'], queryFn: ({ signal }) => api.ruleSets({}, { signal }) });
  const active = sets.data?.sets.find((s) => s.activeVersion !== null);
  const code = params.get('set') ?? active?.code;
  const asked = params.get('version');
  const version = asked === null ? undefined : Number(asked);
  const shown = useQuery({
    queryKey: ['dispatch', 'ruleSet', code, version],
    queryFn: ({ signal }) => api.ruleSet({ code: code!, version }, { signal }),
    enabled: code !== undefined,
    retry: false,
  });
  useLive(['dispatch.rulesChosen'], () => void cache.invalidateQueries({ queryKey: ['dispatch'] }));
  return (
    <>
      <PageHead title={t.title} tabTitle={t.tabRules} />
      <DispatchTabs />
      <div className="page-body rule-columns">
        {sets.error && <ProblemView error={sets.error} onRetry={() => sets.refetch()} />}
        <nav className="rule-list" aria-label={t.rules.title}>
          {sets.data?.sets.map((head) => (
            <SetLink key={head.code} head={head} isShown={head.code === code} />
          ))}
        </nav>
        <div className="rule-detail">
          {shown.error && <ProblemView error={shown.error} onRetry={() => shown.refetch()} />}
          {shown.data && (
            <RuleSetView
              key={`${shown.data.code}@${shown.data.version}`}
              shown={shown.data}
              head={sets.data?.sets.find((s) => s.code === code)}
            />
          )}
          {sets.data && (
            <section className="card">
              <h2>{t.rules.choices}</h2>
              <ChoiceList choices={sets.data.choices} />
            </section>
          )}
        </div>
      </div>
    </>
  );
}

function SetLink({ head, isShown }: { head: RuleSetHead; isShown: boolean }) {
  const t = useText(text);
  const words = useWords();
  return (
    <Link to={`/dispatch/rules?set=${head.code}`} aria-current={isShown ? 'page' : undefined}>
      <b>{words(head.name)}</b>
      <small className="soft">
        {head.version === 0 ? t.rules.shipped : t.rules.version(head.version)} · {t.rules.gapsCount(head.gaps)}
      </small>
      {head.activeVersion !== null && (
        <small className="good">
          {t.rules.inForce}
          {head.activeVersion !== head.version &&
            ` · ${head.activeVersion === 0 ? t.rules.shipped : t.rules.version(head.activeVersion)}`}
        </small>
      )}
    </Link>
  );
}

function RuleSetView({ shown, head }: { shown: RuleSetVersion; head: RuleSetHead | undefined }) {
  const t = useText(text);
  const words = useWords();
  const [doing, setDoing] = useState<'edit' | 'activate' | null>(null);
  const { set, version } = shown;
  const isNewest = head?.version === version;
  return (
    <>
      <section className="card">
        <h2>
          {words(set.name)} <small>{version === 0 ? t.rules.shipped : t.rules.version(version)}</small>
          <span className="to">
            {shown.allowed.includes('save') && isNewest && doing !== 'edit' && (
              <Button size="small" onClick={() => setDoing('edit')}>
                {t.rules.edit}
              </Button>
            )}{' '}
            {shown.allowed.includes('activate') && head?.activeVersion !== version && (
              <Button size="small" type="primary" onClick={() => setDoing('activate')}>
                {t.rules.activate}
              </Button>
            )}
          </span>
        </h2>
        <dl className="kv">
          <dt>{t.rules.source}</dt>
          <dd>
            {set.source}（{set.sourceDate ?? t.rules.noDate}）
          </dd>
          {doing !== 'edit' && (
            <>
              <dt>{t.rules.clock}</dt>
              <dd>{t.clockKinds[set.clock]}</dd>
              <dt>{t.rules.ahead}</dt>
              <dd>{set.aheadPoints === null ? t.rules.aheadNever : t.rules.aheadAt(set.aheadPoints)}</dd>
            </>
          )}
        </dl>
        {doing === 'edit' ? (
          <RuleEditor shown={shown} onClose={() => setDoing(null)} />
        ) : (
          <>
            <RuleTable shown={shown} />
            <GapReport gaps={shown.gaps} set={set} />
          </>
        )}
      </section>
      {set.rules.some((rule) => rule.subject === 'project') && <TryRules code={set.code} version={version} />}
      {set.rules.some((rule) => rule.subject === 'county') && <TryCounties code={set.code} version={version} />}
      <section className="card">
        <h2>{t.rules.history}</h2>
        <table className="plain">
          <tbody>
            {shown.versions.map((v) => (
              <tr key={v.version}>
                <td className="nowrap">
                  <Link to={`/dispatch/rules?set=${set.code}&version=${v.version}`}>{t.rules.version(v.version)}</Link>
                </td>
                <td className="nowrap">{moment(v.at)}</td>
                <td>{v.reason}</td>
                <td className="nowrap">{v.actorName}</td>
                <td className="nowrap">{t.rules.gapsCount(v.gaps)}</td>
              </tr>
            ))}
            <tr>
              <td className="nowrap" colSpan={5}>
                <Link to={`/dispatch/rules?set=${set.code}&version=0`}>{t.rules.shipped}</Link>
              </td>
            </tr>
          </tbody>
        </table>
      </section>
      {doing === 'activate' && <ActivateForm shown={shown} onClose={() => setDoing(null)} />}
    </>
  );
}

function ChoiceList({
  choices,
}: {
  choices: readonly {
    name: { zh: string; en: string };
    version: number;
    effectiveOn: string;
    reason: string;
    actorName: string;
    at: string;
  }[];
}) {
  const t = useText(text);
  const words = useWords();
  if (choices.length === 0) return <p className="muted">{t.rules.none}</p>;
  return (
    <table className="plain">
      <tbody>
        {choices.map((c) => (
          <tr key={c.at}>
            <td>{t.rules.choice(words(c.name), c.version, c.effectiveOn)}</td>
            <td>{c.reason}</td>
            <td className="nowrap">{c.actorName}</td>
            <td className="nowrap">{moment(c.at)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
