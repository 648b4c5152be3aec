import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { Form, Input, Select } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { identity } from '../contract.ts';
import { Username } from '../shapes.ts';
import { FirstPassword } from './FirstPassword.tsx';
import { keys, useRefreshIdentity } from './queries.ts';
import { SideForm } from './SideForm.tsx';
import * as text from './text.ts';

interface Entered {
  personId: string;
  username: string;
}

/** Opens an account for somebody who has none, and shows the first password once. */
export function NewAccount({ onClose }: { onClose: () => void }) {
  const t = useText(text);
  const api = useClient(identity);
  const navigate = useNavigate();
  const refresh = useRefreshIdentity();
  const [form] = Form.useForm<Entered>();
  const [search, setSearch] = useState('');
  const persons = useQuery({
    queryKey: [...keys.accounts, 'persons', search],
    queryFn: ({ signal }) => api.personsWithoutAccount({ text: search }, { signal }),
    placeholderData: keepPreviousData,
  });
  const create = useMutation({ mutationFn: (values: Entered) => api.createAccount(values) });
  if (create.data)
    return (
      <FirstPassword
        title={t.accounts.created}
        username={create.variables.username}
        password={create.data.firstPassword}
        onClose={() => {
          void refresh();
          void navigate(`/accounts/${create.data.id}`);
        }}
      />
    );
  return (
    <SideForm<Entered>
      title={t.accounts.create}
      save={t.accounts.create}
      form={form}
      fields={['username']}
      command={create}
      onSave={(values) => create.mutate(values)}
      onClose={onClose}
    >
      <Form.Item
        name="personId"
        label={t.accounts.person}
        extra={t.accounts.personHelp}
        rules={[{ required: true, message: t.setup.required }]}
      >
        <Select
          showSearch={{ filterOption: false, onSearch: setSearch }}
          autoFocus
          loading={persons.isFetching}
          options={(persons.data ?? []).map((person) => ({
            value: person.id,
            label: person.posts ? `${person.name}（${person.posts}）` : person.name,
          }))}
          onChange={(id: string) => {
            const person = persons.data?.find((each) => each.id === id);
            if (person) form.setFieldsValue({ username: person.suggestedUsername });
          }}
        />
      </Form.Item>
      <Form.Item
        name="username"
        label={t.accounts.username}
        rules={[
          { required: true, message: t.setup.required },
          {
            validator: async (_, value: string) => {
              if (value && !Username.safeParse(value).success) throw new Error(t.setup.badUsername);
            },
          },
        ]}
      >
        <Input autoComplete="off" autoCapitalize="none" spellCheck={false} maxLength={64} />
      </Form.Item>
    </SideForm>
  );
}
