import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Drawer, Input } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { Field } from '#core/web/ui/Field.tsx';
import { moment } from '#core/web/ui/format.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { TextBox } from '#core/web/ui/TextBox.tsx';
import { duties, type HandedMatter, type Handover } from '../contract.ts';
import { MatterMark } from './MatterMark.tsx';
import * as text from './text.ts';

/** Hand-overs, newest first. Beside the roster only those that still want something, and the last two days. */
export function Handovers({
  unitId,
  known,
  isShort = false,
}: {
  unitId: string;
  known?: readonly Handover[];
  isShort?: boolean;
}) {
  const t = useText(text);
  const api = useClient(duties);
  const found = useQuery({
    queryKey: ['duties', 'handovers', unitId],
    queryFn: ({ signal }) => api.handovers({ unitId }, { signal }),
    enabled: known === undefined,
  });
  const all = known ?? found.data ?? [];
  // What is due or unsigned is shown however old it is; beside the roster a few signed ones suffice.
  const open = all.filter((one) => one.state !== 'signed');
  const shown = isShort ? [...open, ...all.filter((one) => one.state === 'signed').slice(0, 1)].slice(0, 4) : all;
  return (
    <section className={isShort ? 'card' : 'card duties-wide'}>
      <h2>{t.handover}</h2>
      {found.error && <ProblemView error={found.error} compact onRetry={() => void found.refetch()} />}
      {shown.length === 0 && <p className="muted">{t.handoverNone}</p>}
      <ul className="duties-handovers">
        {shown.map((one) => (
          <Line key={one.at} one={one} isShort={isShort} />
        ))}
      </ul>
    </section>
  );
}

const stateClass = { due: 'late', unsigned: 'warn', signed: 'good' } as const;
const stateShape = { due: '■', unsigned: '▲', signed: '✓' } as const;

function Line({ one, isShort }: { one: Handover; isShort: boolean }) {
  const t = useText(text);
  const [isWriting, setWriting] = useState(false);
  const [isSigning, setSigning] = useState(false);
  return (
    <li>
      <div className="duties-handover">
        <span className="num">{moment(one.at)}</span>
        <b>{t.fromTo(one.outgoingName, one.incomingName)}</b>
        <span className={stateClass[one.state]}>
          {stateShape[one.state]} {t.handoverStates[one.state]}
        </span>
        {one.demo && <span className="tag">{t.sample}</span>}
      </div>
      {one.id !== null && (
        <details open={!isShort && one.state === 'unsigned'}>
          <summary>
            {t.details}{' '}
            <small className="muted">
              {t.matters(one.matterCount)}
              {one.incidents.length > 0 && ` · ${t.incidents(one.incidents.length)}`}
            </small>
          </summary>
          <Contents matters={one.matters} count={one.matterCount} incidents={one.incidents} />
          {one.notes && <p className="duties-notes">{one.notes}</p>}
        </details>
      )}
      <p className="muted">
        {one.writtenAt && t.writtenBy(one.writtenByName ?? '', moment(one.writtenAt))}
        {one.signedAt && ` · ${t.signedBy(one.signedByName ?? '', moment(one.signedAt))}`}
        {one.signNote && ` · ${one.signNote}`}
      </p>
      <div className="duties-buttons">
        {one.allowed.includes('write') && (
          <Button size={isShort ? 'small' : 'middle'} type="primary" onClick={() => setWriting(true)}>
            {t.write}
          </Button>
        )}
        {one.allowed.includes('sign') && (
          <Button size={isShort ? 'small' : 'middle'} type="primary" onClick={() => setSigning(true)}>
            {t.sign}
          </Button>
        )}
      </div>
      {isWriting && <Write one={one} onClose={() => setWriting(false)} />}
      {isSigning && <Sign one={one} onClose={() => setSigning(false)} />}
    </li>
  );
}

