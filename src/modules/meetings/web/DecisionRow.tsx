import { Button, DatePicker } from 'antd';
import dayjs from 'dayjs';
import { useId, useState } from 'react';
import { useText, useWords } from '#core/web/text.ts';
import { TextBox } from '#core/web/ui/TextBox.tsx';
import type { Decision, MeetingView } from '../shapes.ts';
import * as text from './text.ts';
import { UnitPick } from './UnitPick.tsx';
import { useAct } from './use-meeting.ts';

interface Changes {
  title?: string;
  leadUnitId?: string | null;
  coUnitIds?: string[];
  dueOn?: string | null;
  isDropped?: boolean;
}

/** A decision with what its words named; what they did not is asked for, and all of it can be corrected in place. */
export function DecisionRow({ meeting, decision: d }: { meeting: MeetingView; decision: Decision }) {
  const t = useText(text);
  const words = useWords();
  const { run, isPending } = useAct();
  const [isEdit, setEdit] = useState(false);
  const leadId = useId();
  const coId = useId();
  const dueId = useId();
  const [title, setTitle] = useState(d.title);
  const canChange =
    meeting.allowed.includes('minute') || (meeting.state === 'circulated' && meeting.allowed.includes('answer'));
  const set = (changes: Changes) =>
    void run((api) => api.editDecision({ id: meeting.id, decisionId: d.id, version: d.version, ...changes })).catch(
      () => {},
    );
  if (d.isDropped)
    return (
      <li className="mtg-decision" data-dropped>
        <p>
          <s>{d.title}</s> <span className="muted">{t.dropped}</span>
          {canChange && (
            <Button size="small" type="link" onClick={() => set({ isDropped: false })}>
              {t.restore}
            </Button>
          )}
        </p>
      </li>
    );
  return (
    <li className="mtg-decision">
      {isEdit ? (
        <TextBox
          aria-label={t.decisions}
          value={title}
          autoFocus
          onChange={(e) => setTitle(e.target.value)}
          onBlur={() => {
            setEdit(false);
            if (title.trim().length >= 2 && title.trim() !== d.title) set({ title: title.trim() });
          }}
        />
      ) : (
        <p>
          <b className="num">{d.no}</b>{' '}
          {canChange ? (
            <button type="button" className="mtg-words" onClick={() => setEdit(true)}>
              {d.title}
            </button>
          ) : (
            d.title
          )}
        </p>
      )}
      <div className="mtg-chips">
        <label htmlFor={leadId}>{t.lead}</label>
        <span data-open={d.leadUnit === null}>
          <UnitPick
            key={d.leadUnit?.id}
            id={leadId}
            value={d.leadUnit?.id ?? null}
            name={d.leadUnit?.name}
            placeholder={t.unitMissing}
            onChange={(leadUnitId) => set({ leadUnitId })}
          />
        </span>
        <label htmlFor={dueId}>{t.due}</label>
        <span data-open={d.dueOn === null}>
          <DatePicker
            id={dueId}
            size="small"
            format="YYYY-MM-DD"
            placeholder={t.dueMissing}
            minDate={dayjs(meeting.heldOn)}
            value={d.dueOn ? dayjs(d.dueOn) : null}
            onChange={(day) => set({ dueOn: day ? day.format('YYYY-MM-DD') : null })}
          />
        </span>
        <label htmlFor={coId}>{t.co}</label>
        <span>
          {d.coUnits.map((unit) => (
            <button
              type="button"
              key={unit.id}
              className="chip on"
              aria-label={`${t.remove} ${unit.name}`}
              disabled={isPending}
              onClick={() => set({ coUnitIds: d.coUnits.filter((one) => one.id !== unit.id).map((one) => one.id) })}
            >
              {unit.name} ✕
            </button>
          ))}
          <UnitPick
            key={d.version}
            id={coId}
            value={null}
            placeholder={t.addCo}
            onChange={(unitId) => unitId && set({ coUnitIds: [...d.coUnits.map((one) => one.id), unitId] })}
          />
        </span>
      </div>
      {d.leadUnit === null && d.unknown.length > 0 && (
        <p className="warn">{t.unknownUnit(d.unknown.join(t.listSign))}</p>
      )}
      {d.dueOn === null && d.dueWords && d.dueOpen && <p className="warn">{t.dueOpen(d.dueWords, words(d.dueOpen))}</p>}
      {canChange && (
        <Button size="small" type="text" onClick={() => set({ isDropped: true })}>
          {t.drop}
        </Button>
      )}
    </li>
  );
}
