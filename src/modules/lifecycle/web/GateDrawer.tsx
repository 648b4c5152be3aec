import { Button, Input } from 'antd';
import { useState } from 'react';
import { urlOf } from '#core/web/client.ts';
import { useText, useWords } from '#core/web/text.ts';
import { DayField } from '#core/web/ui/DayField.tsx';
import { FormDrawer } from '#core/web/ui/FormDrawer.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { moment } from '#core/web/ui/format.ts';
import { fieldSentence } from '#core/web/ui/Problem.tsx';
import { lifecycle } from '../contract.ts';
import { stageWords } from '../gates.ts';
import type { GateView, GivenDocument, LifeView } from '../shapes.ts';
import { DocumentFields, documentsOf, noPapers } from './DocumentFields.tsx';
import { useCommand } from './queries.ts';
import * as text from './text.ts';

/** One gate: what stands, with its papers; or the form that passes it. */
export function GateDrawer({ life, gate, onClose }: { life: LifeView; gate: GateView; onClose: () => void }) {
  if (gate.state !== 'passed') return <PassGate life={life} gate={gate} onClose={onClose} />;
  return <StandingGate life={life} gate={gate} onClose={onClose} />;
}

function PassGate({ life, gate, onClose }: { life: LifeView; gate: GateView; onClose: () => void }) {
  const t = useText(text);
  const words = useWords();
  const [on, setOn] = useState<string | null>(null);
  const [papers, setPapers] = useState(noPapers);
  const [reason, setReason] = useState('');
  const [isShown, setShown] = useState(false);
  const pass = useCommand((api, input: Parameters<typeof api.move>[0]) => api.move(input), onClose);
  const name = words(stageWords[gate.stage]);
  const canPass = gate.canPass && life.allowed.includes('move');
  return (
    <FormDrawer
      title={canPass ? t.life.pass(name) : t.gate.title(name)}
      error={pass.error}
      fields={['on', 'documents']}
      isPending={pass.isPending}
      saveWords={t.gate.confirm}
      onClose={onClose}
      {...(canPass && {
        onSave: () => {
          setShown(true);
          if (on)
            pass.mutate({
              id: life.projectId,
              to: gate.stage,
              on,
              documents: documentsOf(papers),
              ...(reason.trim() && { reason: reason.trim() }),
            });
        },
      })}
      above={
        <>
          {gate.warnings.map((warning) => (
            <p key={warning.zh} className="notice warn">
              {words(warning)}
            </p>
          ))}
          {gate.papersAt && <Elsewhere at={gate.papersAt} onClose={onClose} />}
        </>
      }
    >
      {canPass ? (
        <>
          <DayField
            label={t.gate.day}
            value={on}
            from={gate.from}
            to={gate.to}
            fault={fieldSentence(pass.error, 'on') ?? (isShown && !on ? t.gate.dayNeeded : undefined)}
            hint={words(gate.dayMeans)}
            onChange={setOn}
          />
          <DocumentFields
            asks={gate.asks}
            papers={papers}
            fault={fieldSentence(pass.error, 'documents')}
            onChange={setPapers}
          />
          <FormField label={t.gate.reason}>
            {(id) => (
              <Input id={id} value={reason} maxLength={300} onChange={({ target }) => setReason(target.value)} />
            )}
          </FormField>
        </>
      ) : (
        <p className="soft">{words(gate.dayMeans)}</p>
      )}
    </FormDrawer>
  );
}

function Elsewhere({ at, onClose }: { at: string; onClose: () => void }) {
  const t = useText(text).gate;
  return (
    <p className="notice">
      {t.elsewhere}{' '}
      <a href={`#${at}`} onClick={onClose}>
        {t.toElsewhere}
      </a>
    </p>
  );
}

