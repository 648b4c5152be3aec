import { useQuery } from '@tanstack/react-query';
import { Button, Dropdown, Input, Modal, QRCode } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { FormField } from '#core/web/ui/FormField.tsx';
import { meetings } from '../contract.ts';
import type { MeetingView, Participant } from '../shapes.ts';
import { keys } from './keys.ts';
import { timeOf } from './show.ts';
import * as text from './text.ts';
import { useAct } from './use-meeting.ts';

const there = ['present', 'late', 'deputised'];
const marks = ['present', 'deputised', 'excused', 'absent', 'expected'] as const;

/** Who is there: the code for the door, and the list of units with who came, late or for another. */
export function AttendanceCard({ meeting }: { meeting: MeetingView }) {
  const t = useText(text);
  const [isCode, setCode] = useState(false);
  const [mark, setMark] = useState<{ row: Participant; as: (typeof marks)[number] } | null>(null);
  const { people } = meeting;
  const canMark = meeting.allowed.includes('mark');
  const came = people.filter((p) => there.includes(p.presence)).length;
  return (
    <section className="card">
      <h2>
        {t.attendance} <small>{t.attendanceNote(came, people.length)}</small>
      </h2>
      <p className="mtg-acts">
        {meeting.allowed.includes('code') && (
          <Button type="primary" size="small" onClick={() => setCode(true)}>
            {t.showCode}
          </Button>
        )}
        {meeting.allowed.includes('attend') && !meeting.isHere && (
          <Link to={`/meetings/${meeting.id}/attend`}>{t.attend}</Link>
        )}
        {meeting.isHere && <span className="good">{t.done}</span>}
      </p>
      <ul className="mtg-people">
        {people.map((p) => (
          <li key={p.id}>
            <div>
              <b>{p.unit.name}</b>
              {p.role === 'sitIn' && <span className="tag">{t.sitIn}</span>}
              <p className="soft">
                {p.people.length > 0
                  ? p.people
                      .map((one) => `${one.isDeputy ? t.deputyOf(one.name) : one.name} ${timeOf(one.at)}`)
                      .join(t.listSign)
                  : (p.reason ?? p.personName)}
              </p>
            </div>
            <span className="mtg-presence" data-presence={p.presence}>
              {t.presences[p.presence]}
            </span>
            {canMark && (
              <Dropdown
                trigger={['click']}
                menu={{
                  items: marks.map((as) => ({ key: as, label: t.markAs[as], onClick: () => setMark({ row: p, as }) })),
                }}
              >
                <Button size="small" type="text" aria-label={`${p.unit.name} ${t.attendance}`}>
                  …
                </Button>
              </Dropdown>
            )}
          </li>
        ))}
      </ul>
      {isCode && <CodeDialog meeting={meeting} onClose={() => setCode(false)} />}
      {mark && <MarkDialog meeting={meeting} {...mark} onClose={() => setMark(null)} />}
    </section>
  );
}

/** Large enough for a projector; renewed before the code runs out. */
function CodeDialog({ meeting, onClose }: { meeting: MeetingView; onClose: () => void }) {
  const t = useText(text);
  const api = useClient(meetings);
  const found = useQuery({
    queryKey: keys.code(meeting.id),
    queryFn: ({ signal }) => api.code({ id: meeting.id }, { signal }),
    refetchInterval: 15_000,
  });
  return (
    <Modal open title={meeting.title} width={480} footer={null} onCancel={onClose}>
      <div className="mtg-code">
        {found.data && (
          <>
            <QRCode
              value={`${location.origin}/meetings/${meeting.id}/attend?code=${found.data.code}`}
              size={360}
              type="svg"
              bordered={false}
            />
            <p>
              {t.code} <b className="num">{found.data.code}</b>
            </p>
            <p>{t.attendanceNote(found.data.present, found.data.expected)}</p>
          </>
        )}
        <p className="soft">{t.codeHint}</p>
      </div>
    </Modal>
  );
}

function MarkDialog({
  meeting,
  row,
  as,
  onClose,
}: {
  meeting: MeetingView;
  row: Participant;
  as: (typeof marks)[number];
  onClose: () => void;
}) {
  const t = useText(text);
  const { run, isPending } = useAct();
  const isThere = as === 'present' || as === 'deputised';
  const [name, setName] = useState(as === 'present' ? (row.personName ?? '') : '');
  const [reason, setReason] = useState('');
  return (
    <Modal
      open
      title={`${row.unit.name}${t.colon}${t.markAs[as]}`}
      okText={t.save}
      confirmLoading={isPending}
      okButtonProps={{ disabled: isThere && name.trim() === '' }}
      onOk={() =>
        void run((api) =>
          api.mark({
            id: meeting.id,
            participantId: row.id,
            as,
            ...(isThere && { name: name.trim() }),
            ...(reason.trim() && { reason: reason.trim() }),
          }),
        ).then(onClose, () => {})
      }
      onCancel={onClose}
    >
      {isThere && (
        <FormField label={t.whoCame}>
          {(id) => <Input id={id} value={name} maxLength={60} onChange={(e) => setName(e.target.value)} />}
        </FormField>
      )}
      {(as === 'excused' || as === 'absent') && (
        <FormField label={t.reason}>
          {(id) => <Input id={id} value={reason} maxLength={200} onChange={(e) => setReason(e.target.value)} />}
        </FormField>
      )}
    </Modal>
  );
}
