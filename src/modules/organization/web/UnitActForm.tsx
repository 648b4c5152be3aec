import { Form, Input } from 'antd';
import { useClient } from '#core/web/client.ts';
import { useSession } from '#core/web/session.tsx';
import { useText } from '#core/web/text.ts';
import { organization } from '../contract.ts';
import type { Unit } from '../shapes.ts';
import { DayInput } from './DayInput.tsx';
import { FormDrawer } from './FormDrawer.tsx';
import { useCommand } from './queries.ts';
import * as text from './text.ts';
import { UnitSelect } from './UnitSelect.tsx';

interface Values {
  parentId: string;
  successorId: string;
  effectiveFrom: string;
  validTo: string;
  reason: string;
}

/** Moving, merging, retiring, and taking that back: each asks for a day and a reason, and says what will follow. */
export function UnitActForm({
  act,
  unit,
  onClose,
}: {
  act: 'move' | 'merge' | 'retire' | 'restore';
  unit: Unit;
  onClose: () => void;
}) {
  const t = useText(text);
  const { today } = useSession();
  const api = useClient(organization);
  const [form] = Form.useForm<Values>();
  const { id, version } = unit;
  const send = useCommand(({ parentId, successorId, effectiveFrom, validTo, reason }: Values) => {
    if (act === 'move') return api.moveUnit({ id, version, parentId, effectiveFrom, reason });
    if (act === 'merge') return api.mergeUnit({ id, version, successorId, validTo, reason });
    if (act === 'retire') return api.retireUnit({ id, version, validTo, reason });
    return api.restoreUnit({ id, version, reason });
  });
  const help = {
    move: t.form.moveHelp,
    merge: t.form.mergeHelp,
    retire: t.form.retireHelp,
    restore: t.form.restoreHelp,
  }[act];
  return (
    <FormDrawer
      title={`${t.act[act]} ${unit.name}`}
      help={help}
      form={form}
      initial={{ effectiveFrom: today, validTo: today }}
      command={send}
      danger={act === 'retire' || act === 'merge'}
      onClose={onClose}
    >
      {act === 'move' && (
        <>
          <Form.Item
            name="parentId"
            label={t.form.parent}
            rules={[{ required: true, message: t.form.choose(t.form.parent) }]}
          >
            <UnitSelect without={[id]} />
          </Form.Item>
          <Form.Item
            name="effectiveFrom"
            label={t.form.effectiveFrom}
            extra={t.form.effectiveFromHint}
            rules={[{ required: true, message: t.form.required(t.form.effectiveFrom) }]}
          >
            <DayInput />
          </Form.Item>
        </>
      )}
      {act === 'merge' && (
        <Form.Item
          name="successorId"
          label={t.form.successor}
          rules={[{ required: true, message: t.form.choose(t.form.successor) }]}
        >
          <UnitSelect without={[id]} />
        </Form.Item>
      )}
      {(act === 'merge' || act === 'retire') && (
        <Form.Item
          name="validTo"
          label={t.form.lastDay}
          rules={[{ required: true, message: t.form.required(t.form.lastDay) }]}
        >
          <DayInput />
        </Form.Item>
      )}
      <Form.Item
        name="reason"
        label={t.form.reason}
        rules={[{ required: true, whitespace: true, message: t.form.required(t.form.reason) }]}
      >
        <Input maxLength={300} placeholder={t.form.reasonPlaceholder} />
      </Form.Item>
    </FormDrawer>
  );
}
