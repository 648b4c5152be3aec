import { App, Button, Input, Segmented, Select } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import { useText, useWords } from '#core/web/text.ts';
import { addTask, removeTask, shiftLevel, shiftPlace } from '../edit.ts';
import type { CalendarKind, Content } from '../shapes.ts';
import { tasksOf, templateFor, templates } from '../templates.ts';
import * as text from './text.ts';
import type { ScheduleDraft } from './use-schedule-draft.ts';

/** Tools of the draft: how it is planned, the order of its tasks, undo, templates. `children` stand at the end: saving and fixing. */
export function DraftBar({
  draft,
  selected,
  nextUid,
  projectWords,
  onChange,
  onSelect,
  onImport,
  children,
}: {
  draft: ScheduleDraft;
  selected: number | null;
  /** A uid that no task has had. */
  nextUid: number;
  /** The project's name and board, for the template that fits. */
  projectWords: string;
  onChange: (content: Content) => void;
  onSelect: (uid: number | null) => void;
  onImport: () => void;
  children: ReactNode;
}) {
  const t = useText(text);
  const words = useWords();
  const { message } = App.useApp();
  const { content } = draft;
  const [suggested] = useState(() => templateFor(projectWords).code);
  const isSelected = selected !== null && content.tasks.some((task) => task.uid === selected);
  const onSelected = (label: string, act: (uid: number) => Content) => (
    <Button size="small" disabled={!isSelected} onClick={() => selected !== null && onChange(act(selected))}>
      {label}
    </Button>
  );
  return (
    <div className="draft-bar">
      <div className="draft-line">
        <Segmented<Content['direction']>
          aria-label={t.direction}
          size="small"
          value={content.direction}
          options={[
            { value: 'backward', label: <span title={t.backwardHint}>{t.backward}</span> },
            { value: 'forward', label: <span title={t.forwardHint}>{t.forward}</span> },
          ]}
          onChange={(direction: Content['direction']) => onChange({ ...content, direction })}
        />
        <DayBox
          label={t.start}
          value={content.start}
          isOff={content.direction === 'backward'}
          onChange={(start) => onChange({ ...content, start })}
        />
        <DayBox
          label={t.promised}
          value={content.promised}
          onChange={(promised) => onChange({ ...content, promised })}
        />
        <Select
          aria-label={t.calendar}
          size="small"
          value={content.calendar}
          options={(['city', 'everyDay', ...(content.own ? (['own'] as const) : [])] as const).map((kind) => ({
            value: kind,
            label: kind === 'own' && content.own ? t.importOwn(content.own.name) : t.calendars[kind],
          }))}
          onChange={(calendar: CalendarKind) => onChange({ ...content, calendar })}
        />
        <span className="draft-end">{children}</span>
      </div>
      <div className="draft-line">
        <Button size="small" disabled={!draft.undo} onClick={() => draft.undo?.()} title="Ctrl+Z">
          {t.undo}
        </Button>
        <Button size="small" disabled={!draft.redo} onClick={() => draft.redo?.()} title="Ctrl+Y">
          {t.redo}
        </Button>
        <Button
          size="small"
          onClick={() => {
            onChange(addTask(content, selected, nextUid, t.newTask));
            onSelect(nextUid);
          }}
        >
          {t.addTask}
        </Button>
        <Button
          size="small"
          disabled={!isSelected}
          onClick={() => {
            onChange(removeTask(content, selected!));
            onSelect(null);
          }}
        >
          {t.remove}
        </Button>
        {onSelected(t.outdent, (uid) => shiftLevel(content, uid, -1))}
        {onSelected(t.indent, (uid) => shiftLevel(content, uid, 1))}
        {onSelected(t.moveUp, (uid) => shiftPlace(content, uid, -1))}
        {onSelected(t.moveDown, (uid) => shiftPlace(content, uid, 1))}
        <Select
          aria-label={t.template}
          size="small"
          className="draft-template"
          placeholder={t.template}
          value={null}
          options={[...templates]
            // What fits the project's name stands first.
            .sort((a, b) => Number(b.code === suggested) - Number(a.code === suggested))
            .map((one) => ({ value: one.code, label: words(one.name) }))}
          onChange={(code: string | null) => {
            const template = templates.find((one) => one.code === code);
            if (!template) return;
            if (content.tasks.length > 0) void message.info(t.templateReplace);
            onChange({ ...content, tasks: tasksOf(template, nextUid) });
            onSelect(null);
          }}
        />
        <Button size="small" onClick={onImport}>
          {t.importFile}
        </Button>
        <span className="muted draft-hint">{t.dragHint}</span>
      </div>
    </div>
  );
}

function DayBox({
  label,
  value,
  isOff = false,
  onChange,
}: {
  label: string;
  value: string | null;
  isOff?: boolean;
  onChange: (day: string | null) => void;
}) {
  const id = useId();
  return (
    <span className="day-box">
      <label htmlFor={id}>{label}</label>
      <Input
        id={id}
        size="small"
        type="date"
        disabled={isOff}
        value={value ?? ''}
        onChange={(event) => onChange(event.target.value || null)}
      />
    </span>
  );
}
