import { Button, Input } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { useText, useWords } from '#core/web/text.ts';
import { FormDrawer } from '#core/web/ui/FormDrawer.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import type { ReserveRules } from '../reserve.ts';
import type { ReserveRow } from '../shapes.ts';
import { useCommand } from './queries.ts';
import * as text from './text.ts';

/** One member of the pool: its checklist, and what maturity follows from it. */
export function MemberDrawer({
  member,
  rules,
  onClose,
}: {
  member: ReserveRow;
  rules: ReserveRules;
  onClose: () => void;
}) {
  const t = useText(text);
  const r = t.reserve;
  const words = useWords();
  const [editing, setEditing] = useState<string | null>(null);
  const [entry, setEntry] = useState('');
  const save = useCommand(
    (api, input: Parameters<typeof api.setItem>[0]) => api.setItem(input),
    () => {
      setEditing(null);
      setEntry('');
    },
  );
  const canEdit = member.allowed.includes('item');
  const done = new Map(member.done.map((item) => [item.item, item]));
  return (
    <FormDrawer
      title={member.name}
      error={null}
      fields={[]}
      isPending={false}
      onClose={onClose}
      above={
        <dl className="kv">
          <dt>{r.maturity}</dt>
          <dd>
            <b>{member.maturity}</b> <span className="muted">{r.computed}</span>
          </dd>
          <dt>{r.enteredOn}</dt>
          <dd>{member.enteredOn}</dd>
          <dt>{r.poolYear}</dt>
          <dd>
            {member.poolYear}{' '}
            <span className={member.state === 'lapsed' ? 'late' : 'muted'}>{r.states[member.state]}</span>
          </dd>
        </dl>
      }
      below={
        <>
          <h3 className="h2 life-acts">{r.checklist}</h3>
          <ul className="life-checks">
            {rules.checklist.map((item) => {
              const found = done.get(item.code);
              const isOpen = editing === item.code;
              return (
                <li key={item.code}>
                  <span>
                    {found ? '● ' : '○ '}
                    {words(item.name)}
                    {found && (
                      <span className="soft">
                        {' '}
                        {r.doneOn(found.doneOn)} {found.document}
                      </span>
                    )}
                  </span>
                  <span className="muted">{r.weight(item.weight)}</span>
                  {canEdit && (
                    <Button size="small" type="text" onClick={() => setEditing(isOpen ? null : item.code)}>
                      {found ? r.undo : r.markDone}
                    </Button>
                  )}
                  {isOpen && (
                    <form
                      className="life-bar"
                      onSubmit={(event) => {
                        event.preventDefault();
                        const said = entry.trim();
                        save.mutate({
                          id: member.projectId,
                          item: item.code,
                          isDone: !found,
                          ...(said && (found ? { reason: said } : { document: said })),
                        });
                      }}
                    >
                      <Input
                        value={entry}
                        maxLength={120}
                        aria-label={found ? r.undoWhy : r.document}
                        placeholder={found ? r.undoWhy : r.document}
                        onChange={({ target }) => setEntry(target.value)}
                      />
                      <Button size="small" type="primary" htmlType="submit" loading={save.isPending}>
                        {t.save}
                      </Button>
                    </form>
                  )}
                </li>
              );
            })}
          </ul>
          {save.error && <ProblemView compact error={save.error} />}
          <p className="life-acts">
            <Link to={`/projects/${member.projectId}#lifecycle`}>{r.toProject}</Link>
          </p>
          {member.allowed.includes('withdraw') && <p className="muted">{r.withdrawHint}</p>}
        </>
      }
    />
  );
}
