import { Form, Input, InputNumber, Radio, Select } from 'antd';
import { useClient } from '#core/web/client.ts';
import { useSession } from '#core/web/session.tsx';
import { useText, useWords } from '#core/web/text.ts';
import { TextBox } from '#core/web/ui/TextBox.tsx';
import { organization } from '../contract.ts';
import { checkCreditCode, normalCreditCode } from '../credit-code.ts';
import type { Unit, UnitName } from '../shapes.ts';
import { type UnitKind, unitKinds, unitKindWords } from '../unit-kind.ts';
import { DayInput } from './DayInput.tsx';
import { FormDrawer } from './FormDrawer.tsx';
import { useCommand, useRegions } from './queries.ts';
import * as text from './text.ts';
import { UnitSelect } from './UnitSelect.tsx';

interface Values {
  name: string;
  shortName: string | null;
  kind: UnitKind;
  parentId: string;
  regionCode: string | null;
  creditCode: string | null;
  creditCodeReason: string | null;
  aliases: string[];
  position: number | null;
  note: string | null;
  validFrom: string;
  validTo: string | null;
  how: 'change' | 'correction';
  effectiveFrom: string;
  reason: string;
}

/** Makes a unit below `parent`, or changes `unit`. A change says from when it is true, and whether the old was ever right. */
export function UnitForm({
  unit,
  parent,
  onClose,
  onCreated,
}: {
  unit?: Unit;
  parent?: UnitName;
  onClose: () => void;
  onCreated?: (id: string) => void;
}) {
  const t = useText(text);
  const words = useWords();
  const { today } = useSession();
  const api = useClient(organization);
  const regions = useRegions();
  const [form] = Form.useForm<Values>();
  const save = useCommand(async (values: Values) => {
    const { shortName, kind, regionCode, creditCode, creditCodeReason, aliases, note, name, reason } = values;
    const facts = {
      name,
      kind,
      shortName: shortName || null,
      regionCode: regionCode ?? null,
      creditCode: creditCode || null,
      creditCodeReason: creditCodeReason || null,
      aliases,
      note: note || null,
      position: values.position ?? 0,
    };
    if (!unit)
      return api.createUnit({
        ...facts,
        parentId: values.parentId,
        validFrom: values.validFrom,
        validTo: values.validTo,
        ...(reason && { reason }),
      });
    const isCorrection = values.how === 'correction';
    return api.changeUnit({
      ...facts,
      id: unit.id,
      version: unit.version,
      reason,
      correction: isCorrection,
      ...(isCorrection ? { validFrom: values.validFrom } : { effectiveFrom: values.effectiveFrom }),
    });
  });
  const how = Form.useWatch('how', form);
  const code = Form.useWatch('creditCode', form);
  const isRoot = unit !== undefined && unit.path.length === 0;
  const fails = code ? checkCreditCode(code).state === 'failsCheck' : false;
  const initial: Partial<Values> = unit
    ? { ...unit, how: 'change', effectiveFrom: today, reason: '' }
    : {
        kind: 'projectUnit',
        ...(parent && { parentId: parent.id }),
        aliases: [],
        validFrom: today,
        validTo: null,
        position: 0,
        reason: '',
      };

  return (
    <FormDrawer
      title={unit ? `${t.act.change} ${unit.name}` : parent ? `${t.act.addChild}：${parent.name}` : t.act.newUnit}
      form={form}
      initial={initial}
      command={save}
      onClose={onClose}
      draftKey={unit ? `unit.${unit.id}.${unit.version}` : `unit.below.${parent?.id ?? ''}`}
      onSaved={(saved) => {
        if (!unit) onCreated?.(saved.id);
      }}
    >
      <Form.Item
        name="name"
        label={t.form.name}
        rules={[{ required: true, whitespace: true, message: t.form.required(t.form.name) }]}
      >
        <Input autoFocus maxLength={100} />
      </Form.Item>
      <div className="form-two">
        <Form.Item name="shortName" label={t.form.shortName}>
          <Input maxLength={40} />
        </Form.Item>
        <Form.Item name="kind" label={t.form.kind}>
          <Select
            disabled={isRoot}
            options={unitKinds.map((kind) => ({ value: kind, label: words(unitKindWords[kind]) }))}
          />
        </Form.Item>
      </div>
      {!unit && (
        <Form.Item
          name="parentId"
          label={t.form.parent}
          rules={[{ required: true, message: t.form.choose(t.form.parent) }]}
        >
          <UnitSelect />
        </Form.Item>
      )}
      <Form.Item name="aliases" label={t.form.aliases} extra={t.form.aliasesHint}>
        <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={['、', ',', '，', ';', '；']} />
      </Form.Item>
      <div className="form-two">
        <Form.Item name="regionCode" label={t.form.region}>
          <Select
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            options={(regions.data ?? []).map((region) => ({
              value: region.code,
              label: `${region.name} ${region.code}`,
            }))}
          />
        </Form.Item>
        <Form.Item name="position" label={t.form.position} extra={t.form.positionHint}>
          <InputNumber min={0} max={9999} precision={0} />
        </Form.Item>
      </div>
      <Form.Item
        name="creditCode"
        label={t.form.creditCode}
        extra={<CodeState code={code} />}
        normalize={(value: string) => value.toUpperCase()}
      >
        <Input maxLength={40} spellCheck={false} />
      </Form.Item>
      {fails && (
        <Form.Item name="creditCodeReason" label={t.form.creditCodeReason} extra={t.form.creditCodeReasonHint}>
          <Input maxLength={300} placeholder={t.form.creditCodeReasonPlaceholder} />
        </Form.Item>
      )}
      <Form.Item name="note" label={t.form.note}>
        <TextBox maxLength={500} minRows={1} maxRows={4} />
      </Form.Item>
      {unit && (
        <Form.Item name="how" label={t.form.how}>
          <Radio.Group
            options={[
              { value: 'change', label: t.form.howChange },
              { value: 'correction', label: t.form.howCorrection },
            ]}
          />
        </Form.Item>
      )}
      {unit && how !== 'correction' ? (
        <Form.Item
          name="effectiveFrom"
          label={t.form.effectiveFrom}
          extra={t.form.effectiveFromHint}
          rules={[{ required: true, message: t.form.required(t.form.effectiveFrom) }]}
        >
          <DayInput />
        </Form.Item>
      ) : (
        <div className="form-two">
          <Form.Item
            name="validFrom"
            label={t.form.validFrom}
            rules={[{ required: true, message: t.form.required(t.form.validFrom) }]}
          >
            <DayInput />
          </Form.Item>
          {!unit && (
            <Form.Item name="validTo" label={t.form.validTo} extra={t.form.validToHint}>
              <DayInput />
            </Form.Item>
          )}
        </div>
      )}
      <Form.Item
        name="reason"
        label={t.form.reason}
        rules={unit ? [{ required: true, whitespace: true, message: t.form.required(t.form.reason) }] : []}
      >
        <Input maxLength={300} placeholder={t.form.reasonPlaceholder} />
      </Form.Item>
    </FormDrawer>
  );
}

/** The same check as the server's, while typing. */
function CodeState({ code }: { code: string | null | undefined }) {
  const t = useText(text);
  if (!code || normalCreditCode(code) === '') return t.form.creditCodeHint;
  const check = checkCreditCode(code);
  if (check.state === 'holds') return <span className="good">{t.form.code.holds}</span>;
  const sentence =
    check.state === 'wrongLength'
      ? t.form.code.wrongLength(check.length)
      : check.state === 'wrongCharacter'
        ? t.form.code.wrongCharacter(check.position, check.character)
        : t.form.code.failsCheck(check.expected, check.innerHolds);
  return <span className="warn">{sentence}</span>;
}
