import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox, Input, Select, TimePicker } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useSession } from '#core/web/session.tsx';
import { useText, useWords } from '#core/web/text.ts';
import { DayField } from '#core/web/ui/DayField.tsx';
import { FormDrawer } from '#core/web/ui/FormDrawer.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { moment } from '#core/web/ui/format.ts';
import { fieldSentence } from '#core/web/ui/Problem.tsx';
import { meetings } from '../contract.ts';
import { kindRules, type MeetingKind, meetingKinds, rhythmWords } from '../kinds.ts';
import type { MeetingView } from '../shapes.ts';
import { keys } from './keys.ts';
import { momentOf } from './show.ts';
import * as text from './text.ts';
import { UnitPick } from './UnitPick.tsx';

interface Wanted {
  unitId: string;
  name: string;
  role: 'attend' | 'sitIn';
  personName: string;
}

/** Convenes a meeting, or changes the arrangements of one that was not held yet. */
export function MeetingForm({ meeting, onClose }: { meeting?: MeetingView; onClose: () => void }) {
  const t = useText(text);
  const words = useWords();
  const api = useClient(meetings);
  const cache = useQueryClient();
  const navigate = useNavigate();
  const { today, units } = useSession();
  const [kind, setKind] = useState<MeetingKind>(meeting?.kind ?? 'dispatch');
  const [title, setTitle] = useState(meeting?.title ?? '');
  const [day, setDay] = useState<string | null>(meeting?.heldOn ?? today);
  const [time, setTime] = useState(meeting ? moment(meeting.startsAt).slice(11) : '09:00');
  const [place, setPlace] = useState(meeting?.place ?? '');
  const [chair, setChair] = useState(meeting?.chairName ?? '');
  const [convener, setConvener] = useState(meeting?.convenerUnit ?? units[0] ?? null);
  const [people, setPeople] = useState<Wanted[]>(
    meeting?.people.map((p) => ({
      unitId: p.unit.id,
      name: p.unit.name,
      role: p.role,
      personName: p.personName ?? '',
    })) ?? [],
  );
  const change = (unitId: string, with_: Partial<Wanted>) =>
    setPeople((all) => all.map((one) => (one.unitId === unitId ? { ...one, ...with_ } : one)));
  const save = useMutation({
    mutationFn: async () => {
      const common = {
        ...(title.trim() && { title: title.trim() }),
        startsAt: momentOf(day!, time),
        place: place.trim(),
        chairName: chair.trim(),
        lng: meeting?.lng ?? null,
        lat: meeting?.lat ?? null,
        participants: people.map(({ unitId, role, personName }) => ({
          unitId,
          role,
          personName: personName.trim() || null,
        })),
      };
      return meeting
        ? api.edit({ id: meeting.id, version: meeting.version, changes: common })
        : api.convene({ ...common, kind, convenerUnitId: convener!.id });
    },
    onSuccess: ({ id }) => {
      void cache.invalidateQueries({ queryKey: keys.all });
      onClose();
      if (!meeting) void navigate(`/meetings/${id}`);
    },
  });
  const fault = (field: string) => fieldSentence(save.error, field);
  const isReady = day !== null && place.trim() !== '' && chair.trim() !== '' && convener !== null;
  return (
    <FormDrawer
      title={meeting ? t.edit : t.convene}
      error={save.error}
      fields={['title', 'startsAt', 'place', 'chairName', 'convenerUnitId']}
      isReady={isReady}
      isPending={save.isPending}
      onSave={() => save.mutate()}
      onClose={onClose}
    >
      {!meeting && (
        <div className="form-pair">
          <FormField label={t.kind}>
            {(id) => (
              <Select
                id={id}
                value={kind}
                options={meetingKinds.map((one) => ({
                  value: one,
                  label: `${words(kindRules[one].words)} · ${words(rhythmWords[kindRules[one].rhythm])}`,
                }))}
                onChange={setKind}
              />
            )}
          </FormField>
          <FormField label={t.convener} fault={fault('convenerUnitId')}>
            {(id) => (
              <UnitPick
                id={id}
                value={convener?.id ?? null}
                name={convener?.name}
                onChange={(unitId, name) => setConvener(unitId ? { id: unitId, name: name ?? '' } : null)}
              />
            )}
          </FormField>
        </div>
      )}
      <FormField label={t.ownTitle} fault={fault('title')} hint={!meeting && t.ownTitleHint}>
        {(id) => <Input id={id} value={title} maxLength={200} onChange={(e) => setTitle(e.target.value)} />}
      </FormField>
      <div className="form-pair">
        <DayField label={t.day} value={day} fault={fault('startsAt')} onChange={setDay} />
        <FormField label={t.time}>
          {(id) => (
            <TimePicker
              id={id}
              format="HH:mm"
              minuteStep={5}
              value={dayjs(time, 'HH:mm')}
              allowClear={false}
              onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
              onChange={(at) => at && setTime(at.format('HH:mm'))}
            />
          )}
        </FormField>
      </div>
      <div className="form-pair">
        <FormField label={t.place} fault={fault('place')}>
          {(id) => <Input id={id} value={place} maxLength={200} onChange={(e) => setPlace(e.target.value)} />}
        </FormField>
        <FormField label={t.chair} fault={fault('chairName')}>
          {(id) => <Input id={id} value={chair} maxLength={60} onChange={(e) => setChair(e.target.value)} />}
        </FormField>
      </div>
      <FormField label={t.participants}>
        {(id) => (
          <UnitPick
            id={id}
            value={null}
            placeholder={t.addUnit}
            onChange={(unitId, name) =>
              unitId &&
              setPeople((all) =>
                all.some((one) => one.unitId === unitId)
                  ? all
                  : [...all, { unitId, name: name ?? '', role: 'attend', personName: '' }],
              )
            }
          />
        )}
      </FormField>
      <ul className="mtg-wanted">
        {people.map((one) => (
          <li key={one.unitId}>
            <b>{one.name}</b>
            <Input
              size="small"
              aria-label={`${one.name} ${t.personName}`}
              placeholder={t.personName}
              value={one.personName}
              onChange={(e) => change(one.unitId, { personName: e.target.value })}
            />
            <Checkbox
              checked={one.role === 'sitIn'}
              onChange={(e) => change(one.unitId, { role: e.target.checked ? 'sitIn' : 'attend' })}
            >
              {t.sitIn}
            </Checkbox>
            <Button size="small" type="text" onClick={() => setPeople(people.filter((p) => p.unitId !== one.unitId))}>
              {t.remove}
            </Button>
          </li>
        ))}
      </ul>
    </FormDrawer>
  );
}
