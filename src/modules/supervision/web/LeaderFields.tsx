import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { FormField } from '#core/web/ui/FormField.tsx';
import { supervision } from '../contract.ts';
import * as text from './text.ts';

/** Which leader agreed. */
export function LeaderField({
  value,
  fault,
  onChange,
}: {
  value: string | null;
  fault?: string | undefined;
  onChange: (id: string | null) => void;
}) {
  const t = useText(text);
  const api = useClient(supervision);
  const leaders = useQuery({
    queryKey: ['supervision', 'leaders'],
    queryFn: ({ signal }) => api.leaders({}, { signal }),
    staleTime: 600_000,
  });
  return (
    <FormField label={t.leader} fault={fault}>
      {(id) => (
        <Select
          id={id}
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={t.leaderPick}
          value={value}
          loading={leaders.isFetching}
          options={(leaders.data ?? []).map((leader) => ({
            value: leader.id,
            label: `${leader.name} ${leader.title}`,
          }))}
          onChange={(next: string | undefined) => onChange(next ?? null)}
        />
      )}
    </FormField>
  );
}
