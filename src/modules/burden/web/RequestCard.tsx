import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { count, moment } from '#core/web/ui/format.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { burden, type DataRequest } from '../contract.ts';
import * as text from './text.ts';

type Unit = DataRequest['units'][number];

/** One request: what is asked and what for, and the answers of the units that the reader may see. */
export function RequestCard({ request }: { request: DataRequest }) {
  const t = useText(text);
  const [answering, setAnswering] = useState<Unit | null>(null);
  const [isClosing, setClosing] = useState(false);
  const done = request.units.filter((unit) => unit.answer).length;
  return (
    <section className="card">
      <h2>
        {request.title}{' '}
        <small>
          {[
            t.sentBy(request.issuer, request.sentBy),
            request.closedAt ? t.closed(request.closedNote ?? '') : t.due(request.dueOn),
            t.answered(count(done), count(request.units.length)),
          ].join(t.sep)}
        </small>
        {request.allowed.includes('close') && (
          <button type="button" className="to link" onClick={() => setClosing(true)}>
            {t.close}
          </button>
        )}
      </h2>
      <p className="muted">{t.purpose(request.purpose)}</p>
      <ScrollX label={request.title}>
        <table className="plain">
          <thead>
            <tr>
              <th>{t.head.unit}</th>
              {request.fields.map((field) => (
                <th key={field.name}>
                  {field.name}
                  {field.duplicateOf && (
                    <small className="warn" title={field.keepReason ?? ''}>
                      {' '}
                      {t.again}
                    </small>
                  )}
                </th>
              ))}
              <th />
            </tr>
          </thead>
          <tbody>
            {request.units.map((unit) => (
              <tr key={unit.id}>
                <th scope="row">{unit.name}</th>
                {request.fields.map((field, i) => (
                  <td key={field.name}>{unit.answer?.contents[i] ?? <span className="muted">{t.notYet}</span>}</td>
                ))}
                <td className="nowrap">
                  {unit.answer && (
                    <small className="muted">
                      {unit.answer.actorName} {moment(unit.answer.at)} {t.version(unit.answer.seq)}
                    </small>
                  )}{' '}
                  {unit.allowed.includes('answer') && (
                    <Button size="small" onClick={() => setAnswering(unit)}>
                      {unit.answer ? t.answerAgain : t.answer}
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollX>
      {answering && <AnswerForm request={request} unit={answering} onClose={() => setAnswering(null)} />}
      {isClosing && <CloseForm request={request} onClose={() => setClosing(false)} />}
    </section>
  );
}

function AnswerForm({ request, unit, onClose }: { request: DataRequest; unit: Unit; onClose: () => void }) {
  const t = useText(text);
  const api = useClient(burden);
  const cache = useQueryClient();
  const [contents, setContents] = useState<string[]>(unit.answer?.contents ?? request.fields.map(() => ''));
  const send = useMutation({
    mutationFn: () => api.answer({ id: request.id, unitId: unit.id, contents }),
    onSuccess: async () => {
      onClose();
      await cache.invalidateQueries({ queryKey: ['burden'] });
    },
  });
  return (
    <Modal
      open
      title={`${request.title} · ${unit.name}`}
      okText={t.send}
      cancelText={t.cancel}
      confirmLoading={send.isPending}
      onOk={() => send.mutate()}
      onCancel={onClose}
    >
      <p className="muted">{t.nothing}</p>
      <div className="burden-form">
        {request.fields.map((field, i) => (
          <div key={field.name}>
            <span>{field.name}</span>
            <Input
              aria-label={field.name}
              type={field.kind === 'date' ? 'date' : 'text'}
              inputMode={field.kind === 'number' ? 'decimal' : undefined}
              maxLength={1000}
              value={contents[i]}
              onChange={(event) => setContents(contents.map((c, j) => (j === i ? event.target.value : c)))}
            />
          </div>
        ))}
      </div>
      {send.error && <ProblemView compact error={send.error} />}
    </Modal>
  );
}

function CloseForm({ request, onClose }: { request: DataRequest; onClose: () => void }) {
  const t = useText(text);
  const api = useClient(burden);
  const cache = useQueryClient();
  const [note, setNote] = useState('');
  const send = useMutation({
    mutationFn: () => api.close({ id: request.id, note }),
    onSuccess: async () => {
      onClose();
      await cache.invalidateQueries({ queryKey: ['burden'] });
    },
  });
  return (
    <Modal
      open
      title={t.closeTitle}
      okText={t.send}
      cancelText={t.cancel}
      okButtonProps={{ disabled: note.trim().length < 2 }}
      confirmLoading={send.isPending}
      onOk={() => send.mutate()}
      onCancel={onClose}
    >
      <Input
        aria-label={t.closeNote}
        placeholder={t.closeNote}
        maxLength={300}
        value={note}
        onChange={(e) => setNote(e.target.value)}
      />
      {send.error && <ProblemView compact error={send.error} />}
    </Modal>
  );
}
