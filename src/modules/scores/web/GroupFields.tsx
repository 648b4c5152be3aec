import { useQuery } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { useClient } from '#core/web/client.ts';
import { useText } from '#core/web/text.ts';
import { FormField } from '#core/web/ui/FormField.tsx';
import { scores } from '../contract.ts';
import type { SchemeBody } from '../scheme.ts';
import * as text from './text.ts';

type Groups = SchemeBody['groups'];

/** Groups of a scheme: units of one are ranked among themselves only. */
export function GroupFields({ groups, onChange }: { groups: Groups; onChange: (groups: Groups) => void }) {
  const t = useText(text);
  const api = useClient(scores);
  const units = useQuery({
    queryKey: ['scores', 'units'],
    queryFn: ({ signal }) => api.units({}, { signal }),
    staleTime: 600_000,
  });
  const options = (units.data ?? []).map((u) => ({ value: u.id, label: u.name }));
  const nameOf = (id: string) => options.find((o) => o.value === id)?.label ?? id;
  const put = (at: number, change: Partial<Groups[number]>) =>
    onChange(groups.map((g, i) => (i === at ? { ...g, ...change } : g)));
  const add = () => {
    let n = groups.length + 1;
    while (groups.some((g) => g.code === `group${n}`)) n += 1;
    onChange([...groups, { code: `group${n}`, name: { zh: `${t.group}${n}`, en: '' }, units: [] }]);
  };
  return (
    <section className="card">
      <h2>{t.groups}</h2>
      <div className="scores-form">
        {groups.map((group, at) => (
          <div key={group.code} className="scores-list">
            <div className="scores-row">
              <FormField label={t.group}>
                {(id) => (
                  <Input
                    id={id}
                    value={group.name.zh}
                    maxLength={120}
                    onChange={(e) => put(at, { name: { ...group.name, zh: e.target.value } })}
                  />
                )}
              </FormField>
              <FormField label={t.nameEn}>
                {(id) => (
                  <Input
                    id={id}
                    value={group.name.en}
                    maxLength={200}
                    onChange={(e) => put(at, { name: { ...group.name, en: e.target.value } })}
                  />
                )}
              </FormField>
            </div>
            <FormField label={t.members}>
              {(id) => (
                <Select
                  id={id}
                  mode="multiple"
                  showSearch={{ optionFilterProp: 'label' }}
                  value={group.units.map((u) => u.unitId)}
                  options={options}
                  onChange={(ids: string[]) =>
                    put(at, {
                      units: ids.map(
                        (unitId) => group.units.find((u) => u.unitId === unitId) ?? { unitId, boundTo: null },
                      ),
                    })
                  }
                />
              )}
            </FormField>
            {group.units.length > 1 && (
              <details>
                <summary>{t.bindings}</summary>
                <div className="scores-row">
                  {group.units.map(({ unitId, boundTo }) => (
                    <FormField key={unitId} label={t.boundTo(nameOf(unitId))}>
                      {(id) => (
                        <Select
                          id={id}
                          allowClear
                          value={boundTo}
                          options={group.units
                            .filter((u) => u.unitId !== unitId)
                            .map((u) => ({ value: u.unitId, label: nameOf(u.unitId) }))}
                          onChange={(next: string | undefined) =>
                            put(at, {
                              units: group.units.map((u) =>
                                u.unitId === unitId ? { unitId, boundTo: next ?? null } : u,
                              ),
                            })
                          }
                        />
                      )}
                    </FormField>
                  ))}
                </div>
              </details>
            )}
            {groups.length > 1 && (
              <div>
                <Button size="small" onClick={() => onChange(groups.filter((_, i) => i !== at))}>
                  {t.remove}
                </Button>
              </div>
            )}
          </div>
        ))}
        <div>
          <Button onClick={add}>{t.addGroup}</Button>
        </div>
      </div>
    </section>
  );
}
