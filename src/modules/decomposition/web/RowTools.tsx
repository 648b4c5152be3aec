import { Button, DatePicker, Modal } from 'antd';
import type dayjs from 'dayjs';
import { useId, useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { FormField } from '#core/web/ui/FormField.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { TextBox } from '#core/web/ui/TextBox.tsx';
import { decomposition, type Row, type RowState } from '../contract.ts';
import { PersonPick, UnitPick } from './Picks.tsx';
import * as text from './text.ts';
import { useRowCommand } from './use-decomposition.ts';

/** What can be done with several rows at once. */
export function BulkBar({
  documentId,
  selected,
  onDecide,
  onClear,
}: {
  documentId: string;
  selected: readonly Row[];
  onDecide: (ids: string[], state: RowState) => void;
  onClear: () => void;
}) {
  const t = useText(text);
  const id = useId();
  const leaderField = useId();
  const call = useClient(decomposition);
  const rowIds = selected.map((row) => row.id);
  const merge = useRowCommand(documentId, () => call.mergeRows({ id: documentId, rowIds }), onClear);
  const change = useRowCommand(documentId, (changes: { leadUnitId?: string; leaderId?: string; dueOn?: string }) =>
    call.changeRows({ id: documentId, rowIds, changes }),
  );
  const error = merge.error ?? change.error;
  return (
    <section className="dc-bulk" aria-label={t.selected(selected.length)}>
      <b>{t.selected(selected.length)}</b>
      <Button size="small" type="primary" onClick={() => onDecide(rowIds, 'accepted')}>
        {t.accept}
      </Button>
      <Button size="small" onClick={() => onDecide(rowIds, 'rejected')}>
        {t.reject}
      </Button>
      <Button
        size="small"
        disabled={selected.length < 2}
        loading={merge.isPending}
        onClick={() => merge.mutate(undefined)}
      >
        {t.merge}
      </Button>
      <label htmlFor={id}>{t.setLead}</label>
      <UnitPick id={id} value={null} onChange={(unit) => unit && change.mutate({ leadUnitId: unit.id })} />
      <label htmlFor={leaderField}>{t.setLeader}</label>
      <PersonPick
        id={leaderField}
        value={null}
        onChange={(person) => person && change.mutate({ leaderId: person.id })}
      />
      <DatePicker
        size="small"
        placeholder={t.setDue}
        aria-label={t.setDue}
        value={null}
        format="YYYY-MM-DD"
        onChange={(day: dayjs.Dayjs | null) => day && change.mutate({ dueOn: day.format('YYYY-MM-DD') })}
      />
      <Button size="small" type="text" onClick={onClear}>
        {t.clear}
      </Button>
      {error && <ProblemView error={error} compact />}
    </section>
  );
}

/** One row into several: a line each. The sentence is offered cut at its stops. */
export function SplitDialog({ documentId, row, onClose }: { documentId: string; row: Row; onClose: () => void }) {
  const t = useText(text);
  const call = useClient(decomposition);
  const offered = [row.title, row.target ?? '']
    .join('；')
    .split(/[；;。]/)
    .flatMap((part) => part.trim() || []);
  const [lines, setLines] = useState((offered.length > 1 ? offered : row.title.split(/[，,、]/)).join('\n'));
  const titles = lines.split('\n').flatMap((line) => line.trim() || []);
  const split = useRowCommand(
    documentId,
    () => call.splitRow({ id: documentId, rowId: row.id, version: row.version, titles }),
    onClose,
  );
  return (
    <Modal
      open
      title={t.splitTitle}
      okText={t.split}
      okButtonProps={{
        disabled: titles.length < 2 || titles.some((line) => line.length < 2),
        loading: split.isPending,
      }}
      onOk={() => split.mutate(undefined)}
      onCancel={onClose}
    >
      <FormField label={t.fields.title} hint={t.splitHint}>
        {(id) => (
          <TextBox
            id={id}
            minRows={4}
            maxRows={12}
            autoFocus
            value={lines}
            onChange={(e) => setLines(e.target.value)}
          />
        )}
      </FormField>
      {split.error && <ProblemView error={split.error} compact />}
    </Modal>
  );
}
