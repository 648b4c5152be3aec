import { Button, Input } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { openReasons } from '#core/shared/official-date.ts';
import { useClient } from '#core/web/client.ts';
import { useText, useWords } from '#core/web/text.ts';
import { DayField } from '#core/web/ui/DayField.tsx';
import { FormBody } from '#core/web/ui/FormDrawer.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { TextBox } from '#core/web/ui/TextBox.tsx';
import { decomposition, type Row, type RowChanges } from '../contract.ts';
import { quarterCodes } from '../proposal.ts';
import { type Named, PersonPick, UnitPick, UnitsPick } from './Picks.tsx';
import * as text from './text.ts';
import { useDecide, useRowCommand } from './use-decomposition.ts';

const named = (id: string | null, name: string | null): Named | null => (id === null ? null : { id, name: name ?? '' });
/** A name of the document that the register does not know: it stays in its place until somebody is chosen or it is cleared. */
const waiting = (text: string, note: string): Named => ({ id: `text:${text}`, name: `${text}（${note}）` });
const isWaiting = ({ id }: Named) => id.startsWith('text:');
const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** One row's fields, opened in its place in the table. Words of the document stand beside what was chosen for them. */
export function RowEditor({
  documentId,
  year,
  row,
  onClose,
}: {
  documentId: string;
  year: number;
  row: Row;
  onClose: () => void;
}) {
  const t = useText(text);
  const words = useWords();
  const call = useClient(decomposition);
  const decide = useDecide(documentId);
  const [title, setTitle] = useState(row.title);
  const [target, setTarget] = useState(row.target ?? '');
  const [lead, setLead] = useState(
    named(row.leadUnitId, row.leadName) ?? (row.leadText ? waiting(row.leadText, t.notFound) : null),
  );
  const [co, setCo] = useState<Named[]>(
    row.co.map((party) => named(party.unitId, party.name) ?? waiting(party.text, t.notFound)),
  );
  const [leader, setLeader] = useState(
    named(row.leaderId, row.leaderName) ?? (row.leaderText ? waiting(row.leaderText, t.notFound) : null),
  );
  const [handler, setHandler] = useState(row.handlerText ?? '');
  const [due, setDue] = useState(row.dueOn);
  const [goals, setGoals] = useState<Record<string, string>>(
    Object.fromEntries(row.goals.map((goal) => [goal.code, goal.title])),
  );
  const save = useRowCommand(
    documentId,
    (input: { andAccept: boolean; changes: RowChanges }) =>
      call.changeRow({ id: documentId, rowId: row.id, version: row.version, changes: input.changes }),
    (_, { andAccept }) => {
      if (andAccept) decide.mutate({ rowIds: [row.id], state: 'accepted' });
      onClose();
    },
  );
  /** Only what differs: what was not touched keeps the words and reasons of the document. */
  const changes = (): RowChanges => {
    const entered = quarterCodes.flatMap((code) => {
      const said = goals[code]?.trim();
      const known = row.goals.find((goal) => goal.code === code);
      return said ? [{ code, title: said, dueOn: known?.dueOn ?? quarterEnd(code, year) }] : [];
    });
    const coIds = co.filter((unit) => !isWaiting(unit)).map((unit) => unit.id);
    const coTexts = co.filter(isWaiting).map((unit) => unit.id.slice('text:'.length));
    const before = row.co.map((party) => party.unitId ?? `text:${party.text}`);
    return {
      ...(title.trim() !== row.title && { title: title.trim() }),
      ...((target.trim() || null) !== row.target && { target: target.trim() || null }),
      ...(!(lead && isWaiting(lead)) && (lead?.id ?? null) !== row.leadUnitId && { leadUnitId: lead?.id ?? null }),
      // Cleared: the words of the document go as well.
      ...(lead === null && row.leadText !== null && { leadUnitId: null }),
      ...(!same(
        co.map((unit) => unit.id),
        before,
      ) && { coUnitIds: coIds, coTexts }),
      ...(!(leader && isWaiting(leader)) && (leader?.id ?? null) !== row.leaderId && { leaderId: leader?.id ?? null }),
      ...(leader === null && row.leaderText !== null && { leaderId: null }),
      ...((handler.trim() || null) !== row.handlerText && { handlerText: handler.trim() || null }),
      ...(due !== row.dueOn && { dueOn: due }),
      ...(!same(entered, row.goals) && { goals: entered }),
    };
  };
  const isReady = title.trim().length >= 2;
  const dueHint = row.dueWords
    ? `${t.fields.fromText(row.dueWords)}${row.dueWhy ? `（${words(openReasons[row.dueWhy])}）` : ''}`
    : undefined;
  const box = useRef<HTMLDivElement>(null);
  // The last rows of the window open below its edge.
  // In braces: newer browsers answer with a promise, which React would take for the clean-up.
  useEffect(() => {
    void box.current?.scrollIntoView?.({ block: 'nearest' });
  }, []);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Esc is an extra; the button does the same
    <div ref={box} onKeyDown={(event) => event.key === 'Escape' && !event.defaultPrevented && onClose()}>
      <FormBody
        className="dc-editor"
        error={save.error}
        fields={[]}
        isReady={isReady}
        onSave={() => save.mutate({ andAccept: false, changes: changes() })}
      >
        <div className="dc-editor-grid">
          <div className="wide">
            <FormField label={t.fields.title}>
              {(id) => (
                <TextBox
                  id={id}
                  minRows={1}
                  maxRows={4}
                  autoFocus
                  value={title}
                  onChange={(e) => setTitle(e.target.value)}
                />
              )}
            </FormField>
          </div>
          <div className="wide">
            <FormField label={t.fields.target}>
              {(id) => (
                <TextBox id={id} minRows={1} maxRows={5} value={target} onChange={(e) => setTarget(e.target.value)} />
              )}
            </FormField>
          </div>
          <FormField label={t.fields.lead} hint={row.leadText ? t.fields.fromText(row.leadText) : undefined}>
            {(id) => <UnitPick id={id} value={lead} onChange={setLead} />}
          </FormField>
          <DayField label={t.fields.due} value={due} onChange={setDue} hint={dueHint} />
          <div className="wide">
            <FormField label={t.fields.co}>{(id) => <UnitsPick id={id} value={co} onChange={setCo} />}</FormField>
          </div>
          <FormField
            label={t.fields.leader}
            hint={row.leaderText ? t.fields.fromText(row.leaderText) : t.fields.leaderHint}
          >
            {(id) => <PersonPick id={id} value={leader} onChange={setLeader} />}
          </FormField>
          <FormField label={t.fields.handler}>
            {(id) => <Input id={id} value={handler} maxLength={60} onChange={(e) => setHandler(e.target.value)} />}
          </FormField>
          {quarterCodes.map((code) => (
            <FormField key={code} label={t.quarter[code]}>
              {(id) => (
                <Input
                  id={id}
                  value={goals[code] ?? ''}
                  maxLength={500}
                  onChange={(e) => setGoals({ ...goals, [code]: e.target.value })}
                />
              )}
            </FormField>
          ))}
        </div>
        <div className="form-foot">
          <Button onClick={onClose}>{t.fields.cancel}</Button>
          <Button htmlType="submit" loading={save.isPending} disabled={!isReady}>
            {t.fields.save}
          </Button>
          <Button
            type="primary"
            loading={save.isPending}
            disabled={!isReady}
            onClick={() => save.mutate({ andAccept: true, changes: changes() })}
          >
            {t.fields.saveAccept}
          </Button>
        </div>
      </FormBody>
    </div>
  );
}

const quarterEnd = (code: string, year: number): string =>
  `${year}-${{ Q1: '03-31', Q2: '06-30', Q3: '09-30', Q4: '12-31' }[code] ?? '12-31'}`;
