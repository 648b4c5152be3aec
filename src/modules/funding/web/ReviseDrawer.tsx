import { Drawer, Input, Radio, Select } from 'antd';
import { useState } from 'react';
import { useLanguage, useText } from '#core/web/text.ts';
import { DayField } from '#core/web/ui/DayField.tsx';
import { drawerMask, FormDrawer } from '#core/web/ui/FormDrawer.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { yi, yiUnit } from '#core/web/ui/format.ts';
import { fieldSentence } from '#core/web/ui/Problem.tsx';
import { changeAgainstFirst, kindsOf, type RevisionKind, type RevisionTrack, revisionTracks } from '../investment.ts';
import type { ProjectFunding } from '../shapes.ts';
import { emptyMoney, type MoneyEntry, MoneyInput, readMoney } from './MoneyInput.tsx';
import { useCommand } from './queries.ts';
import { shareText } from './RateFigures.tsx';
import * as text from './text.ts';

/** The total investment and the agreement: every value so far, and for those who may, the next one. */
export function ReviseDrawer({ money, today, onClose }: { money: ProjectFunding; today: string; onClose: () => void }) {
  const t = useText(text);
  if (!money.allowed.includes('revise'))
    return (
      <Drawer open title={t.revision.title} size={520} styles={{ mask: drawerMask }} onClose={onClose}>
        <Values money={money} />
      </Drawer>
    );
  return <Revise money={money} today={today} onClose={onClose} />;
}

function Revise({ money, today, onClose }: { money: ProjectFunding; today: string; onClose: () => void }) {
  const t = useText(text);
  const r = t.revision;
  const [track, setTrack] = useState<RevisionTrack>('total');
  const [kind, setKind] = useState<RevisionKind>('adjusted');
  const [amount, setAmount] = useState<MoneyEntry>({ ...emptyMoney, unit: '亿元' });
  const [decidedOn, setDecidedOn] = useState(today);
  const [texts, setTexts] = useState({ document: '', reason: '', approver: '' });
  const [isShown, setShown] = useState(false);
  const save = useCommand((api, sent: Parameters<typeof api.revise>[0]) => api.revise(sent), onClose);
  const read = readMoney(amount);
  const fault = (field: keyof typeof texts | 'kind' | 'decidedOn') =>
    isShown && field in texts && texts[field as keyof typeof texts].trim().length < (field === 'reason' ? 2 : 1)
      ? t.entry.missing
      : fieldSentence(save.error, field);
  return (
    <FormDrawer
      title={r.title}
      error={save.error}
      fields={['kind', 'decidedOn', 'reason', 'document', 'approver']}
      isPending={save.isPending}
      onClose={onClose}
      onSave={() => {
        setShown(true);
        const said = { document: texts.document.trim(), reason: texts.reason.trim(), approver: texts.approver.trim() };
        if (read.yuan === null || said.reason.length < 2 || !said.document || !said.approver) return;
        save.mutate({ id: money.projectId, track, kind, yuan: read.yuan, decidedOn, ...said });
      }}
      below={<Values money={money} />}
    >
      <FormField label={r.track}>
        {() => (
          <Radio.Group
            value={track}
            optionType="button"
            options={revisionTracks.map((value) => ({ value, label: r.tracks[value] }))}
            onChange={(event) => {
              const next = event.target.value as RevisionTrack;
              setTrack(next);
              setKind(kindsOf[next].includes('adjusted') ? 'adjusted' : kindsOf[next][0]!);
            }}
          />
        )}
      </FormField>
      <FormField label={r.amount}>
        {(id) => (
          <MoneyInput
            id={id}
            value={amount}
            onChange={setAmount}
            fault={isShown && read.fault === 'empty' ? t.entry.missing : undefined}
          />
        )}
      </FormField>
      <div className="form-pair">
        {kindsOf[track].length > 1 && (
          <FormField label={r.kind} fault={fault('kind')}>
            {(id) => (
              <Select
                id={id}
                value={kind}
                options={kindsOf[track].map((value) => ({ value, label: r.kinds[value] }))}
                onChange={setKind}
              />
            )}
          </FormField>
        )}
        <DayField
          label={r.day}
          value={decidedOn}
          to={today}
          fault={fault('decidedOn')}
          onChange={(day) => setDecidedOn(day ?? '')}
        />
      </div>
      {(['document', 'approver', 'reason'] as const).map((field) => (
        <FormField key={field} label={r[field]} fault={fault(field)}>
          {(id) => (
            <Input
              id={id}
              value={texts[field]}
              maxLength={field === 'approver' ? 60 : 300}
              onChange={(event) => setTexts({ ...texts, [field]: event.target.value })}
            />
          )}
        </FormField>
      ))}
    </FormDrawer>
  );
}

/** All values of both tracks, newest first, each against the first. */
function Values({ money }: { money: ProjectFunding }) {
  const t = useText(text);
  const r = t.revision;
  const language = useLanguage();
  return revisionTracks.map((track) => {
    const of = money.revisions.filter((revision) => revision.track === track);
    if (of.length === 0) return null;
    return (
      <section key={track} className="funding-values">
        <h3 className="funding-h3">
          {r.tracks[track]} <small className="muted">{yiUnit(language)}</small>
        </h3>
        <table className="plain">
          <thead>
            <tr>
              <th className="num">{r.head.value}</th>
              <th className="num">{r.head.change}</th>
              <th>{r.head.basis}</th>
            </tr>
          </thead>
          <tbody>
            {of.toReversed().map((revision) => {
              const change = changeAgainstFirst([of[0]!, revision])!;
              return (
                <tr key={revision.id}>
                  <td className="num">{yi(revision.yuan, language)}</td>
                  <td className="num nowrap">
                    {revision.seq === 1 ? r.first : shareText(change.changeYuan, change.firstYuan)}
                  </td>
                  <td>
                    {r.kinds[revision.kind]} {revision.decidedOn} {revision.document}
                    <small className="muted">
                      {' '}
                      {[revision.reason, revision.approver, revision.actorName].filter(Boolean).join(' · ')}
                    </small>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
    );
  });
}
