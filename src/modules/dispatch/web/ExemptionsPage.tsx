import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { daysBetween } from '#core/shared/day.ts';
import { useClient } from '#core/web/client.ts';
import { useLive } from '#core/web/live.ts';
import { useSession } from '#core/web/session.tsx';
import { useText, useWords } from '#core/web/text.ts';
import { Empty } from '#core/web/ui/Empty.tsx';
import { Field } from '#core/web/ui/Field.tsx';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { dispatch, type Exemption } from '../contract.ts';
import { DispatchTabs } from './DispatchTabs.tsx';
import './dispatch.css';
import * as text from './text.ts';

type Act = 'approve' | 'refuse' | 'end';

const groupOf = (e: Exemption, today: string): 'waiting' | 'running' | 'over' =>
  e.state === 'requested'
    ? 'waiting'
    : e.state === 'approved' && e.endedOn === null && e.until >= today
      ? 'running'
      : 'over';

/** Every exemption within reach: what waits for a decision, what is in force and when it lapses, and what is over. */
export function ExemptionsPage() {
  const t = useText(text);
  const x = t.exemptions;
  const api = useClient(dispatch);
  const cache = useQueryClient();
  const { today } = useSession();
  const [doing, setDoing] = useState<{ act: Act; one: Exemption } | null>(null);
  const all = useQuery({
    queryKey: ['dispatch', 'exemptions'],
    queryFn: ({ signal }) => api.exemptions({}, { signal }),
  });
  const rules = useQuery({ queryKey: ['dispatch', 'ruleSets'], queryFn: ({ signal }) => api.ruleSets({}, { signal }) });
  const active = rules.data?.sets.find((s) => s.activeVersion !== null);
  const inForce = useQuery({
    queryKey: ['dispatch', 'ruleSet', active?.code, active?.activeVersion ?? undefined],
    queryFn: ({ signal }) => api.ruleSet({ code: active!.code, version: active!.activeVersion! }, { signal }),
    enabled: active !== undefined,
  });
  const words = useWords();
  const ruleName = (code: string | null): string =>
    code === null ? x.allRules : words(inForce.data?.rows.find((r) => r.code === code)?.name ?? { zh: code, en: code });
  useLive(['dispatch.*'], () => void cache.invalidateQueries({ queryKey: ['dispatch', 'exemptions'] }));
  const found = all.data ?? [];
  return (
    <>
      <PageHead title={t.title} tabTitle={x.title} />
      <DispatchTabs />
      <div className="page-body dispatch-body">
        {all.error && <ProblemView error={all.error} onRetry={() => all.refetch()} />}
        {all.data && found.length === 0 && <Empty title={x.empty} />}
        {(['waiting', 'running', 'over'] as const).map((group) => {
          const rows = found.filter((e) => groupOf(e, today) === group);
          // What lapses first stands first.
          if (group === 'running') rows.sort((a, b) => a.until.localeCompare(b.until));
          return rows.length === 0 ? null : (
            <section className="card" key={group}>
              <h2>
                {x.groups[group]} <small>{rows.length}</small>
              </h2>
              <ExemptionTable
                rows={rows}
                label={x.groups[group]}
                today={today}
                ruleName={ruleName}
                onAct={(act, one) => setDoing({ act, one })}
              />
            </section>
          );
        })}
      </div>
      {doing && <ActForm {...doing} onClose={() => setDoing(null)} />}
    </>
  );
}

function ExemptionTable({
  rows,
  label,
  today,
  ruleName,
  onAct,
}: {
  rows: readonly Exemption[];
  label: string;
  today: string;
  ruleName: (code: string | null) => string;
  onAct: (act: Act, one: Exemption) => void;
}) {
  const x = useText(text).exemptions;
  const c = x.columns;
  const stateOf = (e: Exemption): string => {
    if (e.endedOn) return `${x.states.ended} ${e.endedOn}`;
    if (e.state === 'approved') return e.until < today ? x.states.over : x.endsIn(daysBetween(today, e.until));
    return x.states[e.state];
  };
  return (
    <ScrollX label={label}>
      <table className="plain exemptions">
        <thead>
          <tr>
            {[c.project, c.rule, c.reason, c.by, c.approver, c.span, c.state].map((head) => (
              <th key={head}>{head}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((e) => (
            <tr key={e.id}>
              <td>
                <Link to={`/projects/${e.projectId}`}>{e.projectName}</Link>
              </td>
              <td className="nowrap">{ruleName(e.ruleCode)}</td>
              <td>
                {e.reason}
                {e.endReason && <div className="muted">{e.endReason}</div>}
              </td>
              <td className="nowrap">{e.actorName}</td>
              <td>
                {e.approver}
                {e.decisionNote && <div className="muted">{e.decisionNote}</div>}
              </td>
              <td className="nowrap">
                {e.from}
                <br />
                {e.until}
              </td>
              <td>
                {stateOf(e)}
                <div className="row-actions">
                  {e.allowed.includes('decide') && (
                    <>
                      <Button size="small" type="primary" onClick={() => onAct('approve', e)}>
                        {x.approve}
                      </Button>
                      <Button size="small" onClick={() => onAct('refuse', e)}>
                        {x.refuse}
                      </Button>
                    </>
                  )}
                  {e.allowed.includes('end') && (
                    <Button size="small" onClick={() => onAct('end', e)}>
                      {x.end}
                    </Button>
                  )}
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollX>
  );
}

/** Approving may be said without a word; refusing and ending may not. */
function ActForm({ act, one, onClose }: { act: Act; one: Exemption; onClose: () => void }) {
  const x = useText(text).exemptions;
  const api = useClient(dispatch);
  const cache = useQueryClient();
  const { message } = App.useApp();
  const [note, setNote] = useState('');
  const save = useMutation({
    mutationFn: () =>
      act === 'end'
        ? api.endExemption({ id: one.id, reason: note })
        : api.decideExemption({ id: one.id, decision: act, note: note.trim() === '' ? null : note }),
    onSuccess: async () => {
      await Promise.all(['dispatch', 'projects'].map((key) => cache.invalidateQueries({ queryKey: [key] })));
      message.success(act === 'end' ? x.ended : x.decided[act]);
      onClose();
    },
  });
  return (
    <Modal
      open
      title={`${x[act]}：${one.projectName}`}
      okText={x.confirm}
      cancelText={x.cancel}
      okButtonProps={{ disabled: act !== 'approve' && note.trim().length < 2, loading: save.isPending }}
      onOk={() => save.mutate()}
      onCancel={onClose}
    >
      <div className="light-form">
        <p>{one.reason}</p>
        <Field label={act === 'end' ? x.endReason : x.note}>
          {(id) => <Input id={id} value={note} maxLength={300} onChange={(e) => setNote(e.target.value)} />}
        </Field>
        {save.error && <ProblemView error={save.error} compact />}
      </div>
    </Modal>
  );
}
