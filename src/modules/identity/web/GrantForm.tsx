import { useMutation, useQuery } from '@tanstack/react-query';
import { Form, Input, Radio, Select } from 'antd';
import { createElement, type ReactNode } from 'react';
import { useClient } from '#core/web/client.ts';
import { useSlot } from '#core/web/Slot.tsx';
import { useSession } from '#core/web/session.tsx';
import { useText, useWords } from '#core/web/text.ts';
import { organization } from '#modules/organization/contract.ts';
import { identity } from '../contract.ts';
import type { Account, GrantReach } from '../shapes.ts';
import { useRefreshIdentity, useRoles } from './queries.ts';
import { SideForm } from './SideForm.tsx';
import * as text from './text.ts';

interface Entered {
  role: string;
  postId: string;
  reach: GrantReach | 'default';
  unitId?: string;
  projectIds?: string[];
  validFrom: string;
  validTo?: string;
}

/** A module that knows projects may offer the choice of them by this slot (props `value`, `onChange`); without it the reach is not offered. */
const projectPicker = 'identity.grant.projects';

export function GrantForm({ account, onClose }: { account: Account; onClose: () => void }) {
  const t = useText(text).grant;
  const words = useWords();
  const api = useClient(identity);
  const { today } = useSession();
  const refresh = useRefreshIdentity();
  const roles = useRoles();
  const [picker] = useSlot(projectPicker);
  const [form] = Form.useForm<Entered>();
  const reach = Form.useWatch('reach', form);
  const give = useMutation({
    mutationFn: ({ postId, reach: chosen, unitId, projectIds, validTo, ...rest }: Entered) =>
      api.grant({
        ...rest,
        accountId: account.id,
        ...(postId !== 'account' && { postId }),
        ...(chosen !== 'default' && { reach: chosen }),
        ...(chosen === 'unit' && unitId && { unitId }),
        ...(chosen === 'projects' && projectIds && { projectIds }),
        ...(validTo && { validTo }),
      }),
    onSuccess: async () => {
      await refresh();
      onClose();
    },
  });
  const posts = account.posts.map((post) => ({ value: post.id, label: t.toPost(post.unitName, post.title) }));
  return (
    <SideForm<Entered>
      title={t.title}
      save={t.save}
      form={form}
      fields={['unitId', 'projectIds', 'validTo', 'role']}
      initial={{ postId: posts[0]?.value ?? 'account', reach: 'default', validFrom: today }}
      command={give}
      onSave={(values) => give.mutate(values)}
      onClose={onClose}
    >
      <Form.Item name="role" label={t.role} rules={[{ required: true, message: t.pickRole }]}>
        <Select
          autoFocus
          loading={roles.isPending}
          options={(roles.data?.roles ?? [])
            .filter((role) => role.role !== 'public')
            .map((role) => {
              const canGive = role.allowed.includes('give');
              return {
                value: role.role,
                label: canGive ? words(role.words) : `${words(role.words)}（${t.cannotGive}）`,
                disabled: !canGive,
              };
            })}
        />
      </Form.Item>
      <Form.Item name="postId" label={t.to}>
        <Radio.Group vertical options={[...posts, { value: 'account', label: t.toAccount }]} />
      </Form.Item>
      <Form.Item name="reach" label={t.reach}>
        <ReachChoice hasPicker={picker !== undefined} />
      </Form.Item>
      {reach === 'unit' && (
        <Form.Item name="unitId" label={t.unit} extra={t.unitHelp}>
          <UnitChoice />
        </Form.Item>
      )}
      {reach === 'projects' && picker && (
        <Form.Item name="projectIds" label={t.projects}>
          <FromSlot component={picker.component as (props: object) => ReactNode} />
        </Form.Item>
      )}
      <Form.Item name="validFrom" label={t.from}>
        <Input type="date" />
      </Form.Item>
      <Form.Item name="validTo" label={t.to2} extra={t.openEnd}>
        <Input type="date" />
      </Form.Item>
    </SideForm>
  );
}

const FromSlot = ({ component, ...field }: { component: (props: object) => ReactNode }) =>
  createElement(component, field);

function ReachChoice({
  hasPicker,
  ...field
}: {
  hasPicker: boolean;
  value?: Entered['reach'];
  onChange?: (reach: Entered['reach']) => void;
}) {
  const t = useText(text);
  const options = [
    { value: 'default', label: t.grant.reachDefault },
    { value: 'city', label: t.one.reach.city },
    { value: 'unit', label: t.one.reach.unit },
    ...(hasPicker ? [{ value: 'projects', label: t.one.reach.projects }] : []),
  ];
  return <Radio.Group {...field} onChange={(event) => field.onChange?.(event.target.value)} options={options} />;
}

function UnitChoice(field: { id?: string; value?: string; onChange?: (id: string) => void }) {
  const t = useText(text).grant;
  const api = useClient(organization);
  const tree = useQuery({
    queryKey: ['organization', 'tree', 'for-grant'],
    queryFn: ({ signal }) => api.tree({}, { signal }),
  });
  return (
    <Select
      {...field}
      allowClear
      placeholder={t.pickUnit}
      loading={tree.isPending}
      showSearch={{ optionFilterProp: 'find' }}
      options={(tree.data?.units ?? []).map((unit) => ({
        value: unit.id,
        label: unit.name,
        find: `${unit.name} ${unit.shortName ?? ''} ${unit.initials}`.toLowerCase(),
      }))}
    />
  );
}
