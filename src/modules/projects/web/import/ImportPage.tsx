import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Progress } from 'antd';
import { Link, useNavigate, useParams } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useText, useWords } from '#core/web/text.ts';
import { count } from '#core/web/ui/format.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { projects } from '../../contract.ts';
import type { Import } from '../../import-contract.ts';
import { CancelButton } from './CancelButton.tsx';
import { ImportReview } from './ImportReview.tsx';
import { SheetSelect } from './StructureStrip.tsx';
import { doneSentence } from './sentence.ts';
import * as text from './text.ts';
import '../projects.css';
import './import.css';

export const importKey = (id: string) => ['projects', 'import', id];

/** One import from analysis to acceptance. While it is analysed the page asks how far it is. */
export function ImportPage() {
  const { id = '' } = useParams();
  const t = useText(text);
  const api = useClient(projects);
  const cache = useQueryClient();
  const query = useQuery({
    queryKey: importKey(id),
    queryFn: ({ signal }) => api.getImport({ id }, { signal }),
    refetchInterval: ({ state }) => (state.data?.state === 'analysing' ? 700 : false),
  });
  const found = query.data;
  if (query.error && !found) return <ProblemView error={query.error} onRetry={() => void query.refetch()} />;
  if (!found) return <PageHead title={t.title} />;
  const setFound = (next: Import) => cache.setQueryData(importKey(id), next);
  if (found.state === 'ready') return <ImportReview key={found.revision} found={found} setFound={setFound} />;
  return (
    <>
      <ImportHead found={found} actions={<CancelButton found={found} setFound={setFound} />} />
      <div className="page-body import-wait">
        {found.state === 'analysing' && <Waiting found={found} />}
        {found.state === 'failed' && <Failed found={found} setFound={setFound} />}
        {found.state === 'cancelled' && <p>{t.cancelled}</p>}
        {found.state === 'accepted' && <p className="import-done">{t.accepted(doneSentence(found, t))}</p>}
        {found.state === 'accepted' && <Link to="/projects">{t.toProjects}</Link>}
        {found.state === 'cancelled' && <Link to="/projects/import">{t.another}</Link>}
      </div>
    </>
  );
}

export function ImportHead({ found, actions }: { found: Import; actions?: React.ReactNode }) {
  const t = useText(text);
  return (
    <PageHead
      title={found.fileName}
      note={t.states[found.state]}
      crumbs={
        <>
          <Link to="/projects">{t.projects}</Link> › <Link to="/projects/import">{t.title}</Link>
        </>
      }
      actions={actions}
    />
  );
}

function Waiting({ found }: { found: Import }) {
  const t = useText(text);
  const { step, rows } = found.progress ?? { step: 'waiting' as const, rows: 0 };
  // How many rows there are is known only at the end, so the bar shows the step and the line the rows.
  const share = { waiting: 5, reading: 30, planning: 60, writing: 85 }[step];
  return (
    <div className="import-progress" aria-live="polite">
      <Progress percent={share} showInfo={false} status="active" aria-label={t.steps[step]} />
      <p>
        {t.steps[step]}
        {rows > 0 && t.rowsDone(count(rows))}
      </p>
    </div>
  );
}

function Failed({ found, setFound }: { found: Import; setFound: (found: Import) => void }) {
  const t = useText(text);
  const api = useClient(projects);
  const navigate = useNavigate();
  const words = useWords();
  return (
    <div className="problem" role="alert">
      {found.problem && <p>{words(found.problem.words)}</p>}
      <p className="muted">{t.failedHint}</p>
      {found.allowed.includes('map') && found.sheets.length > 1 && (
        <p>
          {t.sheet}{' '}
          <SheetSelect found={found} onSheet={(sheet) => void api.mapImport({ id: found.id, sheet }).then(setFound)} />
        </p>
      )}
      <Button onClick={() => void navigate('/projects/import')}>{t.another}</Button>
    </div>
  );
}
