import { Select } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { FormDrawer } from '#core/web/ui/FormDrawer.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { fieldSentence } from '#core/web/ui/Problem.tsx';
import { TextBox } from '#core/web/ui/TextBox.tsx';
import { ledger } from '../../contract.ts';
import type { MatterView } from '../../shapes.ts';
import * as text from '../act-text.ts';
import { EvidencePicker, inputOf } from '../EvidencePicker.tsx';
import { kindsOfReport } from '../evidence-kinds.ts';
import { useAct } from '../use-matter.ts';
import { useAnswer } from './answer.ts';
import { EvidenceField } from './EvidenceField.tsx';
import { RestoredNote } from './RestoredNote.tsx';

/** Progress in words and photos; on a stage of the template, if one is open. */
export function ReportDrawer({ matter, onClose }: { matter: MatterView; onClose: () => void }) {
  const t = useText(text).report;
  const call = useClient(ledger);
  const { value, set, restoredAt, clear } = useAnswer(matter.id, 'report');
  const [busy, setBusy] = useState(0);
  const open = matter.nodes.filter((node) => node.doneOn === null);
  const save = useAct(
    matter.id,
    () =>
      call.report({
        id: matter.id,
        version: matter.version,
        text: value.words.trim(),
        evidence: inputOf(value.pieces),
        ...(value.node && { node: value.node }),
      }),
    () => 'report',
    () => {
      clear();
      onClose();
    },
  );
  return (
    <FormDrawer
      title={t.title}
      error={save.error}
      fields={['text', 'node', 'evidence']}
      isPending={save.isPending}
      isReady={value.words.trim() !== '' && busy === 0}
      saveWords={t.save}
      onSave={() => save.mutate(undefined)}
      onClose={onClose}
      above={<RestoredNote restoredAt={restoredAt} onClear={clear} />}
    >
      {open.length > 0 && (
        <FormField label={t.node} fault={fieldSentence(save.error, 'node')}>
          {(id) => (
            <Select
              id={id}
              value={value.node ?? ''}
              options={[
                { value: '', label: t.noNode },
                ...open.map((node) => ({ value: node.code, label: t.nodeOption(node.title, node.dueOn) })),
              ]}
              onChange={(node: string) => set((now) => ({ ...now, node: node || null }))}
            />
          )}
        </FormField>
      )}
      <FormField label={t.text} hint={t.textHint} fault={fieldSentence(save.error, 'text')}>
        {(id) => (
          <TextBox
            id={id}
            minRows={4}
            value={value.words}
            maxLength={2000}
            onChange={(event) => set((now) => ({ ...now, words: event.target.value }))}
          />
        )}
      </FormField>
      <EvidenceField fault={fieldSentence(save.error, 'evidence')}>
        <EvidencePicker
          kinds={kindsOfReport}
          pieces={value.pieces}
          onChange={(change) => set((now) => ({ ...now, pieces: change(now.pieces) }))}
          onBusy={setBusy}
        />
      </EvidenceField>
    </FormDrawer>
  );
}
