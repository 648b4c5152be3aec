import { Input, InputNumber, Select } from 'antd';
import { useEffect, useState } from 'react';
import { useText } from '#core/web/text.ts';
import { Field } from '#core/web/ui/Field.tsx';
import { setTask } from '../edit.ts';
import { linkText, readLinks } from '../link-text.ts';
import { type ConstraintKind, type Content, constraintKinds, type Task } from '../shapes.ts';
import * as text from './text.ts';

/** Everything about one task of the draft in fields: what dragging does, by keyboard, and what it cannot do. */
export function TaskFields({
  content,
  task,
  isSummary,
  onChange,
}: {
  content: Content;
  task: Task;
  isSummary: boolean;
  onChange: (content: Content) => void;
}) {
  const t = useText(text);
  const [links, setLinks] = useState(() => linkText(task.links, content.tasks));
  const [name, setName] = useState(task.name);
  const shown = linkText(task.links, content.tasks);
  useEffect(() => setLinks(shown), [shown]);
  useEffect(() => setName(task.name), [task.name]);
  const read = readLinks(links, content.tasks);
  const set = (part: Partial<Task>) => onChange(setTask(content, task.uid, part));
  const takeLinks = () => {
    if (read.links && linkText(read.links, content.tasks) !== shown) set({ links: read.links });
  };
  const kind = task.constraint?.kind ?? 'none';
  return (
    <div className="task-fields">
      <Field label={t.name}>
        {(id) => (
          <Input
            id={id}
            value={name}
            maxLength={120}
            onChange={(event) => setName(event.target.value)}
            onBlur={() =>
              name.trim() === '' ? setName(task.name) : name.trim() !== task.name && set({ name: name.trim() })
            }
            onPressEnter={(event) => event.currentTarget.blur()}
          />
        )}
      </Field>
      {!isSummary && (
        <Field label={t.days} hint={<small className="muted"> {t.daysHint}</small>}>
          {(id) => (
            <InputNumber
              id={id}
              value={task.days}
              min={0}
              max={5000}
              precision={0}
              onChange={(days) => days !== null && set({ days })}
            />
          )}
        </Field>
      )}
      <Field
        label={t.links}
        hint={
          <small className={read.links ? 'muted' : 'late'}>
            {' '}
            {read.links ? t.linksHint : t.linksWrong(read.wrong)}
          </small>
        }
      >
        {(id) => (
          <Input
            id={id}
            value={links}
            status={read.links ? '' : 'error'}
            onChange={(event) => setLinks(event.target.value)}
            onBlur={takeLinks}
            onPressEnter={takeLinks}
          />
        )}
      </Field>
      <Field label={t.constraint}>
        {(id) => (
          <span className="task-constraint">
            <Select
              id={id}
              value={kind}
              options={(['none', ...constraintKinds] as const).map((one) => ({
                value: one,
                label: t.constraints[one],
              }))}
              onChange={(next: ConstraintKind | 'none') =>
                set({
                  constraint:
                    next === 'none'
                      ? null
                      : { kind: next, day: task.constraint?.day ?? content.start ?? content.promised ?? '2021-01-01' },
                })
              }
            />
            {task.constraint && (
              <Input
                type="date"
                aria-label={`${t.constraint} ${t.constraints[kind]}`}
                value={task.constraint.day}
                onChange={(event) =>
                  event.target.value !== '' &&
                  set({ constraint: { kind: task.constraint!.kind, day: event.target.value } })
                }
              />
            )}
          </span>
        )}
      </Field>
      <Field label={t.deadline}>
        {(id) => (
          <Input
            id={id}
            type="date"
            value={task.deadline ?? ''}
            onChange={(event) => set({ deadline: event.target.value || null })}
          />
        )}
      </Field>
      <Field label={t.unit}>
        {(id) => (
          <Input
            id={id}
            defaultValue={task.unit ?? ''}
            maxLength={60}
            onBlur={(event) =>
              (event.target.value.trim() || null) !== task.unit && set({ unit: event.target.value.trim() || null })
            }
          />
        )}
      </Field>
      <Field label={t.note}>
        {(id) => (
          <Input.TextArea
            id={id}
            rows={2}
            defaultValue={task.note ?? ''}
            maxLength={1000}
            onBlur={(event) =>
              (event.target.value.trim() || null) !== task.note && set({ note: event.target.value.trim() || null })
            }
          />
        )}
      </Field>
    </div>
  );
}
