import { useQuery } from '@tanstack/react-query';
import { Form, Input, InputNumber, Select } from 'antd';
import { useClient } from '#core/web/client.ts';
import { useSession } from '#core/web/session.tsx';
import { useText, useWords } from '#core/web/text.ts';
import { organization } from '../contract.ts';
import { isRegionCodeOf, type RegionKind, regionKinds, regionKindWords } from '../region.ts';
import type { Region } from '../shapes.ts';
import { ChangeList } from './ChangeList.tsx';
import { DayInput } from './DayInput.tsx';
import { FormDrawer } from './FormDrawer.tsx';
import { useCommand, useRegions } from './queries.ts';
import * as regionText from './region-text.ts';
import * as text from './text.ts';

interface Values {
  code: string;
  name: string;
  shortName: string | null;
  aliases: string[];
  kind: RegionKind;
  parentCode: string | null;
  editionYear: number;
  source: string | null;
  validTo: string | null;
  reason: string;
}

export function RegionForm({ region, onClose }: { region?: Region; onClose: () => void }) {
  const t = useText(text);
  const r = useText(regionText);
  const words = useWords();
  const { today, city } = useSession();
  const api = useClient(organization);
  const regions = useRegions(true);
  const [form] = Form.useForm<Values>();
  const save = useCommand(
    ({ reason, ...values }: Values) =>
      api.saveRegions({
        regions: [
          {
            ...values,
            code: values.code.toUpperCase(),
            parentCode: values.parentCode ?? null,
            validTo: values.validTo ?? null,
          },
        ],
        reason,
      }),
    ({ added, changed, unchanged }) => r.done(added, changed, unchanged),
  );
  const history = useQuery({
    queryKey: ['organization', 'regionHistory', region?.code],
    queryFn: () => api.regionHistory({ code: region!.code }),
    enabled: region !== undefined,
  });
  const kind = Form.useWatch('kind', form) ?? region?.kind ?? 'gb';
  const required = (what: string) => [{ required: true, message: t.form.required(what) }];
  return (
    <FormDrawer
      title={region ? `${r.change} ${region.name}` : r.add}
      form={form}
      initial={
        region ?? {
          kind: 'own',
          code: `${city.code}-`,
          parentCode: city.code,
          editionYear: Number(today.slice(0, 4)),
          aliases: [],
        }
      }
      command={save}
      onClose={onClose}
    >
      <Form.Item name="kind" label={r.kind}>
        <Select options={regionKinds.map((value) => ({ value, label: words(regionKindWords[value]) }))} />
      </Form.Item>
      <Form.Item
        name="code"
        label={r.code}
        extra={r.codeHint}
        dependencies={['kind']}
        rules={[
          {
            validator: (_, value: string) =>
              isRegionCodeOf(kind, (value ?? '').toUpperCase())
                ? Promise.resolve()
                : Promise.reject(new Error(r.codeHint)),
          },
        ]}
      >
        <Input disabled={region !== undefined} maxLength={19} spellCheck={false} />
      </Form.Item>
      <div className="form-two">
        <Form.Item name="name" label={r.name} rules={required(r.name)}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item name="shortName" label={r.shortName}>
          <Input maxLength={30} />
        </Form.Item>
      </div>
      <Form.Item name="aliases" label={r.aliases} extra={t.form.aliasesHint}>
        <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={['、', ',', '，']} />
      </Form.Item>
      <div className="form-two">
        <Form.Item name="parentCode" label={r.parent}>
          <Select
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            options={(regions.data ?? [])
              .filter((other) => other.code !== region?.code)
              .map((other) => ({ value: other.code, label: `${other.name} ${other.code}` }))}
          />
        </Form.Item>
        <Form.Item name="editionYear" label={r.edition} rules={required(r.edition)}>
          <InputNumber min={1980} max={2100} precision={0} />
        </Form.Item>
      </div>
      <Form.Item name="source" label={r.source}>
        <Input maxLength={200} />
      </Form.Item>
      {region && (
        <Form.Item name="validTo" label={r.validTo} extra={t.form.validToHint}>
          <DayInput />
        </Form.Item>
      )}
      <Form.Item name="reason" label={t.form.reason} rules={required(t.form.reason)}>
        <Input maxLength={300} placeholder={t.form.reasonPlaceholder} />
      </Form.Item>
      {history.data && (
        <>
          <h2 className="h2">{r.history}</h2>
          <ChangeList changes={history.data} />
        </>
      )}
    </FormDrawer>
  );
}
