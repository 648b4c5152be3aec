import { Button } from 'antd';
import { useState } from 'react';
import { useText, useWords } from '#core/web/text.ts';
import { colourWords } from '../rule-sets.ts';
import { ExcuseDrawer } from './ExcuseDrawer.tsx';
import { IssueDrawer } from './IssueDrawer.tsx';
import type { Matter } from './LoopStrip.tsx';
import { ObjectDrawer } from './ObjectDrawer.tsx';
import * as text from './text.ts';
import { useOfMatter } from './use-of-matter.ts';

/** What this person may do to the matter as its supervisor, or against what was concluded about it. */
export function MatterActs({ matter }: { matter: Matter }) {
  const t = useText(text);
  const words = useWords();
  const { data } = useOfMatter(matter.id);
  const [open, setOpen] = useState<'issue' | 'excuse' | 'object' | null>(null);
  const close = () => setOpen(null);
  if (!data) return null;
  const { allowed, proposal } = data;
  return (
    <>
      {proposal && allowed.includes('issue') && (
        <Button title={words(proposal.why)} onClick={() => setOpen('issue')}>
          {t.issueOne}（{words(colourWords[proposal.colour])}）
        </Button>
      )}
      {allowed.includes('excuse') && proposal && <Button onClick={() => setOpen('excuse')}>{t.excuse}</Button>}
      {allowed.includes('object') && <Button onClick={() => setOpen('object')}>{t.object}</Button>}
      {open === 'issue' && proposal && <IssueDrawer rows={[proposal]} onClose={close} onDone={close} />}
      {open === 'excuse' && <ExcuseDrawer matter={matter} onClose={close} />}
      {open === 'object' && <ObjectDrawer matterId={matter.id} conclusions={data.conclusions} onClose={close} />}
    </>
  );
}
