import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Select } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useLiveRefetch } from '#core/web/live.ts';
import { useText, useWords } from '#core/web/text.ts';
import { ProblemView, sentenceOf } from '#core/web/ui/Problem.tsx';
import { type Plan, permits } from '../contract.ts';
import { lanes, laneWords } from '../templates.ts';
import { keys, topics } from './keys.ts';
import { PermitHistory } from './PermitHistory.tsx';
import './permits.css';
import { StepChip } from './StepChip.tsx';
import { StepDrawer } from './StepDrawer.tsx';
import * as text from './text.ts';

/** On the project page: the steps before construction in parallel lanes, and the earliest day of the permit. */
export function PermitSection({ project }: { project: { id: string; board: string | null; childCount: number } }) {
  const t = useText(text);
  const api = useClient(permits);
  const [opened, setOpened] = useState<string | null>(null);
  const [isHistory, setHistory] = useState(false);
  const found = useQuery({
    queryKey: keys.plan(project.id),
    queryFn: ({ signal }) => api.plan({ projectId: project.id }, { signal }),
  });
  useLiveRefetch(topics, [keys.all]);
  const plan = found.data;
  const counted = plan?.steps.filter((step) => step.state !== 'skipped') ?? [];
  const step = plan?.steps.find((one) => one.id === opened);
  const isUntouched = plan?.steps.every((one) => one.state === 'ready' || one.state === 'blocked') ?? false;
  const canPlan = plan?.allowed.includes('plan') ?? false;
  return (
    <section id="permits" className="permit-section">
      <h2 className="h2">
        {t.title}{' '}
        {plan && plan.steps.length > 0 && (
          <small>{t.progress(counted.filter((one) => one.state === 'done').length, counted.length)}</small>
        )}
        {plan && plan.steps.length > 0 && (
          <button type="button" className="to link" onClick={() => setHistory(true)}>
            {t.history}
          </button>
        )}
      </h2>
      {found.error && <ProblemView error={found.error} compact onRetry={() => void found.refetch()} />}
      {plan?.template === null && <p className="muted">{canPlan ? t.none : t.noneReadOnly}</p>}
      {plan && plan.steps.length > 0 && <Lanes plan={plan} onOpen={setOpened} />}
      {plan && canPlan && (plan.steps.length === 0 || isUntouched) && (
        <MakePlan projectId={project.id} board={project.board} isNew={plan.steps.length === 0} />
      )}
      {step && plan && <StepDrawer step={step} plan={plan} onClose={() => setOpened(null)} />}
      {isHistory && <PermitHistory projectId={project.id} onClose={() => setHistory(false)} />}
    </section>
  );
}

function Lanes({ plan, onOpen }: { plan: Plan; onOpen: (id: string) => void }) {
  const t = useText(text);
  const words = useWords();
  const names = new Map(plan.steps.map((step) => [step.code, words(step.name)]));
  const { earliest } = plan;
  const critical = new Set(earliest?.chain.map((link) => link.code));
  return (
    <>
      {earliest && (
        <p className="permit-earliest">
          {earliest.isDone ? t.earliestDone : t.earliest} <b className="num">{earliest.day}</b>
          {!earliest.isDone && (
            <span className="soft" title={t.chainNote}>
              {t.chain}{' '}
              {earliest.chain.map((link) => `${names.get(link.code)} ${t.days(link.remaining, link.unit)}`).join(' → ')}
            </span>
          )}
        </p>
      )}
      {plan.missingCalendar !== null && <p className="muted">{t.missingCalendar(plan.missingCalendar)}</p>}
      <div className="permit-lanes">
        {lanes.map((lane) => {
          const steps = plan.steps.filter((step) => step.lane === lane);
          return (
            steps.length > 0 && (
              <div key={lane} className="permit-lane">
                <h3>{words(laneWords[lane])}</h3>
                <div>
                  {steps.map((step) => (
                    <StepChip
                      key={step.id}
                      step={step}
                      names={names}
                      today={plan.asOf}
                      isCritical={critical.has(step.code)}
                      onOpen={() => onOpen(step.id)}
                    />
                  ))}
                </div>
              </div>
            )
          );
        })}
      </div>
    </>
  );
}

/** The board is a hint at the kind of project, no more: the person chooses. */
const usual: Record<string, string> = { 产业: 'filed-industrial', 基础设施: 'approved-linear' };

function MakePlan({ projectId, board, isNew }: { projectId: string; board: string | null; isNew: boolean }) {
  const t = useText(text);
  const words = useWords();
  const api = useClient(permits);
  const cache = useQueryClient();
  const { message } = App.useApp();
  const [code, setCode] = useState(usual[board ?? ''] ?? 'approved-building');
  const templates = useQuery({
    queryKey: keys.templates,
    queryFn: ({ signal }) => api.templates({}, { signal }),
    staleTime: 60_000,
  });
  const make = useMutation({
    mutationFn: () => api.makePlan({ projectId, template: code }),
    onSuccess: (plan) => {
      cache.setQueryData(keys.plan(projectId), plan);
      void message.success(t.saved);
    },
    onError: (error) => void message.error(sentenceOf(error)),
  });
  return (
    <div className="permit-make">
      <Select
        size="small"
        aria-label={t.chooseTemplate}
        value={code}
        options={(templates.data?.templates ?? []).map((one) => ({ value: one.code, label: words(one.name) }))}
        onChange={setCode}
        style={{ minWidth: '12rem' }}
      />
      <Button size="small" type={isNew ? 'primary' : 'default'} loading={make.isPending} onClick={() => make.mutate()}>
        {isNew ? t.make : t.remake}
      </Button>
    </div>
  );
}
