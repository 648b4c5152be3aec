import { Form, Input } from 'antd';
import { useClient } from '#core/web/client.ts';
import { useCan, useSession } from '#core/web/session.tsx';
import { useText } from '#core/web/text.ts';
import { organization } from '../contract.ts';
import type { Person } from '../shapes.ts';
import { DayInput } from './DayInput.tsx';
import { FormDrawer } from './FormDrawer.tsx';
import { PostFields } from './PostForm.tsx';
import { useCommand } from './queries.ts';
import * as text from './text.ts';
import { UnitSelect } from './UnitSelect.tsx';

interface Values {
  name: string;
  phone: string | null;
  note: string | null;
  unitId: string;
  title: string;
  leaderOrder: number | null;
  duties: string | null;
  validFrom: string;
  validTo: string | null;
  reason: string;
}

/** Registers a person with a first post, or changes `person`. The phone field is there only for those who may read phones. */
export function PersonForm({
  person,
  unitId,
  onClose,
  onCreated,
}: {
  person?: Person;
  unitId?: string;
  onClose: () => void;
  onCreated?: (id: string) => void;
}) {
  const t = useText(text);
  const { today } = useSession();
  const can = useCan();
  const api = useClient(organization);
  const [form] = Form.useForm<Values>();
  const showPhone = person ? person.phone !== undefined : can('organization.readContacts');
  const save = useCommand(({ name, phone, note, reason, unitId: postUnitId, validTo, ...post }: Values) => {
    const facts = { name, note: note || null, ...(showPhone && { phone: phone || null }) };
    return person
      ? api.changePerson({ ...facts, id: person.id, version: person.version, validTo: validTo ?? null, reason })
      : api.createPerson({
          ...facts,
          post: { ...post, unitId: postUnitId, duties: post.duties || null, validTo: validTo ?? null },
        });
  });
  return (
    <FormDrawer
      title={person ? `${t.act.changePerson} ${person.name}` : t.act.newPerson}
      form={form}
      initial={
        person
          ? { ...person, phone: person.phone ?? null }
          : { ...(unitId && { unitId }), validFrom: today, validTo: null }
      }
      command={save}
      onClose={onClose}
      onSaved={(saved) => {
        if (!person) onCreated?.(saved.id);
      }}
    >
      <Form.Item
        name="name"
        label={t.form.personName}
        rules={[{ required: true, whitespace: true, message: t.form.required(t.form.personName) }]}
      >
        <Input autoFocus maxLength={50} />
      </Form.Item>
      {showPhone && (
        <Form.Item name="phone" label={t.form.phone} extra={t.form.phoneHint}>
          <Input type="tel" maxLength={40} autoComplete="off" />
        </Form.Item>
      )}
      {!person && (
        <>
          <Form.Item
            name="unitId"
            label={t.form.unit}
            rules={[{ required: true, message: t.form.choose(t.form.unit) }]}
          >
            <UnitSelect />
          </Form.Item>
          <PostFields />
        </>
      )}
      <Form.Item name="note" label={t.form.note}>
        <Input maxLength={300} />
      </Form.Item>
      {person && (
        <>
          <Form.Item name="validTo" label={t.form.leftOn} extra={t.form.validToHint}>
            <DayInput />
          </Form.Item>
          <Form.Item
            name="reason"
            label={t.form.reason}
            rules={[{ required: true, whitespace: true, message: t.form.required(t.form.reason) }]}
          >
            <Input maxLength={300} placeholder={t.form.reasonPlaceholder} />
          </Form.Item>
        </>
      )}
    </FormDrawer>
  );
}
