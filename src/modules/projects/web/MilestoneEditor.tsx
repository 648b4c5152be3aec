import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useText, useWords } from '#core/web/text.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { type Project, projects } from '../contract.ts';
import { milestoneTemplateFor, milestoneTemplates, nodesFrom } from '../milestone-templates.ts';
import { DateField, Field } from './fields.tsx';
import { readDateEntry } from './form-draft.ts';
import { showDate } from './show.ts';
import * as text from './text.ts';

interface Line {
  key: string;
  id?: string;
  name: string;
  due: string;
  actual: string;
}

/** Names, current and actual dates of all milestones in one window. Originals are not here: nothing changes them. */
export function MilestoneEditor({ project, onClose }: { project: Project; onClose: () => void }) {
  const t = useText(text);
  const api = useClient(projects);
  const cache = useQueryClient();
  const { message } = App.useApp();
  const [reason, setReason] = useState('');
  const [lines, setLines] = useState<Line[]>(() =>
    project.milestones.map((m) => ({
      key: m.id,
      id: m.id,
      name: m.name,
      due: showDate(m.due),
      actual: showDate(m.actual),
    })),
  );
  const [isShown, setShown] = useState(false);
  const words = useWords();
  const [start, finish] = [(project.startActual ?? project.startPlanned)?.day, project.finishPlanned?.day];
  const suggested = milestoneTemplateFor([project.name, project.board, project.content].join(' ')).code;
  const take = (code: string) => {
    const template = milestoneTemplates.find((one) => one.code === code)!;
    setLines(
      nodesFrom(template, start ?? null, finish ?? null).map((node, i) => ({
        key: `${code} ${i}`,
        name: node.name,
        due: node.due ?? '',
        actual: '',
      })),
    );
  };
  const change = (key: string, part: Partial<Line>) =>
    setLines((now) => now.map((line) => (line.key === key ? { ...line, ...part } : line)));
  const read = lines.map((line) => ({ line, due: readDateEntry(line.due, t), actual: readDateEntry(line.actual, t) }));
  const isWrong = read.some(({ line, due, actual }) => line.name.trim() === '' || due.fault || actual.fault);
  const save = useMutation({
    mutationFn: () =>
      api.setMilestones({
        id: project.id,
        milestones: read.map(({ line, due, actual }) => ({
          ...(line.id && { id: line.id }),
          name: line.name.trim(),
          due: due.date,
          actual: actual.date,
        })),
        ...(reason.trim() && { reason: reason.trim() }),
      }),
    onSuccess: () => {
      void message.success(t.saved);
      void cache.invalidateQueries({ queryKey: ['projects'] });
      onClose();
    },
  });
  return (
    <Modal
      open
      width={760}
      title={t.editMilestones}
      onCancel={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t.cancel}</Button>
          <Button
            type="primary"
            loading={save.isPending}
            onClick={() => {
              setShown(true);
              if (!isWrong) save.mutate();
            }}
          >
            {t.save}
          </Button>
        </>
      }
    >
      <div className="stack">
        {project.milestones.length === 0 && (
          <Field
            label={t.milestoneTemplate}
            hint={t.milestoneTemplateHint(start !== undefined && finish !== undefined)}
          >
            <Select
              aria-label={t.milestoneTemplate}
              placeholder={t.milestoneTemplate}
              options={[...milestoneTemplates]
                // What fits the project's name stands first.
                .sort((a, b) => Number(b.code === suggested) - Number(a.code === suggested))
                .map((one) => ({ value: one.code, label: words(one.name) }))}
              onChange={take}
            />
          </Field>
        )}
        {read.map(({ line, due, actual }) => (
          <div key={line.key} className="milestone-line">
            <Field label={t.milestoneHead.name} error={isShown && line.name.trim() === '' ? t.required : undefined}>
              <Input
                value={line.name}
                maxLength={120}
                aria-label={t.milestoneHead.name}
                onChange={(event) => change(line.key, { name: event.target.value })}
              />
            </Field>
            <DateField
              label={t.milestoneHead.due}
              value={line.due}
              fault={due.fault}
              onChange={(value) => change(line.key, { due: value })}
            />
            <DateField
              label={t.milestoneHead.actual}
              value={line.actual}
              fault={actual.fault}
              onChange={(value) => change(line.key, { actual: value })}
            />
            <Button
              size="small"
              type="text"
              onClick={() => setLines((now) => now.filter((other) => other.key !== line.key))}
            >
              {t.removeMilestone}
            </Button>
          </div>
        ))}
        <div>
          <Button
            size="small"
            onClick={() =>
              setLines((now) => [...now, { key: `new ${now.length} ${Date.now()}`, name: '', due: '', actual: '' }])
            }
          >
            {t.addMilestone}
          </Button>
        </div>
        <Field label={t.reason} hint={t.reasonWhy}>
          <Input
            value={reason}
            maxLength={300}
            aria-label={t.reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </Field>
        {save.error && <ProblemView error={save.error} compact />}
      </div>
    </Modal>
  );
}
