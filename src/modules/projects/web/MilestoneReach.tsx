import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Input, Modal } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { FileDrop } from '#core/web/ui/FileDrop.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { TextBox } from '#core/web/ui/TextBox.tsx';
import type { UploadedFile } from '#core/web/upload.ts';
import { type Milestone, projects } from '../contract.ts';
import { Field } from './fields.tsx';
import * as text from './text.ts';

/** Marks a node as reached, or adds to the evidence of one that is: a day, a file or photograph, and a note. */
export function MilestoneReach({
  projectId,
  milestone,
  today,
  onClose,
}: {
  projectId: string;
  milestone: Milestone;
  today: string;
  onClose: () => void;
}) {
  const t = useText(text);
  const api = useClient(projects);
  const cache = useQueryClient();
  const { message } = App.useApp();
  const [reachedOn, setReachedOn] = useState(milestone.actual?.day ?? today);
  const [file, setFile] = useState<UploadedFile | null>(null);
  const [note, setNote] = useState('');
  const [isShown, setShown] = useState(false);
  const faults = {
    day: reachedOn === '' ? t.required : undefined,
    file: file ? undefined : t.evidenceFileNeeded,
    note: note.trim().length >= 2 ? undefined : t.evidenceNoteNeeded,
  };
  const save = useMutation({
    mutationFn: (fileId: string) =>
      api.reachMilestone({ id: projectId, milestoneId: milestone.id, reachedOn, fileId, note: note.trim() }),
    onSuccess: () => {
      void message.success(t.saved);
      void cache.invalidateQueries({ queryKey: ['projects'] });
      onClose();
    },
  });
  return (
    <Modal
      open
      title={milestone.actual ? t.addEvidence(milestone.name) : t.reachTitle(milestone.name)}
      okText={t.save}
      cancelText={t.cancel}
      okButtonProps={{ loading: save.isPending }}
      onOk={() => {
        setShown(true);
        if (file && !faults.day && !faults.note) save.mutate(file.id);
      }}
      onCancel={onClose}
    >
      <div className="stack">
        <Field label={t.reachedOn} error={isShown ? faults.day : undefined}>
          <Input
            type="date"
            value={reachedOn}
            max={today}
            disabled={milestone.actual !== null}
            aria-label={t.reachedOn}
            onChange={(event) => setReachedOn(event.target.value)}
          />
        </Field>
        <Field label={t.evidenceFile} group error={isShown ? faults.file : undefined} hint={file?.name}>
          <FileDrop accept=".jpg,.jpeg,.png,.webp,.pdf,.docx,.xlsx" onFile={setFile} hint={t.evidenceHint} />
        </Field>
        <Field label={t.evidenceNote} error={isShown ? faults.note : undefined}>
          <TextBox
            value={note}
            maxLength={500}
            placeholder={t.evidenceNotePlaceholder}
            aria-label={t.evidenceNote}
            onChange={(event) => setNote(event.target.value)}
          />
        </Field>
        {save.error && <ProblemView error={save.error} compact />}
      </div>
    </Modal>
  );
}
