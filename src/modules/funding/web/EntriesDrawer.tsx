import { useQuery } from '@tanstack/react-query';
import { Drawer, Input } from 'antd';
import { useState } from 'react';
import { urlOf, useClient } from '#core/web/client.ts';
import { useLanguage, useText } from '#core/web/text.ts';
import { DayField } from '#core/web/ui/DayField.tsx';
import { drawerMask, FormDrawer } from '#core/web/ui/FormDrawer.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { moment, yiWithUnit } from '#core/web/ui/format.ts';
import { fieldSentence, ProblemView } from '#core/web/ui/Problem.tsx';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { TextBox } from '#core/web/ui/TextBox.tsx';
import { funding } from '../contract.ts';
import type { Entry, ProjectFunding } from '../shapes.ts';
import { labelIn } from '../sources.ts';
import { MoneyInput, moneyOf, readMoney } from './MoneyInput.tsx';
import { useCommand } from './queries.ts';
import * as text from './text.ts';

/** Which figure was opened; without a source, all of them. */
export interface EntriesOf {
  kind: 'plan' | 'arrived' | 'paid';
  source?: string;
  label: string;
}

/** The entries a figure is made of, with what proves each and who entered it. Corrected ones stay, struck out. */
export function EntriesDrawer({
  money,
  of,
  today,
  onClose,
}: {
  money: ProjectFunding;
  of: EntriesOf;
  today: string;
  onClose: () => void;
}) {
  const t = useText(text);
  const language = useLanguage();
  const api = useClient(funding);
  const [correcting, setCorrecting] = useState<Entry | null>(null);
  const which = { id: money.projectId, year: money.year, kind: of.kind, ...(of.source && { source: of.source }) };
  const entries = useQuery({
    queryKey: ['funding', 'entries', which],
    queryFn: ({ signal }) => api.entries(which, { signal }),
  });
  const labels = new Map(money.sources.map((s) => [s.code, labelIn(s.code, s.label, language)]));
  return (
    <Drawer
      open
      title={t.entries.title(money.year, t.kinds[of.kind], of.label)}
      size={620}
      styles={{ mask: drawerMask }}
      onClose={onClose}
    >
      {entries.error && <ProblemView compact error={entries.error} onRetry={() => void entries.refetch()} />}
      {entries.data?.length === 0 && <p className="muted">{t.entries.none}</p>}
      {entries.data && entries.data.length > 0 && (
        <ScrollX label={of.label}>
          <table className="plain funding-entries">
            <thead>
              <tr>
                <th>{t.entries.head.day}</th>
                <th className="num">{t.entries.head.amount}</th>
                <th>{t.entries.head.document}</th>
                <th>{t.entries.head.who}</th>
                <th />
              </tr>
            </thead>
            <tbody>
              {entries.data.map((entry) => (
                <tr key={entry.id} className={entry.correctedById ? 'corrected' : undefined}>
                  <td className="nowrap">
                    {entry.onDay}
                    {!of.source && entry.source && <small className="muted"> {labels.get(entry.source)}</small>}
                  </td>
                  <td className="num nowrap">{yiWithUnit(entry.yuan, language)}</td>
                  <td>
                    {entry.document}
                    {entry.file && (
                      <>
                        {' '}
                        <a href={urlOf(funding, 'evidence', { id: entry.id })} download>
                          {t.entries.evidence}
                        </a>
                      </>
                    )}
                    {entry.reason && <small className="muted"> {t.entries.correctionOf(entry.reason)}</small>}
                  </td>
                  <td>
                    {entry.actorName}
                    <small className="muted nowrap"> {moment(entry.at)}</small>
                  </td>
                  <td className="nowrap">
                    {entry.correctedById ? (
                      <small className="muted">{t.entries.corrected}</small>
                    ) : (
                      money.allowed.includes('enter') && (
                        <button type="button" className="link" onClick={() => setCorrecting(entry)}>
                          {t.entries.correct}
                        </button>
                      )
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollX>
      )}
      {correcting && <CorrectDrawer entry={correcting} today={today} onClose={() => setCorrecting(null)} />}
    </Drawer>
  );
}

function CorrectDrawer({ entry, today, onClose }: { entry: Entry; today: string; onClose: () => void }) {
  const t = useText(text);
  const language = useLanguage();
  const [amount, setAmount] = useState(moneyOf(entry.yuan));
  const [onDay, setOnDay] = useState(entry.onDay);
  const [document, setDocument] = useState(entry.document);
  const [reason, setReason] = useState('');
  const [explanation, setExplanation] = useState('');
  const [isShown, setShown] = useState(false);
  const save = useCommand((api, sent: Parameters<typeof api.correct>[0]) => api.correct(sent), onClose);
  const read = readMoney(amount);
  const isMoved = entry.kind === 'arrived' || entry.kind === 'paid';
  const fault = (field: string, isMissing = false) =>
    isShown && isMissing ? t.entry.missing : fieldSentence(save.error, field);
  const asked = fault('explanation');
  return (
    <FormDrawer
      title={t.entries.correctTitle}
      help={
        <>
          {t.entries.old(yiWithUnit(entry.yuan, language))}
          {language === 'zh' ? '。' : '. '}
          {t.entries.correctHelp}
        </>
      }
      error={save.error}
      fields={['onDay', 'period', 'source', 'reason', 'explanation']}
      isPending={save.isPending}
      onClose={onClose}
      onSave={() => {
        setShown(true);
        if (read.yuan === null || reason.trim().length < 2 || document.trim() === '') return;
        save.mutate({
          id: entry.id,
          yuan: read.yuan,
          onDay,
          ...(isMoved && { period: onDay.slice(0, 7) }),
          document: document.trim(),
          reason: reason.trim(),
          ...(explanation.trim() && { explanation: explanation.trim() }),
        });
      }}
    >
      <FormField label={t.entry.amount}>
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
        <DayField
          label={t.entry.day[entry.kind]}
          value={onDay}
          to={isMoved ? today : null}
          fault={fault('onDay') ?? fault('period')}
          onChange={(day) => setOnDay(day ?? '')}
        />
        <FormField label={t.entry.document[entry.kind]} fault={fault('document', document.trim() === '')}>
          {(id) => (
            <Input id={id} value={document} maxLength={300} onChange={(event) => setDocument(event.target.value)} />
          )}
        </FormField>
      </div>
      <FormField label={t.entries.reason} fault={fault('reason', reason.trim().length < 2)}>
        {(id) => <Input id={id} value={reason} maxLength={300} onChange={(event) => setReason(event.target.value)} />}
      </FormField>
      {asked && (
        <FormField label={t.entry.explanation} fault={asked}>
          {(id) => (
            <TextBox
              id={id}
              value={explanation}
              maxLength={500}
              placeholder={t.finding.placeholder}
              onChange={(event) => setExplanation(event.target.value)}
            />
          )}
        </FormField>
      )}
    </FormDrawer>
  );
}
