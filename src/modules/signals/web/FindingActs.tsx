import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useText, useWords } from '#core/web/text.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { type Finding, signals } from '../contract.ts';
import * as text from './text.ts';

type Act = Finding['allowed'][number];

/** The buttons of a finding, drawn from what the server allows, each asking for its words. */
export function FindingActs({ finding }: { finding: Finding }) {
  const t = useText(text);
  const [act, setAct] = useState<Act | null>(null);
  return (
    <>
      {finding.allowed.map((name) => (
        <Button key={name} size="small" onClick={() => setAct(name)}>
          {t[name]}
        </Button>
      ))}
      {act && <Ask act={act} finding={finding} onClose={() => setAct(null)} />}
    </>
  );
}

function Ask({ act, finding, onClose }: { act: Act; finding: Finding; onClose: () => void }) {
  const t = useText(text);
  const words = useWords();
  const api = useClient(signals);
  const cache = useQueryClient();
  const [said, setSaid] = useState(act === 'explain' ? (finding.explanation ?? '') : '');
  const send = useMutation({
    mutationFn: () =>
      act === 'explain' ? api.explain({ id: finding.id, explanation: said }) : api[act]({ id: finding.id, note: said }),
    onSuccess: async () => {
      onClose();
      await cache.invalidateQueries({ queryKey: ['signals'] });
    },
  });
  const title = { explain: t.explainTitle, settle: t.settleTitle, reopen: t.reopenTitle }[act];
  return (
    <Modal
      open
      title={title}
      okText={t.save}
      cancelText={t.cancel}
      okButtonProps={{ disabled: said.trim().length < 2 }}
      confirmLoading={send.isPending}
      onOk={() => send.mutate()}
      onCancel={onClose}
    >
      <p className="muted">{words(finding.sentence)}</p>
      {act !== 'explain' && finding.explanation && <p>{finding.explanation}</p>}
      <Input.TextArea
        aria-label={title}
        rows={3}
        maxLength={act === 'explain' ? 1000 : 500}
        value={said}
        placeholder={act === 'explain' ? t.explainHint : t.noteHint}
        onChange={(event) => setSaid(event.target.value)}
      />
      {send.error && <ProblemView compact error={send.error} />}
    </Modal>
  );
}
