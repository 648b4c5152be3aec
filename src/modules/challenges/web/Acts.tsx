import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useSession } from '#core/web/session.tsx';
import { useText, useWords } from '#core/web/text.ts';
import { useConfirm } from '#core/web/ui/Confirm.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { challenges } from '../contract.ts';
import { type ChallengeMove, moveWords } from '../flow.ts';
import { showExact } from '../progress.ts';
import type { acts, ChallengeView } from '../shapes.ts';
import { reviewConclusions } from '../terms.ts';
import { reviewWords } from '../words.ts';
import { type ActField, ActForm, type ActValues } from './ActForm.tsx';
import { BidForm } from './BidForm.tsx';
import { PledgeForm } from './PledgeForm.tsx';
import { SelectForm } from './SelectForm.tsx';
import { keys } from './show.ts';
import * as text from './text.ts';

type Act = (typeof acts)[number];
/** Signing is an act of its own for each side. */
const shownMoves = (moves: ChallengeView['moves']) => moves.filter((one) => one.move !== 'sign');
const decided: readonly ChallengeMove[] = ['reward', 'exit', 'excuse', 'withdraw', 'lapse', 'reselect'];
const dangers: readonly ChallengeMove[] = ['exit', 'withdraw', 'fail', 'lapse'];

/** Everything this reader may do now; a move that cannot be made yet says what it lacks. */
export function Acts({ challenge }: { challenge: ChallengeView }) {
  const t = useText(text);
  const words = useWords();
  const api = useClient(challenges);
  const cache = useQueryClient();
  const navigate = useNavigate();
  const confirm = useConfirm();
  const [open, setOpen] = useState<Act | ChallengeMove | null>(null);
  const moved = { id: challenge.id, version: challenge.version };
  const run = useMutation({
    mutationFn: (work: () => Promise<unknown>) => work(),
    onSettled: () => cache.invalidateQueries({ queryKey: keys.all }),
  });
  const ask = async (title: string, body: string | undefined, work: () => Promise<unknown>) => {
    if (await confirm({ title, ...(body && { body }) })) run.mutate(work);
  };
  const last = challenge.pledges.at(-1);
  const doMove = (move: ChallengeMove) => {
    if (move === 'publish') return void ask(t.confirmPublish, t.confirmPublishBody, () => api.publish(moved));
    if (move === 'award') return void ask(t.confirmAward, undefined, () => api.award(moved));
    setOpen(move);
  };
  const doAct = (act: Act) => {
    if (act === 'edit') return void navigate(`/challenges/${challenge.id}/edit`);
    if (act === 'refresh') return run.mutate(() => api.refresh({ id: challenge.id }));
    if (act === 'withdrawBid') {
      const own = challenge.bids.find((bid) => bid.isOwn && bid.state === 'submitted')!;
      return void ask(t.confirmWithdraw, undefined, () => api.withdrawBid({ id: challenge.id, bidId: own.id }));
    }
    if (act === 'signPublisher' || act === 'signTaker') {
      const side = act === 'signTaker' ? 'taker' : 'publisher';
      return void ask(t.confirmSign, t.confirmSignBody, () => api.sign({ ...moved, seq: last!.seq, side }));
    }
    setOpen(act);
  };
  const nameOf = (act: Act) =>
    act === 'baseline'
      ? challenge.publishedOn
        ? t.actNames.restate
        : t.actNames.baseline
      : act === 'draftPledge' && challenge.signedOn
        ? t.actNames.draftAdjustment
        : t.actNames[act];
  const moves = shownMoves(challenge.moves);
  const isIdle = moves.length === 0 && challenge.allowed.length === 0;
  return (
    <section className="card chl-acts">
      <h2>{t.acts}</h2>
      {isIdle && <p className="muted">{t.noActs}</p>}
      <div className="chl-buttons">
        {challenge.allowed.map((act) => (
          <Button key={act} onClick={() => doAct(act)}>
            {nameOf(act)}
          </Button>
        ))}
        {moves.map(({ move, missing }) => (
          <Button
            key={move}
            type={missing.length === 0 && !dangers.includes(move) ? 'primary' : 'default'}
            danger={dangers.includes(move)}
            disabled={missing.length > 0}
            onClick={() => doMove(move)}
          >
            {words(moveWords[move])}
          </Button>
        ))}
      </div>
      {moves
        .filter((one) => one.missing.length > 0 && !dangers.includes(one.move))
        .map(({ move, missing }) => (
          <p key={move} className="chl-missing">
            <b>{words(moveWords[move])}</b> {t.lacks}：{missing.map((one) => words(one)).join('；')}
          </p>
        ))}
      {run.error && <ProblemView compact error={run.error} />}
      {open && <OpenForm open={open} challenge={challenge} onClose={() => setOpen(null)} />}
    </section>
  );
}

