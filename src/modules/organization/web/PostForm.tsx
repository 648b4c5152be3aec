import { Form, Input, InputNumber, Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useSession } from '#core/web/session.tsx';
import { useText } from '#core/web/text.ts';
import { organization } from '../contract.ts';
import type { Person, Post, UnitName } from '../shapes.ts';
import { DayInput } from './DayInput.tsx';
import { FormDrawer } from './FormDrawer.tsx';
import { useCommand, usePersons } from './queries.ts';
import * as text from './text.ts';
import { UnitSelect } from './UnitSelect.tsx';

interface Values {
  personId: string;
  unitId: string;
  title: string;
  leaderOrder: number | null;
  duties: string | null;
  validFrom: string;
  validTo: string | null;
  reason: string;
}

/** Gives a post in `unit` or to `person`, or changes `post`. */
export function PostForm({
  post,
  unit,
  person,
  onClose,
}: {
  post?: Post;
  unit?: UnitName;
  person?: Pick<Person, 'id' | 'name'>;
  onClose: () => void;
}) {
  const t = useText(text);
  const { today } = useSession();
  const api = useClient(organization);
  const [form] = Form.useForm<Values>();
  const save = useCommand(({ personId, unitId, reason, ...values }: Values) => {
    const facts = {
      ...values,
      leaderOrder: values.leaderOrder ?? null,
      duties: values.duties || null,
      validTo: values.validTo ?? null,
    };
    return post
      ? api.changePost({ id: post.id, ...facts, reason })
      : api.givePost({ ...facts, personId: person?.id ?? personId, unitId: unit?.id ?? unitId });
  });
  const subject = post ? `${post.personName} ${post.title}` : (unit?.name ?? person?.name ?? '');
  return (
    <FormDrawer
      title={`${post ? t.act.changePost : t.act.addPost}：${subject}`}
      form={form}
      initial={post ?? { validFrom: today, validTo: null }}
      command={save}
      onClose={onClose}
    >
      {unit && (
        <Form.Item
          name="personId"
          label={t.post.person}
          rules={[{ required: true, message: t.form.choose(t.post.person) }]}
        >
          <PersonSelect />
        </Form.Item>
      )}
      {person && (
        <Form.Item name="unitId" label={t.form.unit} rules={[{ required: true, message: t.form.choose(t.form.unit) }]}>
          <UnitSelect />
        </Form.Item>
      )}
      <PostFields />
      {post && (
        <Form.Item
          name="reason"
          label={t.form.reason}
          rules={[{ required: true, whitespace: true, message: t.form.required(t.form.reason) }]}
        >
          <Input maxLength={300} placeholder={t.form.reasonPlaceholder} />
        </Form.Item>
      )}
    </FormDrawer>
  );
}

export function PostFields() {
  const t = useText(text);
  return (
    <>
      <Form.Item
        name="title"
        label={t.form.title}
        rules={[{ required: true, whitespace: true, message: t.form.required(t.form.title) }]}
      >
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="duties" label={t.form.duties}>
        <Input maxLength={300} />
      </Form.Item>
      <Form.Item name="leaderOrder" label={t.form.leaderOrder} extra={t.post.orderHint}>
        <InputNumber min={1} max={999} precision={0} />
      </Form.Item>
      <div className="form-two">
        <Form.Item
          name="validFrom"
          label={t.form.validFrom}
          rules={[{ required: true, message: t.form.required(t.form.validFrom) }]}
        >
          <DayInput />
        </Form.Item>
        <Form.Item name="validTo" label={t.form.validTo} extra={t.form.validToHint}>
          <DayInput />
        </Form.Item>
      </div>
    </>
  );
}

export function EndPostForm({ post, onClose }: { post: Post; onClose: () => void }) {
  const t = useText(text);
  const { today } = useSession();
  const api = useClient(organization);
  const [form] = Form.useForm<Pick<Values, 'reason'> & { validTo: string }>();
  const end = useCommand(({ validTo, reason }: { validTo: string; reason: string }) =>
    api.endPost({ id: post.id, validTo, reason }),
  );
  return (
    <FormDrawer
      title={`${t.act.endPost}：${post.personName} ${post.title}`}
      form={form}
      initial={{ validTo: today }}
      command={end}
      danger
      onClose={onClose}
    >
      <Form.Item
        name="validTo"
        label={t.form.lastDay}
        rules={[{ required: true, message: t.form.required(t.form.lastDay) }]}
      >
        <DayInput />
      </Form.Item>
      <Form.Item
        name="reason"
        label={t.form.reason}
        rules={[{ required: true, whitespace: true, message: t.form.required(t.form.reason) }]}
      >
        <Input maxLength={300} placeholder={t.form.reasonPlaceholder} autoFocus />
      </Form.Item>
    </FormDrawer>
  );
}

/** People within the caller's reach, found by name or initials; the unit beside the name tells two of one name apart. */
function PersonSelect({ id, value, onChange }: { id?: string; value?: string; onChange?: (personId: string) => void }) {
  const t = useText(text);
  const [find, setFind] = useState('');
  const persons = usePersons(useDeferredValue(find), false);
  const options = (persons.data?.persons ?? []).map((person) => ({
    value: person.id,
    label: `${person.name}  ${person.posts.find((post) => post.state === 'valid')?.unitName ?? ''}`,
  }));
  return (
    <Select
      {...(id && { id })}
      {...(value && { value })}
      {...(onChange && { onChange })}
      showSearch={{ filterOption: false, onSearch: setFind }}
      loading={persons.isFetching}
      placeholder={t.people.search}
      options={options}
    />
  );
}
