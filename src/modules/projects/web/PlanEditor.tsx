import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useLanguage, useText } from '#core/web/text.ts';
import { moment, yi, yiUnit } from '#core/web/ui/format.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { type Project, projects } from '../contract.ts';
import { evenCurve } from '../plan-curve.ts';
import { CurveFields } from './CurveFields.tsx';
import { curveDraftOf, curveOf } from './curve-draft.ts';
import { Field, MoneyField } from './fields.tsx';
import { readMoneyEntry, yiText } from './form-draft.ts';
import * as text from './text.ts';

/** The year's plan and every version of it. Saving never edits: it makes the next version, with its reason. */
export function PlanEditor({ project, year, onClose }: { project: Project; year: number; onClose: () => void }) {
  const t = useText(text);
  const language = useLanguage();
  const api = useClient(projects);
  const cache = useQueryClient();
  const { message } = App.useApp();
  const canPlan = project.allowed.includes('plan');
  const plan = project.plan;
  const [amount, setAmount] = useState(yiText(plan?.planYuan ?? null));
  const [goal, setGoal] = useState(plan?.goal ?? '');
  const [draft, setDraft] = useState(() => curveDraftOf(plan?.planYuan ?? null, plan?.curve ?? null));
  const [approver, setApprover] = useState('');
  const [reason, setReason] = useState('');
  const [document, setDocument] = useState('');
  const [isShown, setShown] = useState(false);
  const versions = useQuery({
    queryKey: ['projects', 'plans', project.id],
    queryFn: ({ signal }) => api.plans({ id: project.id }, { signal }),
  });

  const read = readMoneyEntry(amount, t);
  const { curve, fault: curveFault } = curveOf(draft, read.yuan, t);
  const reasonFault = plan && reason.trim() === '' ? t.reasonWhy : undefined;
  const approverFault = plan && approver.trim() === '' ? t.approverWhy : undefined;
  const isWrong = [read.fault, curveFault, reasonFault, approverFault].some((fault) => fault !== undefined);
  const save = useMutation({
    mutationFn: () =>
      api.setPlan({
        id: project.id,
        year,
        planYuan: read.yuan,
        goal: goal.trim() || null,
        curve,
        approver: approver.trim() || null,
        ...(reason.trim() && { reason: reason.trim() }),
        ...(document.trim() && { document: document.trim() }),
      }),
    onSuccess: () => {
      void message.success(t.saved);
      void cache.invalidateQueries({ queryKey: ['projects'] });
      onClose();
    },
  });
  return (
    <Modal
      open
      width={720}
      title={t.planTitle(year)}
      onCancel={onClose}
      footer={
        canPlan ? (
          <>
            <Button onClick={onClose}>{t.cancel}</Button>
            <Button
              type="primary"
              loading={save.isPending}
              onClick={() => {
                setShown(true);
                if (!isWrong) save.mutate();
              }}
            >
              {t.save}
            </Button>
          </>
        ) : null
      }
    >
      <div className="stack">
        {canPlan && (
          <>
            <p className="muted">{plan ? t.planNext(plan.version + 1) : t.planFirst}</p>
            <div className="fields">
              <MoneyField
                label={t.planAmount}
                value={amount}
                fault={isShown ? read.fault : undefined}
                onChange={setAmount}
              />
              <Field label={t.approver} error={isShown ? approverFault : undefined}>
                <Input
                  value={approver}
                  maxLength={60}
                  aria-label={t.approver}
                  onChange={(event) => setApprover(event.target.value)}
                />
              </Field>
              <Field label={t.planGoal} wide>
                <Input.TextArea
                  value={goal}
                  rows={2}
                  maxLength={1000}
                  aria-label={t.planGoal}
                  onChange={(event) => setGoal(event.target.value)}
                />
              </Field>
              <Field label={t.reason} error={isShown ? reasonFault : undefined}>
                <Input
                  value={reason}
                  maxLength={300}
                  placeholder={t.reasonPlaceholder}
                  aria-label={t.reason}
                  onChange={(event) => setReason(event.target.value)}
                />
              </Field>
              <Field label={t.document}>
                <Input
                  value={document}
                  maxLength={300}
                  placeholder={t.documentPlaceholder}
                  aria-label={t.document}
                  onChange={(event) => setDocument(event.target.value)}
                />
              </Field>
            </div>
            <CurveFields
              draft={draft}
              planYuan={read.yuan}
              before={plan ? (plan.curve ?? (plan.planYuan === null ? null : evenCurve(plan.planYuan))) : null}
              isShown={isShown}
              onChange={setDraft}
            />
            {save.error && <ProblemView error={save.error} compact />}
          </>
        )}
        <table className="plain">
          <thead>
            <tr>
              <th>{t.planHistory}</th>
              <th className="num">
                {t.planAmount}（{yiUnit(language)}）
              </th>
              <th>{t.reason}</th>
              <th>{t.approver}</th>
            </tr>
          </thead>
          <tbody>
            {(versions.data ?? []).map((v) => (
              <tr key={`${v.year} ${v.version}`}>
                <td>
                  {v.year} · {t.version(v.version)}
                  <br />
                  <span className="muted">
                    {moment(v.at)} {v.actorName}
                  </span>
                </td>
                <td className="num">{yi(v.planYuan, language)}</td>
                <td>{v.reason ?? (v.version === 1 ? t.originalPlan : '')}</td>
                <td>{v.approver}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Modal>
  );
}