function OpenForm({
  open,
  challenge,
  onClose,
}: {
  open: Act | ChallengeMove;
  challenge: ChallengeView;
  onClose: () => void;
}) {
  const form = useActForm(open, challenge);
  if (open === 'bid') return <BidForm challenge={challenge} onClose={onClose} />;
  if (open === 'select') return <SelectForm challenge={challenge} onClose={onClose} />;
  if (open === 'draftPledge') return <PledgeForm challenge={challenge} onClose={onClose} />;
  return form && <ActForm {...form} onClose={onClose} />;
}

interface FormOf {
  title: string;
  hint?: string;
  fields: ActField[];
  isDanger?: boolean;
  send: (values: ActValues) => Promise<unknown>;
}

/** Which fields an act asks for, and what is sent. */
function useActForm(open: Act | ChallengeMove, c: ChallengeView): FormOf | null {
  const t = useText(text);
  const words = useWords();
  const api = useClient(challenges);
  const { today } = useSession();
  const f = t.fields;
  const moved = { id: c.id, version: c.version };
  const line = (name: string, label: string, more: Partial<ActField> = {}): ActField => ({
    name,
    label,
    kind: 'line',
    isNeeded: true,
    least: 2,
    ...more,
  });
  const long = (name: string, label: string, more: Partial<ActField> = {}) =>
    line(name, label, { kind: 'long', ...more });
  const on = (label = f.on, initial: string | undefined = today): ActField => ({
    name: 'on',
    label,
    kind: 'day',
    isNeeded: true,
    to: today,
    ...(initial && { initial }),
  });
  const file: ActField = { name: 'fileId', label: f.file, kind: 'file' };
  if (decided.includes(open as ChallengeMove)) {
    const move = open as 'reward' | 'exit' | 'excuse' | 'withdraw' | 'lapse' | 'reselect';
    return {
      title: words(moveWords[move]),
      isDanger: dangers.includes(move),
      fields: [on(), long('text', f.decision, { least: 5 }), line('legalBasis', f.decisionBasis), file],
      send: (v) => api.decide({ ...moved, move, on: v.on!, text: v.text!, legalBasis: v.legalBasis!, ...fileOf(v) }),
    };
  }
  switch (open) {
    case 'baseline':
      return {
        title: c.publishedOn ? t.actNames.restate : t.actNames.baseline,
        ...(c.publishedOn && { hint: t.adjustAsk }),
        fields: [
          on(f.on, c.baselines.at(-1)?.on ?? ''),
          line('value', `${f.value}（${c.metric.unit}）`, {
            kind: 'decimal',
            least: 1,
            isNeeded: c.terms.metric.source.kind === 'submission',
            ...(c.terms.metric.source.kind !== 'submission' && { hint: f.valueHint }),
          }),
          line('document', f.document),
          ...(c.publishedOn ? [long('reason', f.reason)] : []),
          file,
        ],
        send: (v) =>
          api.setBaseline({
            ...moved,
            on: v.on!,
            document: v.document!,
            ...(v.value && { value: v.value }),
            ...(v.reason && { reason: v.reason }),
            ...fileOf(v),
          }),
      };
    case 'review':
      return {
        title: t.actNames.review,
        fields: [
          line('conclusion', f.conclusion, {
            kind: 'choice',
            options: reviewConclusions.map((value) => ({ value, label: words(reviewWords[value]) })),
          }),
          long('legalBasis', f.legalBasis),
          on(),
          line('by', f.by),
          file,
        ],
        send: (v) =>
          api.review({
            ...moved,
            conclusion: v.conclusion as (typeof reviewConclusions)[number],
            legalBasis: v.legalBasis!,
            on: v.on!,
            by: v.by!,
            ...fileOf(v),
          }),
      };
    case 'object':
      return {
        title: t.actNames.object,
        fields: [long('text', f.objection, { least: 10 })],
        send: (v) => api.object({ id: c.id, text: v.text! }),
      };
    case 'decideObjection': {
      const waiting = c.objections.filter((one) => one.state === 'open');
      return {
        title: t.actNames.decideObjection,
        fields: [
          line('objectionId', f.objection, {
            kind: 'choice',
            options: waiting.map((one) => ({ value: one.id, label: `${one.filedByName}：${one.text.slice(0, 40)}` })),
            ...(waiting[0] && { initial: waiting[0].id }),
          }),
          line('result', f.result, {
            kind: 'choice',
            options: (['rejected', 'upheld'] as const).map((value) => ({ value, label: t.objectionResult[value] })),
          }),
          long('answer', f.answer, { least: 5 }),
        ],
        send: (v) =>
          api.decideObjection({
            id: c.id,
            objectionId: v.objectionId!,
            result: v.result as 'upheld' | 'rejected',
            answer: v.answer!,
          }),
      };
    }
    case 'report':
      return {
        title: t.actNames.report,
        hint: t.selfReportedHint,
        fields: [
          { name: 'asOf', label: f.asOf, kind: 'day', isNeeded: true, to: today, initial: today },
          line('value', `${f.value}（${c.metric.unit}）`, { kind: 'decimal', least: 1 }),
          long('note', f.note, { isNeeded: false }),
          file,
        ],
        send: (v) =>
          api.report({ id: c.id, asOf: v.asOf!, value: v.value!, ...(v.note && { note: v.note }), ...fileOf(v) }),
      };
    case 'accept': {
      const waiting = c.values.filter((one) => one.state === 'open');
      return {
        title: t.actNames.accept,
        fields: [
          line('valueId', f.valueId, {
            kind: 'choice',
            options: waiting.map((one) => ({
              value: one.id,
              label: `${one.asOf} ${showExact(one.value, c.metric.decimals)} ${c.metric.unit}（${one.enteredByName}）`,
            })),
            ...(waiting.at(-1) && { initial: waiting.at(-1)!.id }),
          }),
          line('result', f.result, {
            kind: 'choice',
            options: (['accepted', 'returned'] as const).map((value) => ({ value, label: t.judge[value] })),
            initial: 'accepted',
          }),
          line('document', f.document, { isNeeded: false }),
          long('note', f.note, { isNeeded: false }),
        ],
        send: (v) =>
          api.judgeValue({
            id: c.id,
            valueId: v.valueId!,
            result: v.result as 'accepted' | 'returned',
            ...(v.document && { document: v.document }),
            ...(v.note && { note: v.note }),
          }),
      };
    }
    case 'milestone': {
      const waiting = c.milestones.filter((one) => one.reachedOn === null);
      return {
        title: t.actNames.milestone,
        fields: [
          line('position', f.position, {
            kind: 'choice',
            least: 1,
            options: waiting.map((one) => ({ value: String(one.position), label: `${one.title}（${one.dueOn}）` })),
            ...(waiting[0] && { initial: String(waiting[0].position) }),
          }),
          on(),
          long('note', f.note),
          file,
        ],
        send: (v) =>
          api.reachMilestone({ id: c.id, position: Number(v.position), on: v.on!, note: v.note!, ...fileOf(v) }),
      };
    }
    case 'claim':
      return {
        title: words(moveWords.claim),
        fields: [long('text', f.text)],
        send: (v) => api.claim({ ...moved, text: v.text! }),
      };
    case 'return':
    case 'pass':
    case 'fail':
      return {
        title: words(moveWords[open]),
        isDanger: open === 'fail',
        fields: [line('method', f.method), long('text', f.text), file],
        send: (v) => api.verify({ ...moved, result: open, method: v.method!, text: v.text!, ...fileOf(v) }),
      };
    default:
      return null;
  }
}

const fileOf = (values: ActValues) => (values.fileId ? { fileId: values.fileId } : {});
