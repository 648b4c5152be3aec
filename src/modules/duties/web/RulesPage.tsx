import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Input, InputNumber, Switch } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useText, useWords } from '#core/web/text.ts';
import { moment } from '#core/web/ui/format.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { duties } from '../contract.ts';
import type { RulesVersion } from '../incident-contract.ts';
import { classWords, type IncidentRules, levelWords } from '../incident-rules.ts';
import { DoubtRules } from './DoubtRules.tsx';
import './incidents.css';
import * as text from './incident-text.ts';
import { RouteRules } from './RouteRules.tsx';

/** Within how many minutes who must be told, with the source of each limit; changed as a new version. */
export function RulesPage() {
  const t = useText(text);
  const api = useClient(duties);
  const [isEditing, setEditing] = useState(false);
  const found = useQuery({
    queryKey: ['incident-rules'],
    queryFn: ({ signal }) => api.incidentRules({}, { signal }),
  });
  const newest = found.data?.versions[0];
  /** An earlier version that is looked at; incidents raised under it still follow it. */
  const [seenVersion, setSeen] = useState<number | null>(null);
  const seen = found.data?.versions.find((one) => one.version === seenVersion) ?? newest;
  return (
    <>
      <PageHead
        crumbs={<Link to="/incidents">{t.title}</Link>}
        title={t.rulesTitle}
        note={t.rulesNote}
        actions={
          found.data?.allowed.includes('configure') &&
          !isEditing && (
            <Button
              onClick={() => {
                setSeen(null);
                setEditing(true);
              }}
            >
              {t.edit}
            </Button>
          )
        }
      />
      <div className="page-body incident-rules">
        {found.error && <ProblemView error={found.error} onRetry={() => void found.refetch()} />}
        {newest && seen && (
          <>
            {isEditing ? (
              <EditRules key={newest.version} newest={newest} onClose={() => setEditing(false)} />
            ) : (
              <>
                {seen.version !== newest.version && (
                  <p className="warn">
                    {t.seesOld(seen.version)} <Button onClick={() => setSeen(null)}>{t.seeNewest}</Button>
                  </p>
                )}
                <ClockTable rules={seen.rules} />
                <DoubtRules doubts={seen.rules.doubts} />
                <RouteRules routes={seen.rules.routes} />
              </>
            )}
            <section className="card">
              <h2>{t.history}</h2>
              <ul>
                {found.data?.versions.map((one) => (
                  <li key={one.version}>
                    <b>{t.version(one.version)}</b> {one.reason}{' '}
                    {!isEditing && one.version !== seen.version && (
                      <Button size="small" type="link" onClick={() => setSeen(one.version)}>
                        {t.see}
                      </Button>
                    )}
                    {one.at && <small className="muted">{t.by(one.actorName ?? '', moment(one.at))}</small>}
                  </li>
                ))}
              </ul>
            </section>
          </>
        )}
      </div>
    </>
  );
}

function ClockTable({
  rules,
  onChange,
}: {
  rules: IncidentRules;
  onChange?: (code: string, change: { minutes?: number; isActive?: boolean }) => void;
}) {
  const t = useText(text);
  const words = useWords();
  return (
    <section className="card">
      <h2>{t.clocks}</h2>
      <ScrollX label={t.clocks}>
        <table className="plain">
          <thead>
            <tr>
              <th>{t.rHead.use}</th>
              <th>{t.rHead.name}</th>
              <th>{t.rHead.class}</th>
              <th>{t.rHead.levels}</th>
              <th className="num">{t.rHead.minutes}</th>
              <th>{t.rHead.basis}</th>
            </tr>
          </thead>
          <tbody>
            {rules.clocks.map((clock) => (
              <tr key={clock.code} className={clock.isActive ? '' : 'muted'}>
                <td>
                  {onChange ? (
                    <Switch
                      size="small"
                      aria-label={`${words(clock.name)} ${clock.minutes}`}
                      checked={clock.isActive}
                      onChange={(isActive) => onChange(clock.code, { isActive })}
                    />
                  ) : clock.isActive ? (
                    '✓'
                  ) : (
                    '—'
                  )}
                </td>
                <td>{words(clock.name)}</td>
                <td>{clock.class === null ? t.everyClass : words(classWords[clock.class])}</td>
                <td>{clock.levels.map((level) => words(levelWords[level])).join(t.sep)}</td>
                <td className="num">
                  {onChange ? (
                    <InputNumber
                      aria-label={`${words(clock.name)} ${t.rHead.minutes}`}
                      min={1}
                      max={10_080}
                      value={clock.minutes}
                      onChange={(minutes) => minutes !== null && onChange(clock.code, { minutes })}
                    />
                  ) : (
                    clock.minutes
                  )}
                </td>
                <td className="soft">{clock.basis}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollX>
    </section>
  );
}

function EditRules({ newest, onClose }: { newest: RulesVersion; onClose: () => void }) {
  const t = useText(text);
  const api = useClient(duties);
  const cache = useQueryClient();
  const [rules, setRules] = useState(newest.rules);
  const [reason, setReason] = useState('');
  const save = useMutation({
    mutationFn: () => api.setIncidentRules({ basedOn: newest.version, rules, reason }),
    onSuccess: async () => {
      onClose();
      await cache.invalidateQueries({ queryKey: ['incident-rules'] });
    },
  });
  return (
    <>
      <ClockTable
        rules={rules}
        onChange={(code, change) =>
          setRules({
            ...rules,
            clocks: rules.clocks.map((clock) => (clock.code === code ? { ...clock, ...change } : clock)),
          })
        }
      />
      <DoubtRules doubts={rules.doubts} onChange={(doubts) => setRules({ ...rules, doubts })} />
      <RouteRules routes={rules.routes} onChange={(routes) => setRules({ ...rules, routes })} />
      <div className="incident-edit">
        <Input
          aria-label={t.reason}
          placeholder={t.reason}
          maxLength={300}
          value={reason}
          onChange={(e) => setReason(e.target.value)}
        />
        <Button
          type="primary"
          disabled={reason.trim().length < 2}
          loading={save.isPending}
          onClick={() => save.mutate()}
        >
          {t.save}
        </Button>
        <Button onClick={onClose}>{t.cancel}</Button>
      </div>
      {save.error && <ProblemView error={save.error} compact />}
    </>
  );
}
