import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Drawer, Input, Select, Switch } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { Field } from '#core/web/ui/Field.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { organization } from '#modules/organization/contract.ts';
import { duties, type Member, type Month } from '../contract.ts';
import { posts } from '../roster.ts';
import * as text from './text.ts';

/** Who may be put on the roster of the unit, with the number at which they are reached. */
export function People({ data, unitId }: { data: Month; unitId: string }) {
  const t = useText(text);
  const [editing, setEditing] = useState<Member | 'new' | null>(null);
  const canEdit = data.allowed.includes('roster');
  return (
    <section className="card duties-wide">
      <h2>
        {t.tabs.people} <small>{data.unit?.name}</small>
        {canEdit && (
          <Button className="to" onClick={() => setEditing('new')}>
            {t.addPerson}
          </Button>
        )}
      </h2>
      <ScrollX label={t.tabs.people}>
        <table className="plain duties-people">
          <thead>
            <tr>
              <th>{t.fName}</th>
              <th>{t.fJob}</th>
              <th>{t.fPhone}</th>
              <th>{t.fPosts}</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {data.members.map((member) => (
              <tr key={member.id} className={member.isActive ? '' : 'muted'}>
                <td>
                  <b>{member.name}</b>
                </td>
                <td>{member.title}</td>
                <td>{member.phone && <a href={`tel:${member.phone}`}>{member.phone}</a>}</td>
                <td>{member.posts.map((post) => t.posts[post]).join(t.sep)}</td>
                <td>
                  {!member.isActive && <span className="tag">{t.inactive}</span>}
                  {canEdit && (
                    <Button
                      size="small"
                      type="text"
                      aria-label={`${t.edit} ${member.name}`}
                      onClick={() => setEditing(member)}
                    >
                      {t.edit}
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollX>
      {editing && (
        <PersonForm unitId={unitId} member={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />
      )}
    </section>
  );
}

function PersonForm({ unitId, member, onClose }: { unitId: string; member: Member | null; onClose: () => void }) {
  const t = useText(text);
  const api = useClient(duties);
  const people = useClient(organization);
  const cache = useQueryClient();
  const [form, setForm] = useState(() => ({
    name: member?.name ?? '',
    title: member?.title ?? '',
    phone: member?.phone ?? '',
    posts: member?.posts ?? (['officer'] as Member['posts']),
    personId: member?.personId ?? null,
    isActive: member?.isActive ?? true,
  }));
  const set = (change: Partial<typeof form>) => setForm({ ...form, ...change });
  const unit = useQuery({
    queryKey: ['organization', 'unit', unitId],
    queryFn: ({ signal }) => people.unit({ id: unitId }, { signal }),
  });
  const save = useMutation({
    mutationFn: () =>
      api.saveMember({
        ...form,
        unitId,
        ...(member && { id: member.id }),
        title: form.title.trim() || null,
        phone: form.phone.trim() || null,
      }),
    onSuccess: async () => {
      onClose();
      await cache.invalidateQueries({ queryKey: ['duties'] });
    },
  });
  const persons = new Map(unit.data?.posts.map((post) => [post.personId, post.personName]));
  return (
    <Drawer
      open
      title={t.personTitle}
      size="26rem"
      onClose={onClose}
      extra={
        <Button
          type="primary"
          loading={save.isPending}
          disabled={!form.name.trim() || form.posts.length === 0}
          onClick={() => save.mutate()}
        >
          {t.save}
        </Button>
      }
    >
      <div className="duties-form">
        <Field label={t.fName}>
          {(id) => <Input id={id} maxLength={40} value={form.name} onChange={(e) => set({ name: e.target.value })} />}
        </Field>
        <Field label={t.fJob}>
          {(id) => <Input id={id} maxLength={60} value={form.title} onChange={(e) => set({ title: e.target.value })} />}
        </Field>
        <Field label={t.fPhone}>
          {(id) => (
            <Input
              id={id}
              type="tel"
              maxLength={38}
              value={form.phone}
              onChange={(e) => set({ phone: e.target.value })}
            />
          )}
        </Field>
        <Field label={t.fPosts}>
          {(id) => (
            <Select
              id={id}
              mode="multiple"
              value={form.posts}
              options={posts.map((value) => ({ value, label: t.posts[value] }))}
              onChange={(value) => set({ posts: value })}
            />
          )}
        </Field>
        <Field label={t.fAccount} hint={<small className="muted">{t.accountNote}</small>}>
          {(id) => (
            <Select
              id={id}
              allowClear
              value={form.personId}
              options={[...persons].map(([value, label]) => ({ value, label }))}
              onChange={(value) => set({ personId: value ?? null })}
            />
          )}
        </Field>
        <div>
          <Switch
            aria-label={t.active}
            checked={form.isActive}
            checkedChildren={t.active}
            unCheckedChildren={t.inactive}
            onChange={(isActive) => set({ isActive })}
          />
        </div>
        {save.error && <ProblemView error={save.error} compact />}
      </div>
    </Drawer>
  );
}
