import { useParams, useSearchParams } from 'react-router';
import { useSession } from '#core/web/session.tsx';
import { useText } from '#core/web/text.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { useDraft } from '#core/web/ui/use-draft.ts';
import { matterKinds } from '../kinds.ts';
import type { MatterView } from '../shapes.ts';
import { RestoredNote } from './acts/RestoredNote.tsx';
import * as text from './form-text.ts';
import { MatterForm } from './MatterForm.tsx';
import { draftOf, emptyDraft, type MatterDraft } from './matter-draft.ts';
import * as matterText from './matter-text.ts';
import { useMatter } from './use-matter.ts';
import './matter.css';

/** `/matters/new?kind=…&projectId=…&projectName=…`: what is typed is kept on this device until it is saved. */
export function NewMatterPage() {
  const t = useText(text);
  const [params] = useSearchParams();
  const { today } = useSession();
  const kind = matterKinds.find((one) => one === params.get('kind')) ?? 'problem';
  const projectId = params.get('projectId');
  const start: MatterDraft = {
    ...emptyDraft(kind, today),
    ...(projectId && { project: { id: projectId, name: params.get('projectName') ?? '' } }),
  };
  const { value, set, restoredAt, clear } = useDraft<MatterDraft>(`ledger.new.${projectId ?? ''}`, start);
  return (
    <div className="mf-page">
      <PageHead title={t.newTitle} />
      <MatterForm
        draft={value}
        onChange={set}
        onDone={clear}
        above={<RestoredNote restoredAt={restoredAt} onClear={clear} />}
      />
    </div>
  );
}

/** `/matters/:id/edit`: only while it is a draft. */
export function EditMatterPage() {
  const { id = '' } = useParams();
  const t = useText(matterText);
  const found = useMatter(id);
  if (found.error && !found.data) return <ProblemView error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <p className="page-wait">{t.loading}</p>;
  return <Edit key={found.data.id} matter={found.data} />;
}

function Edit({ matter }: { matter: MatterView }) {
  const t = useText(text);
  const { value, set, restoredAt, clear } = useDraft<MatterDraft>(`ledger.edit.${matter.id}`, draftOf(matter));
  return (
    <div className="mf-page">
      <PageHead title={t.editTitle(matter.no)} crumbs={matter.title} />
      <MatterForm
        draft={value}
        onChange={set}
        existing={{ id: matter.id, version: matter.version }}
        onDone={clear}
        above={<RestoredNote restoredAt={restoredAt} onClear={clear} />}
      />
    </div>
  );
}