function StandingGate({ life, gate, onClose }: { life: LifeView; gate: GateView; onClose: () => void }) {
  const t = useText(text);
  const words = useWords();
  const [act, setAct] = useState<'amend' | 'revoke' | null>(null);
  const [on, setOn] = useState(gate.on);
  const [papers, setPapers] = useState(noPapers);
  const [reason, setReason] = useState('');
  const [isShown, setShown] = useState(false);
  const amend = useCommand((api, input: Parameters<typeof api.amend>[0]) => api.amend(input), onClose);
  const revoke = useCommand((api, input: Parameters<typeof api.revoke>[0]) => api.revoke(input), onClose);
  const error = act === 'revoke' ? revoke.error : amend.error;
  const name = words(stageWords[gate.stage]);
  const owed = gate.asks.filter((kind) => gate.owed.includes(kind.code));
  const save = () => {
    setShown(true);
    if (reason.trim().length < 2) return;
    const base = { id: life.projectId, stage: gate.stage, reason: reason.trim() };
    if (act === 'revoke') revoke.mutate(base);
    else amend.mutate({ ...base, ...(on && on !== gate.on && { on }), documents: documentsOf(papers) });
  };
  return (
    <FormDrawer
      title={t.gate.title(name)}
      error={error}
      fields={['on', 'documents']}
      isPending={amend.isPending || revoke.isPending}
      isDanger={act === 'revoke'}
      {...(act === 'revoke' && { saveWords: t.gate.revoke })}
      {...(act && { onSave: save })}
      onClose={onClose}
      above={
        <>
          <dl className="kv">
            <dt>{t.gate.day}</dt>
            <dd>{gate.on ?? <span className="muted">{t.life.noDay}</span>}</dd>
            {gate.days !== null && (
              <>
                <dt>{t.gate.daysSince}</dt>
                <dd>{t.gate.nDays(gate.days)}</dd>
              </>
            )}
            <dt>{t.gate.recorded}</dt>
            <dd>
              {gate.source && t.gate.source[gate.source]}
              {gate.actorName && gate.at && (
                <span className="muted"> {t.gate.by(gate.actorName, moment(gate.at))}</span>
              )}
            </dd>
            <dt>{t.gate.documents}</dt>
            <dd>
              <DocumentList projectId={life.projectId} gate={gate} documents={gate.documents} />
              {owed.length > 0 && (
                <p className="soft">{t.gate.owed(owed.map((kind) => words(kind.words)).join(' · '))}</p>
              )}
            </dd>
          </dl>
          {gate.papersAt && <Elsewhere at={gate.papersAt} onClose={onClose} />}
          {act === null && (
            <p className="life-acts">
              {life.allowed.includes('amend') && (
                <Button size="small" onClick={() => setAct('amend')}>
                  {t.gate.amend}
                </Button>
              )}
              {life.allowed.includes('revoke') && gate.stage !== 'reserve' && (
                <Button size="small" type="text" onClick={() => setAct('revoke')}>
                  {t.gate.revoke}
                </Button>
              )}
            </p>
          )}
        </>
      }
    >
      {act && (
        <>
          {act === 'amend' && (
            <>
              <DayField
                label={t.gate.newDay}
                value={on}
                from={gate.from}
                to={gate.to}
                fault={fieldSentence(error, 'on')}
                hint={words(gate.dayMeans)}
                onChange={setOn}
              />
              <DocumentFields
                asks={gate.asks}
                papers={papers}
                fault={fieldSentence(error, 'documents')}
                onChange={setPapers}
              />
            </>
          )}
          <FormField
            label={t.gate.reason}
            hint={act === 'revoke' ? t.gate.revokeWhy : undefined}
            fault={isShown && reason.trim().length < 2 ? t.gate.reasonNeeded : undefined}
          >
            {(id) => (
              <Input id={id} value={reason} maxLength={300} onChange={({ target }) => setReason(target.value)} />
            )}
          </FormField>
        </>
      )}
    </FormDrawer>
  );
}

export function DocumentList({
  projectId,
  gate,
  documents,
}: {
  projectId: string;
  gate: Pick<GateView, 'asks'> | null;
  documents: readonly GivenDocument[];
}) {
  const t = useText(text).gate;
  const words = useWords();
  if (documents.length === 0) return <span className="muted">{t.none}</span>;
  const nameOf = (kind: string) => {
    const found = gate?.asks.find((one) => one.code === kind);
    return found ? words(found.words) : null;
  };
  return (
    <ul className="life-documents">
      {documents.map((d, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: documents are only ever added
        <li key={i}>
          {nameOf(d.kind) && <span className="soft">{nameOf(d.kind)} </span>}
          {d.number}
          {d.fileId && (
            <>
              {d.number && ' '}
              <a href={urlOf(lifecycle, 'document', { id: projectId, fileId: d.fileId })} download>
                {d.name}
              </a>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}
