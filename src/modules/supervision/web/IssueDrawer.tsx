import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Segmented } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useCan, useSession } from '#core/web/session.tsx';
import { useText, useWords } from '#core/web/text.ts';
import { DayField } from '#core/web/ui/DayField.tsx';
import { FormDrawer } from '#core/web/ui/FormDrawer.tsx';
import { count } from '#core/web/ui/format.ts';
import { fieldSentence } from '#core/web/ui/Problem.tsx';
import { supervision } from '../contract.ts';
import { colourWords, type SheetColour } from '../rule-sets.ts';
import type { ProposalRow } from '../shapes.ts';
import { Colour } from './Colour.tsx';
import { LeaderField } from './LeaderFields.tsx';
import * as text from './text.ts';

/** What will go out, one line each; red ones ask for the leader who agreed. */
export function IssueDrawer({
  rows,
  onClose,
  onDone,
}: {
  rows: readonly ProposalRow[];
  onClose: () => void;
  onDone: () => void;
}) {
  const t = useText(text);
  const words = useWords();
  const { today } = useSession();
  const can = useCan();
  const api = useClient(supervision);
  const cache = useQueryClient();
  const { message } = App.useApp();
  const [colours, setColours] = useState<Record<string, SheetColour>>({});
  const [leaderId, setLeaderId] = useState<string | null>(null);
  const [on, setOn] = useState<string | null>(today);
  const colourOf = (row: ProposalRow) => colours[row.matter.id] ?? row.colour;
  const unapproved = rows.filter((row) => colourOf(row) === 'red' && row.approval === null).length;
  const needsLeader = unapproved > 0 && can('supervision.approve');
  const send = useMutation({
    mutationFn: () =>
      api.issue({
        items: rows.map((row) => ({ matterId: row.matter.id, colour: colourOf(row) })),
        ...(needsLeader && leaderId && on && { approval: { leaderId, on } }),
      }),
    onSuccess: async ({ done, refused }) => {
      await cache.invalidateQueries({ queryKey: ['supervision'] });
      await cache.invalidateQueries({ queryKey: ['ledger'] });
      if (done.length > 0) void message.success(t.issueOk(count(done.length)));
      for (const one of refused.slice(0, 3)) void message.warning(`${one.no ?? ''} ${words(one.reason)}`.trim(), 6);
      onDone();
    },
  });
  return (
    <FormDrawer
      title={t.issueTitle}
      help={t.issueHelp}
      error={send.error}
      fields={['leaderId', 'on']}
      isReady={rows.length > 0 && (!needsLeader || (leaderId !== null && on !== null))}
      isPending={send.isPending}
      saveWords={t.issueChosen(count(rows.length))}
      onSave={() => send.mutate()}
      onClose={onClose}
    >
      <ul className="sv-going">
        {rows.map((row) => (
          <li key={row.matter.id}>
            <Colour value={colourOf(row)} />
            <div>
              <b>{row.matter.title}</b>
              <small>
                {row.matter.leadUnit?.name ?? t.noUnit} · {words(row.why)}
              </small>
              {row.choices.length > 1 && (
                <span className="sv-start">
                  {t.startAt}
                  <Segmented
                    size="small"
                    value={colourOf(row)}
                    options={row.choices.map((value) => ({ value, label: words(colourWords[value]) }))}
                    onChange={(value) => setColours((before) => ({ ...before, [row.matter.id]: value }))}
                  />
                </span>
              )}
            </div>
          </li>
        ))}
      </ul>
      {unapproved > 0 && <p className="sv-red-note">{t.redNeeds(count(unapproved))}</p>}
      {needsLeader && (
        <div className="form-pair">
          <LeaderField value={leaderId} fault={fieldSentence(send.error, 'leaderId')} onChange={setLeaderId} />
          <DayField
            label={t.approvedOn}
            value={on}
            to={today}
            fault={fieldSentence(send.error, 'on')}
            onChange={setOn}
          />
        </div>
      )}
    </FormDrawer>
  );
}
