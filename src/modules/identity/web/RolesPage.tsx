import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useClient } from '#core/web/client.ts';
import { Allowed } from '#core/web/session.tsx';
import { useText, useWords } from '#core/web/text.ts';
import { useConfirm } from '#core/web/ui/Confirm.tsx';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { identity } from '../contract.ts';
import type { Role } from '../shapes.ts';
import { AccountsHead } from './AccountsHead.tsx';
import './identity.css';
import { type NamedPermission, PermissionRows } from './PermissionRows.tsx';
import { useRefreshIdentity, useRoles } from './queries.ts';
import { RoleForm } from './RoleForm.tsx';
import * as text from './text.ts';

export function RolesPage() {
  const t = useText(text);
  const roles = useRoles();
  const [form, setForm] = useState<'new' | Role | null>(null);
  return (
    <>
      <AccountsHead
        tabTitle={t.accounts.tabs.roles}
        actions={
          <Allowed permission="identity.manage">
            <Button type="primary" onClick={() => setForm('new')}>
              {t.roles.create}
            </Button>
          </Allowed>
        }
      />
      <div className="page-body">
        {roles.isError && <ProblemView error={roles.error} onRetry={() => void roles.refetch()} />}
        {roles.data && (
          <section className="card role-matrix">
            <p className="soft">{t.roles.intro}</p>
            <Matrix roles={roles.data.roles} permissions={roles.data.permissions} onChange={setForm} />
          </section>
        )}
      </div>
      {form !== null && roles.data && (
        <RoleForm
          {...(form !== 'new' && { role: form })}
          permissions={roles.data.permissions}
          onClose={() => setForm(null)}
        />
      )}
    </>
  );
}

/** Roles across, permissions down by module; a mark and a word aloud in each cell. */
function Matrix({
  roles,
  permissions,
  onChange,
}: {
  roles: readonly Role[];
  permissions: readonly NamedPermission[];
  onChange: (role: Role) => void;
}) {
  const t = useText(text).roles;
  const words = useWords();
  const api = useClient(identity);
  const confirm = useConfirm();
  const refresh = useRefreshIdentity();
  const retire = useMutation({ mutationFn: (id: string) => api.retireRole({ id }), onSettled: refresh });
  const ask = async (role: Role) => {
    if (await confirm({ title: t.retire, body: t.retireAsk(words(role.words)), danger: true }))
      retire.mutate(role.role);
  };
  return (
    <>
      {retire.error && <ProblemView compact error={retire.error} />}
      <table className="plain permission-table">
        <thead>
          <tr>
            <th scope="col">{t.permission}</th>
            {roles.map((role) => (
              <th key={role.role} scope="col">
                {words(role.words)}
                <br />
                <small className="muted">
                  {role.isShipped ? t.shipped : t.own} · {t.holders(role.holders)}
                </small>
                <span className="row">
                  {role.allowed.includes('change') && (
                    <Button size="small" onClick={() => onChange(role)}>
                      {t.change}
                    </Button>
                  )}
                  {role.allowed.includes('retire') && (
                    <Button size="small" danger onClick={() => void ask(role)}>
                      {t.retire}
                    </Button>
                  )}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <PermissionRows
          permissions={permissions}
          columns={roles.length}
          row={(each) =>
            roles.map((role) => {
              const has = role.permissions.includes(each.permission);
              return (
                <td key={role.role}>
                  <span aria-hidden="true">{has ? '✓' : ''}</span>
                  <span className="only-aloud">{has ? t.has : t.hasNot}</span>
                </td>
              );
            })
          }
        />
      </table>
    </>
  );
}
