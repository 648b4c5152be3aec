import { Button, Checkbox, Modal, Radio } from 'antd';
import { type DragEvent, useRef, useState } from 'react';
import { useText, useWords } from '#core/web/text.ts';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { axisFor } from '../day-axis.ts';
import type { ImportedSchedule } from '../mspdi-read.ts';
import { planOf } from '../plan.ts';
import { problemWords } from '../problem-words.ts';
import type { CityDays, Content, Progress } from '../shapes.ts';
import * as text from './text.ts';

/** Reads a file of MS Project on this device, shows what it holds and what could not be taken as it is, then puts it into the draft. */
export function ImportForm({
  city,
  canProgress,
  onTake,
  onClose,
}: {
  city: CityDays;
  canProgress: boolean;
  onTake: (content: Content, progress: Progress[]) => void;
  onClose: () => void;
}) {
  const t = useText(text);
  const words = useWords();
  const input = useRef<HTMLInputElement>(null);
  const [found, setFound] = useState<ImportedSchedule | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const [isOwn, setOwn] = useState(true);
  const [withProgress, setWithProgress] = useState(true);
  const read = async (file: File | undefined) => {
    if (!file) return;
    setFound(null);
    // The reader of XML comes only when somebody has a file.
    const { maxXmlBytes, readMspdi, UnreadableFile } = await import('../mspdi-read.ts');
    try {
      setRefused(null);
      setFound(
        readMspdi(file.size > maxXmlBytes * 2 ? '<'.repeat(maxXmlBytes + 1) : decoded(await file.arrayBuffer())),
      );
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      setRefused(words(error.words));
    }
  };
  const content = found && {
    ...found.content,
    ...(isOwn && found.content.own ? {} : { calendar: 'city' as const, own: null }),
  };
  const plan = content && planOf(content, axisFor(content, city));
  return (
    <Modal
      open
      width={680}
      title={t.importTitle}
      okText={t.importTake}
      cancelText={t.cancel}
      okButtonProps={{ disabled: !content }}
      onOk={() => content && onTake(content, withProgress && canProgress ? found.progress : [])}
      onCancel={onClose}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra; the button does the same */}
      <div
        className="drop"
        onDragOver={(event: DragEvent) => event.preventDefault()}
        onDrop={(event: DragEvent) => {
          event.preventDefault();
          void read(event.dataTransfer.files[0]);
        }}
      >
        <p>{t.importHint}</p>
        <Button onClick={() => input.current?.click()}>{t.importChoose}</Button>
        <input
          ref={input}
          type="file"
          hidden
          accept=".xml"
          aria-label={t.importChoose}
          onChange={(event) => {
            void read(event.target.files?.[0]);
            event.target.value = '';
          }}
        />
        {refused && <p role="alert">{refused}</p>}
      </div>
      {content && plan && (
        <div className="task-fields import-found">
          <p>
            <b>{found.name}</b>
            <br />
            {t.importFound(
              content.tasks.length,
              content.tasks.reduce((sum, task) => sum + task.links.length, 0),
              content.tasks.filter((task, i) => task.days === 0 && (content.tasks[i + 1]?.level ?? 0) <= task.level)
                .length,
            )}
          </p>
          {plan.plan ? (
            <p>{t.importSpan(plan.plan.start, plan.plan.finish)}</p>
          ) : (
            <p role="alert" className="late">
              {words(problemWords(plan.problem, content.tasks))}
            </p>
          )}
          {found.content.own && (
            <Radio.Group
              aria-label={t.importCalendar}
              value={isOwn}
              options={[
                { value: true, label: t.importOwn(found.content.own.name) },
                { value: false, label: t.calendars.city },
              ]}
              onChange={(event) => setOwn(event.target.value as boolean)}
            />
          )}
          {canProgress && found.progress.length > 0 && (
            <Checkbox checked={withProgress} onChange={(event) => setWithProgress(event.target.checked)}>
              {t.importProgress(found.progress.length)}
            </Checkbox>
          )}
          {found.notes.length === 0 ? (
            <p className="muted">{t.importNoNotes}</p>
          ) : (
            <details open={found.notes.length < 12}>
              <summary>{t.importNotes(found.notes.length)}</summary>
              <ul className="import-notes">
                {found.notes.map((note, i) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a list that is read once
                  <li key={i}>
                    {note.task && <b>{note.task} </b>}
                    {words(note.words)}
                  </li>
                ))}
              </ul>
            </details>
          )}
          <ScrollX label={t.importTitle}>
            <table className="plain">
              <thead>
                <tr>
                  <th>{t.task}</th>
                  <th className="num">{t.head.days}</th>
                  <th>{t.head.start}</th>
                  <th>{t.head.finish}</th>
                </tr>
              </thead>
              <tbody>
                {content.tasks.slice(0, 200).map((task) => {
                  const dates = plan.plan?.tasks.get(task.uid);
                  return (
                    <tr key={task.uid}>
                      <td style={{ paddingLeft: `${task.level * 0.75}rem` }}>{task.name}</td>
                      <td className="num">{task.days || ''}</td>
                      <td>{dates?.start}</td>
                      <td>{dates?.finish}</td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </ScrollX>
          <p className="muted">{t.importReplace}</p>
        </div>
      )}
    </Modal>
  );
}

/** Project writes UTF-8; other programs UTF-16, which says so with its first two bytes. */
function decoded(bytes: ArrayBuffer): string {
  const [a, b] = new Uint8Array(bytes.slice(0, 2));
  const encoding = a === 0xff && b === 0xfe ? 'utf-16le' : a === 0xfe && b === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}
