import { useState } from 'react';
import { useParams } from 'react-router';
import { Slot } from '#core/web/Slot.tsx';
import { useText } from '#core/web/text.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import type { MatterNode } from '../shapes.ts';
import { MarkDrawer } from './acts/MarkDrawer.tsx';
import { EvidenceRounds } from './EvidenceRounds.tsx';
import { MatterActs } from './MatterActs.tsx';
import { MatterDue } from './MatterDue.tsx';
import { MatterHead } from './MatterHead.tsx';
import { ChildTree, ExtensionList, LinkList, NodeList, VerificationList } from './MatterRest.tsx';
import { MatterSheet } from './MatterSheet.tsx';
import * as text from './matter-text.ts';
import { Timeline } from './Timeline.tsx';
import { useMatter } from './use-matter.ts';
import './matter.css';

/** `/matters/:id`: one matter on one calm page: what is asked, what happened, and what this person can do now. */
export function MatterPage() {
  const { id = '' } = useParams();
  const t = useText(text);
  const found = useMatter(id);
  const [marked, setMarked] = useState<MatterNode | null>(null);
  if (found.error && !found.data) return <ProblemView error={found.error} onRetry={() => void found.refetch()} />;
  const matter = found.data;
  if (!matter) return <p className="page-wait">{t.loading}</p>;
  return (
    <article className="mt">
      <MatterHead matter={matter} />
      <div className="mt-cols">
        <aside>
          <MatterActs matter={matter} />
        </aside>
        <div className="mt-left">
          <MatterDue matter={matter} />
          <MatterSheet matter={matter} />
          <EvidenceRounds matter={matter} />
        </div>
        <div className="mt-main">
          <ChildTree matter={matter} />
          <Timeline matter={matter} />
          <NodeList matter={matter} onMark={matter.allowed.includes('mark') ? setMarked : undefined} />
          <ExtensionList matter={matter} />
          <VerificationList matter={matter} />
          <LinkList matter={matter} />
          <Slot name="ledger.matter.main" props={{ matter }} />
        </div>
      </div>
      {marked && <MarkDrawer matter={matter} node={marked} onClose={() => setMarked(null)} />}
    </article>
  );
}
