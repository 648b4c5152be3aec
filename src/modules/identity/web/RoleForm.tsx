import { useMutation } from '@tanstack/react-query';
import { Checkbox, Form, Input } from 'antd';
import { useClient } from '#core/web/client.ts';
import { useText, useWords } from '#core/web/text.ts';
import { identity } from '../contract.ts';
import type { Role } from '../shapes.ts';
import { type NamedPermission, PermissionRows } from './PermissionRows.tsx';
import { useRefreshIdentity } from './queries.ts';
import { SideForm } from './SideForm.tsx';
import * as text from './text.ts';

interface Entered {
  name: string;
  permissions: string[];
}

/** A role of the city's own, new or changed. What the caller does not hold cannot be ticked. */
export function RoleForm({
  role,
  permissions,
  onClose,
}: {
  role?: Role;
  permissions: readonly NamedPermission[];
  onClose: () => void;
}) {
  const t = useText(text);
  const words = useWords();
  const api = useClient(identity);
  const refresh = useRefreshIdentity();
  const [form] = Form.useForm<Entered>();
  const save = useMutation({
    mutationFn: async (values: Entered): Promise<void> => {
      if (role) await api.changeRole({ id: role.role, ...values });
      else await api.createRole(values);
    },
    onSuccess: async () => {
      await refresh();
      onClose();
    },
  });
  return (
    <SideForm<Entered>
      title={role ? t.roles.change : t.roles.create}
      save={t.accounts.save}
      form={form}
      fields={['name', 'permissions']}
      initial={{ name: role ? words(role.words) : '', permissions: role?.permissions ?? [] }}
      command={save}
      onSave={(values) => save.mutate(values)}
      onClose={onClose}
    >
      <Form.Item
        name="name"
        label={t.roles.name}
        rules={[{ required: true, whitespace: true, message: t.roles.fillName }]}
      >
        <Input maxLength={40} autoFocus />
      </Form.Item>
      <Form.Item
        name="permissions"
        label={t.roles.permissions}
        rules={[{ required: true, type: 'array', min: 1, message: t.roles.pickSome }]}
      >
        <Choice permissions={permissions} />
      </Form.Item>
    </SideForm>
  );
}

function Choice({
  permissions,
  value = [],
  onChange,
}: {
  permissions: readonly NamedPermission[];
  value?: string[];
  onChange?: (value: string[]) => void;
}) {
  const t = useText(text).roles;
  const words = useWords();
  const set = (permission: string, on: boolean) =>
    onChange?.(on ? [...value, permission] : value.filter((each) => each !== permission));
  return (
    <table className="plain permission-table">
      <PermissionRows
        permissions={permissions}
        columns={1}
        row={({ permission, isHeld, words: name }) => (
          <td title={isHeld ? undefined : t.notHeld}>
            <Checkbox
              aria-label={words(name)}
              checked={value.includes(permission)}
              disabled={!isHeld}
              onChange={(event) => set(permission, event.target.checked)}
            />
          </td>
        )}
      />
    </table>
  );
}
