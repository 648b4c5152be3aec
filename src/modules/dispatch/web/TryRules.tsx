import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useSession } from '#core/web/session.tsx';
import { useText } from '#core/web/text.ts';
import { Field } from '#core/web/ui/Field.tsx';
import { Light } from '#core/web/ui/Light.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { projects } from '#modules/projects/contract.ts';
import { dispatch } from '../contract.ts';
import { ChecksTable } from './ChecksTable.tsx';
import { markOfLevel } from './level.ts';
import { TurnsGreen } from './TurnsGreen.tsx';
import * as text from './text.ts';

/** What a version of a set would say about one project today. Nothing is changed. */
export function TryRules({ code, version }: { code: string; version: number }) {
  const t = useText(text).rules;
  const api = useClient(dispatch);
  const register = useClient(projects);
  const { today } = useSession();
  const [query, setQuery] = useState('');
  const [projectId, setProjectId] = useState<string>();
  const hits = useQuery({
    queryKey: ['projects', 'search', query],
    queryFn: ({ signal }) => register.list({ limit: 12, ...(query && { q: query }) }, { signal }),
    placeholderData: (before) => before,
  });
  const tried = useQuery({
    queryKey: ['dispatch', 'try', code, version, projectId],
    queryFn: ({ signal }) => api.tryOut({ code, version, projectId: projectId! }, { signal }),
    enabled: projectId !== undefined,
  });
  const found = tried.data;
  return (
    <section className="card">
      <h2>
        {t.try}
        {found && (
          <small>
            {t.tryResult('')} <Light value={found.light} mark={markOfLevel(found.level)} />
          </small>
        )}
      </h2>
      <Field label={t.tryHint}>
        {(id) => (
          <Select
            id={id}
            showSearch={{ filterOption: false, onSearch: setQuery }}
            value={projectId}
            onChange={setProjectId}
            options={(hits.data?.rows ?? []).map((row) => ({ value: row.id, label: row.name }))}
            style={{ maxWidth: '32rem' }}
          />
        )}
      </Field>
      {tried.error && <ProblemView error={tried.error} compact />}
      {found && (
        <div className="why-panel why-columns">
          <ChecksTable checks={found.checks} levels={found.levels} level={found.level?.code ?? 'warn'} />
          <TurnsGreen needs={found.turnsGreen} checks={found.checks} today={today} />
        </div>
      )}
    </section>
  );
}