function Contents({
  matters,
  count,
  incidents,
}: {
  matters: readonly HandedMatter[];
  count: number;
  incidents: Handover['incidents'];
}) {
  const t = useText(text);
  if (matters.length + incidents.length === 0) return <p className="muted">{t.nothingOpen}</p>;
  return (
    <>
      {incidents.map((incident) => (
        <p key={incident.id}>
          <Link to={`/incidents/${incident.id}`}>{incident.title}</Link> <small className="muted">{incident.no}</small>
        </p>
      ))}
      <ul className="duties-matters">
        {matters.map((matter) => (
          <li key={matter.id}>
            <MatterMark value={matter.light} /> <Link to={`/matters/${matter.id}`}>{matter.title}</Link>{' '}
            <small className="muted">
              {matter.no} · {matter.leadUnitName} · {t.matterStates[matter.state] ?? matter.state} ·{' '}
              {t.whys[matter.why]}
              {matter.dueOn && ` · ${t.due(matter.dueOn)}`}
            </small>
          </li>
        ))}
      </ul>
      {count > matters.length && <p className="muted">{t.mattersShown(matters.length)}</p>}
    </>
  );
}

function Write({ one, onClose }: { one: Handover; onClose: () => void }) {
  const t = useText(text);
  const api = useClient(duties);
  const cache = useQueryClient();
  const [notes, setNotes] = useState('');
  const open = useQuery({
    queryKey: ['duties', 'open', one.unitId],
    queryFn: ({ signal }) => api.openMatters({ unitId: one.unitId }, { signal }),
  });
  const save = useMutation({
    mutationFn: () => api.handOver({ unitId: one.unitId, at: one.at, notes }),
    onSuccess: async () => {
      onClose();
      await cache.invalidateQueries({ queryKey: ['duties'] });
    },
  });
  return (
    <Drawer
      open
      title={`${t.writeTitle} ${t.fromTo(one.outgoingName, one.incomingName)}`}
      size="34rem"
      onClose={onClose}
      extra={
        <Button type="primary" loading={save.isPending} disabled={!open.data} onClick={() => save.mutate()}>
          {t.handOver}
        </Button>
      }
    >
      <div className="duties-form">
        {save.error && <ProblemView error={save.error} compact />}
        <Field label={t.notes}>
          {(id) => (
            <TextBox id={id} minRows={3} maxLength={2000} value={notes} onChange={(e) => setNotes(e.target.value)} />
          )}
        </Field>
        <p className="muted">{t.writeNote}</p>
        {open.error && <ProblemView error={open.error} compact onRetry={() => void open.refetch()} />}
        {open.data && (
          <>
            <b>{t.matters(open.data.matterCount)}</b>
            <Contents matters={open.data.matters} count={open.data.matterCount} incidents={open.data.incidents} />
          </>
        )}
      </div>
    </Drawer>
  );
}

function Sign({ one, onClose }: { one: Handover; onClose: () => void }) {
  const t = useText(text);
  const api = useClient(duties);
  const cache = useQueryClient();
  const [note, setNote] = useState('');
  const save = useMutation({
    mutationFn: () => api.sign({ id: one.id!, note }),
    onSuccess: async () => {
      onClose();
      await cache.invalidateQueries({ queryKey: ['duties'] });
    },
  });
  return (
    <Drawer
      open
      title={`${t.sign} ${t.fromTo(one.outgoingName, one.incomingName)}`}
      size="34rem"
      onClose={onClose}
      extra={
        <Button type="primary" loading={save.isPending} onClick={() => save.mutate()}>
          {t.sign}
        </Button>
      }
    >
      <div className="duties-form">
        {save.error && <ProblemView error={save.error} compact />}
        {one.notes && <p className="duties-notes">{one.notes}</p>}
        <Contents matters={one.matters} count={one.matterCount} incidents={one.incidents} />
        <Field label={t.signNote}>
          {(id) => <Input id={id} maxLength={300} value={note} onChange={(e) => setNote(e.target.value)} />}
        </Field>
      </div>
    </Drawer>
  );
}
