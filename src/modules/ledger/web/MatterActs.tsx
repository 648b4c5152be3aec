import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { useNavigate } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { Slot } from '#core/web/Slot.tsx';
import { useSession } from '#core/web/session.tsx';
import { useShortcut } from '#core/web/shortcuts.ts';
import { useText } from '#core/web/text.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { ledger } from '../contract.ts';
import { isRunning } from '../flow.ts';
import type { MatterView } from '../shapes.ts';
import * as text from './act-text.ts';
import { ClaimDrawer } from './acts/ClaimDrawer.tsx';
import { AskExtensionDrawer, DecideExtensionDrawer } from './acts/ExtensionDrawers.tsx';
import { ReportDrawer } from './acts/ReportDrawer.tsx';
import {
  ContributeDrawer,
  EscalateDrawer,
  RemarkDrawer,
  RemindDrawer,
  ReopenDrawer,
  ResumeDrawer,
  SuspendDrawer,
  VoidDrawer,
} from './acts/SuperviseDrawers.tsx';
import { LinkDrawer, MergeDrawer, SplitDrawer } from './acts/TreeDrawers.tsx';
import { VerifyDrawer } from './acts/VerifyDrawer.tsx';
import * as matterText from './matter-text.ts';
import { useAct, useOneOf } from './use-matter.ts';

type Act = keyof typeof text.zh.do;

/** Big buttons, the likeliest first; the other acts stand below them in small. */
const big: readonly Act[] = [
  'issue',
  'sign',
  'verify',
  'take',
  'claim',
  'report',
  'contribute',
  'decideExtension',
  'askExtension',
  'resume',
  'reopen',
  'edit',
];
const small: readonly Act[] = ['remind', 'escalate', 'remark', 'suspend', 'split', 'merge', 'link', 'void'];

const drawers: Partial<Record<Act, (props: { matter: MatterView; onClose: () => void }) => ReactNode>> = {
  report: ReportDrawer,
  contribute: ContributeDrawer,
  claim: ClaimDrawer,
  verify: VerifyDrawer,
  askExtension: AskExtensionDrawer,
  decideExtension: DecideExtensionDrawer,
  resume: ResumeDrawer,
  reopen: ReopenDrawer,
  remind: RemindDrawer,
  escalate: EscalateDrawer,
  remark: RemarkDrawer,
  suspend: SuspendDrawer,
  void: VoidDrawer,
  split: SplitDrawer,
  merge: MergeDrawer,
  link: LinkDrawer,
};

export const isAllowed = (matter: Pick<MatterView, 'allowed'>, act: Act): boolean =>
  act === 'verify'
    ? matter.allowed.includes('pass') || matter.allowed.includes('return')
    : matter.allowed.includes(act);

/** What this person may do to this matter now, from the server's answer and nothing else. */
export function MatterActs({ matter }: { matter: MatterView }) {
  const t = useText(text);
  const m = useText(matterText).can;
  const call = useClient(ledger);
  const { today } = useSession();
  const oneOf = useOneOf();
  const navigate = useNavigate();
  const [open, setOpen] = useState<Act | null>(null);
  const direct = useAct<'sign' | 'issue' | 'take'>(
    matter.id,
    (act) =>
      act === 'take'
        ? call.take({ id: matter.id, version: matter.version })
        : oneOf(act === 'sign' ? call.sign({ ids: [matter.id] }) : call.issue({ ids: [matter.id] })),
    (act) => act,
  );
  const can = (act: Act) => isAllowed(matter, act);
  const start = (act: Act) => {
    if (act === 'edit') void navigate(`/matters/${matter.id}/edit`);
    else if (act === 'sign' || act === 'issue' || act === 'take') direct.mutate(act);
    else setOpen(act);
  };
  useShortcut('S', t.keys.sign, () => start('sign'), can('sign'));
  useShortcut('F', t.keys.report, () => start('report'), can('report'));
  useShortcut('X', t.keys.claim, () => start('claim'), can('claim'));
  useShortcut('V', t.keys.verify, () => start('verify'), can('verify'));
  const bigOnes = big.filter(can);
  const smallOnes = small.filter(can);
  const Open = open === null ? undefined : drawers[open];
  const isLead = can('report') || can('claim');
  const noMoreTime =
    isLead && isRunning(matter.state) && !can('askExtension')
      ? matter.dueCurrent !== null && today > matter.dueCurrent
        ? m.extensionOver
        : matter.extensionsLeft === 0
          ? m.extensionSpent
          : null
      : null;
  return (
    <section className="mt-acts" aria-labelledby="mt-acts">
      <h2 className="h2" id="mt-acts">
        {m.title} {bigOnes.length > 0 && <small>{m.count(bigOnes.length)}</small>}
      </h2>
      {bigOnes.length === 0 && <p className="muted">{m.nothing}</p>}
      {bigOnes.map((act, i) => (
        <Button
          key={act}
          block
          className="mt-act"
          type={i === 0 ? 'primary' : 'default'}
          loading={direct.isPending && direct.variables === act}
          onClick={() => start(act)}
        >
          <b>{t.do[act].button}</b>
          {t.do[act].hint && <small>{t.do[act].hint}</small>}
        </Button>
      ))}
      {direct.error && <ProblemView compact error={direct.error} />}
      <Slot name="ledger.matter.actions" props={{ matter }} />
      {noMoreTime && <p className="muted">{noMoreTime}</p>}
      {smallOnes.length > 0 && (
        <>
          <h3>{m.more}</h3>
          <div className="mt-small">
            {smallOnes.map((act) => (
              <Button key={act} danger={act === 'void'} onClick={() => start(act)}>
                {t.do[act].button}
              </Button>
            ))}
          </div>
        </>
      )}
      {Open && <Open matter={matter} onClose={() => setOpen(null)} />}
    </section>
  );
}
